import type { CommandWords, FlagWords } from './words';
import { idsToSilence } from '../../rules/silence';

/** The completion of the program for fish. */
export function fishScript(commands: readonly CommandWords[]): string {
  return `# fish completion of cdk8s-jobs; load it with: cdk8s-jobs completion fish | source
function __cdk8s_jobs_names
  set -l words (commandline -opc)
  set -l flags
  for position in (seq 3 (math (count $words) - 1))
    if contains -- $words[$position] -n --namespace --context --kubeconfig
      set -a flags $words[$position] $words[(math $position + 1)]
    end
  end
  cdk8s-jobs get $argv[1] -o name $flags 2>/dev/null | string replace -r '^[^/]*/' ''
end

function __cdk8s_jobs_ids
  string split ' ' '${idsToSilence().join(' ')}'
end

complete -c cdk8s-jobs -e
${commands.flatMap(linesOf).join('\n')}
`;
}

function linesOf({ name, summary, flags, takes, choices }: CommandWords): string[] {
  const behind = `complete -c cdk8s-jobs -n '__fish_seen_subcommand_from ${name}'`;
  return [
    `complete -c cdk8s-jobs -n __fish_use_subcommand -f -a ${name} -d ${quote(summary)}`,
    ...argumentLines[takes].map((words) => `${behind} ${words}`),
    ...choices.length === 0 ? [] : [`${behind} -f -a ${quote(choices.join(' '))}`],
    ...flags.map((flag) => `${behind} ${flagWords(flag)}`),
  ];
}

/** What is offered instead of the files that fish offers by default. */
const argumentLines: Readonly<Record<CommandWords['takes'], readonly string[]>> = {
  jobs: ["-f -a '(__cdk8s_jobs_names jobs)'"],
  cronjobs: ["-f -a '(__cdk8s_jobs_names cronjobs)'"],
  files: [],
  nothing: ['-f'],
};

function flagWords({ names, help, takesValue, takesIds, choices }: FlagWords): string {
  const forms = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const value = !takesValue ? [] : takesIds ? ["-x -a '(__fish_complete_list , __cdk8s_jobs_ids)'"] : choices.length > 0 ? [`-x -a ${quote(choices.join(' '))}`] : ['-r'];
  return [...forms, ...value, `-d ${quote(help)}`].join(' ');
}

function quote(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
}
