import type { CommandWords, FlagWords } from './words';
import { idsToSilence } from '../../rules/silence';

/** The completion of the program for zsh. */
export function zshScript(commands: readonly CommandWords[]): string {
  const cases = commands.map(({ name, flags, takes, choices }) => [
    `    ${name})`,
    '      _arguments -s \\',
    ...flags.map((flag) => `        ${flagSpec(flag)} \\`),
    `        ${quote(`*:${choices.length > 0 ? `word:(${choices.join(' ')})` : argumentsOf[takes]}`)}`,
    '      ;;',
  ].join('\n'));
  return `#compdef cdk8s-jobs
# zsh completion of cdk8s-jobs; load it with: source <(cdk8s-jobs completion zsh)
_cdk8s_jobs() {
  if (( CURRENT == 2 )); then
    local -a commands
    commands=(
${commands.map(({ name, summary }) => `      ${quote(`${name}:${summary}`)}`).join('\n')}
    )
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}

# The ids of findings that can be silenced, with commas between them.
_cdk8s_jobs_ids() {
  _values -s , id ${idsToSilence().join(' ')}
}

# The names in the cluster and namespace that the words before choose.
_cdk8s_jobs_names() {
  local -a flags names
  local position
  for (( position = 2; position < CURRENT - 1; position++ )); do
    case $words[position] in
      -n|--namespace|--context|--kubeconfig) flags+=($words[position] $words[position+1]) ;;
    esac
  done
  names=(\${\${(f)"$(cdk8s-jobs get $1 -o name $flags 2>/dev/null)"}#*/})
  compadd -a names
}

compdef _cdk8s_jobs cdk8s-jobs
`;
}

const argumentsOf: Readonly<Record<CommandWords['takes'], string>> = {
  jobs: 'job:_cdk8s_jobs_names jobs',
  cronjobs: 'cronjob:_cdk8s_jobs_names cronjobs',
  files: 'file:_files',
  nothing: ':',
};

function flagSpec({ names, help, takesValue, takesIds, choices }: FlagWords): string {
  const text = `[${help.replaceAll(/[[\]:]/g, '\\$&')}]`;
  const value = !takesValue ? '' : takesIds ? ':id:_cdk8s_jobs_ids' : choices.length > 0 ? `:value:(${choices.join(' ')})` : ':value:_files';
  return names.map((name) => quote(`*${name}${text}${value}`)).join(' ');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
