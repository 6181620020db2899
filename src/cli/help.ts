import type { CommandEntry, CommandGroup } from './command';

const groups: ReadonlyArray<readonly [group: CommandGroup, title: string]> = [
  ['write', 'Write'], ['check', 'Check'], ['run', 'Run'], ['ask', 'Ask'],
];

/** The help of the whole program: each command in its group, with a call worth trying. */
export function renderHelp(programName: string, commands: readonly CommandEntry[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length), 8) + 2;
  const lines = [
    `Usage: ${programName} <command> [options]`,
    '',
    'Kubernetes Jobs and CronJobs: written in TypeScript, checked offline, run with or without a cluster.',
  ];
  for (const [group, title] of groups) {
    const members = commands.filter((command) => command.group === group);
    if (members.length === 0) continue;
    lines.push('', title);
    for (const { name, summary, example } of members) {
      lines.push(`  ${name.padEnd(width)}${summary}`, `  ${' '.repeat(width)}$ ${programName} ${example}`);
    }
  }
  lines.push(
    '',
    `${programName} <command> --help shows its options; --version prints the version.`,
    'Exit status: 0 done, 2 findings, 125 wrong usage or an error of this program; what `run` adds is in its help.',
  );
  return lines.join('\n');
}
