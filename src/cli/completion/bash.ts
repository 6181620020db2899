import type { CommandWords } from './words';
import { idsToSilence } from '../../rules/silence';

/** The completion of the program for bash, version 3.2 and later. */
export function bashScript(commands: readonly CommandWords[]): string {
  const flagCases = commands.map(({ name, flags }) => `    ${name}) COMPREPLY=($(compgen -W '${flags.flatMap(({ names }) => names).join(' ')}' -- "$word")) ;;`);
  const choiceCases = commands.flatMap(({ name, flags }) => flags.filter(({ choices }) => choices.length > 0).map(({ names, choices }) => (
    `    ${names.map((flag) => `${name}:${flag}`).join('|')}) COMPREPLY=($(compgen -W '${choices.join(' ')}' -- "$word")); return ;;`
  )));
  const valueCases = commands.flatMap(({ name, flags }) => (
    flags.filter(({ choices, takesValue, takesIds }) => takesValue && !takesIds && choices.length === 0).flatMap(({ names }) => names.map((flag) => `${name}:${flag}`))
  ));
  const idCases = commands.flatMap(({ name, flags }) => flags.filter(({ takesIds }) => takesIds).flatMap(({ names }) => names.map((flag) => `${name}:${flag}`)));
  const argumentCases = commands.filter(({ choices }) => choices.length > 0)
    .map(({ name, choices }) => `    ${name}) COMPREPLY=($(compgen -W '${choices.join(' ')}' -- "$word")) ;;`);
  const those = (takes: CommandWords['takes']): string => commands.filter((command) => command.takes === takes).map(({ name }) => name).join('|');
  return `# bash completion of cdk8s-jobs; load it with: source <(cdk8s-jobs completion bash)
_cdk8s_jobs() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" command="\${COMP_WORDS[1]}"
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(' ')} --help --version' -- "$word"))
    return
  fi
  case "$command:$before" in
${choiceCases.join('\n')}
    ${idCases.join('|')}) _cdk8s_jobs_ids "$word"; return ;;
    ${valueCases.join('|')}) COMPREPLY=($(compgen -f -- "$word")); return ;;
  esac
  if [ "\${word:0:1}" = - ]; then
    case "$command" in
${flagCases.join('\n')}
    esac
    return
  fi
  case "$command" in
    ${those('jobs')}) COMPREPLY=($(compgen -W "$(_cdk8s_jobs_names jobs)" -- "$word")) ;;
    ${those('cronjobs')}) COMPREPLY=($(compgen -W "$(_cdk8s_jobs_names cronjobs)" -- "$word")) ;;
    ${those('files')}) COMPREPLY=($(compgen -f -- "$word")) ;;
${argumentCases.join('\n')}
  esac
}

# The ids of findings that can be silenced; those before the last comma stay.
_cdk8s_jobs_ids() {
  local before=
  case "$1" in *,*) before="\${1%,*}," ;; esac
  COMPREPLY=($(compgen -P "$before" -W '${idsToSilence().join(' ')}' -- "\${1##*,}"))
}

# The names in the cluster and namespace that the words before choose.
_cdk8s_jobs_names() {
  local flags=() position
  for ((position = 2; position < COMP_CWORD - 1; position++)); do
    case "\${COMP_WORDS[position]}" in
      -n|--namespace|--context|--kubeconfig) flags+=("\${COMP_WORDS[position]}" "\${COMP_WORDS[position+1]}") ;;
    esac
  done
  cdk8s-jobs get "$1" -o name \${flags[@]+"\${flags[@]}"} 2>/dev/null | sed 's|^[^/]*/||'
}

complete -o filenames -o bashdefault -F _cdk8s_jobs cdk8s-jobs
`;
}
