import type { Command } from 'commander';
import { checkDnsLabel, checkDnsSubdomain, checkPathSegment } from '../../api/names';
import { UsageError } from '../../core/errors';
import { given } from '../../core/given';
import { clusterCommands, rightsFor, type Right, roleFor, splitServiceAccount } from '../../runtime/doctor/rbac';
import { writeYaml } from '../../yaml/write-yaml';
import type { CommandCall, CommandDefinition } from '../command';
import { findNearest } from '../input/suggest';

/** `rbac`: the smallest Role that some commands need. */
export const rbacCommand: CommandDefinition = { define, run };

interface RbacFlags {
  readonly namespace: string;
  readonly name: string;
  readonly serviceAccount?: string;
  readonly queues: boolean;
}

function define(command: Command): void {
  command
    .argument('[commands...]', `of ${clusterCommands.join(', ')}; default: run`)
    .option('-n, --namespace <name>', 'where the Role is', 'default')
    .option('--name <name>', 'of the Role and the RoleBinding', 'cdk8s-jobs')
    .option('--service-account <name>', 'also print the RoleBinding for this service account, or for NAMESPACE:NAME')
    .option('--queues', 'also what Jobs in queues of Kueue need', false)
    .addHelpText('after', [
      '',
      'What manifests hold besides Jobs and CronJobs needs get, create and patch of its kind too; behind `delete -f`, get and delete.',
      '`run --replace` needs run and delete, `retry --failed` retry and run.',
    ].join('\n'));
}

async function run({ args, options, context }: CommandCall): Promise<number> {
  const { namespace, name, serviceAccount, queues } = options as unknown as RbacFlags;
  const named = args[0] as readonly string[];
  const commands = named.length === 0 ? ['run'] : [...new Set(named)];
  const unknown = commands.find((command) => !clusterCommands.includes(command));
  if (unknown !== undefined) throw unknownCommand(unknown);
  const subject = { namespace, name, queues, ...given({ serviceAccount }) };
  checkNames(subject);
  for (const line of remarks(commands, queues)) context.output.line(`# ${line}`);
  context.output.raw(writeYaml(...roleFor(commands, subject)));
  return 0;
}

/** Refuses names that the API server would refuse in the Role and its binding. */
function checkNames({ namespace, name, serviceAccount }: RbacFlags): void {
  checkName('--namespace', namespace, namespace, checkDnsLabel);
  checkName('--name', name, name, checkPathSegment);
  if (serviceAccount === undefined) return;
  const { home, account } = splitServiceAccount(serviceAccount);
  if (home !== undefined) checkName('--service-account', serviceAccount, home, checkDnsLabel);
  checkName('--service-account', serviceAccount, account, checkDnsSubdomain);
}

function checkName(flag: string, value: string, name: string, check: (text: string) => readonly string[]): void {
  if (name === '') throw new UsageError(`Cannot use ${flag} "${value}": the name is empty`);
  const problems = check(name);
  const subject = name === value ? '' : `"${name}": `;
  if (problems.length > 0) throw new UsageError(`Cannot use ${flag} "${value}": ${subject}${problems.join('; ')}`);
}

function unknownCommand(word: string): UsageError {
  const nearest = findNearest(word, clusterCommands);
  const hint = nearest === undefined ? `one of ${clusterCommands.join(', ')}` : `did you mean ${nearest}?`;
  return new UsageError(`Cannot print a Role for "${word}": there is no such command, or it asks nothing of a cluster`, hint);
}

/** What the Role is for, which of its rights may be left out, and what is lost without them. */
function remarks(commands: readonly string[], queues: boolean): string[] {
  const losses = new Map<string, Right[]>();
  for (const right of rightsFor(commands, { queues })) {
    if (right.loss !== undefined) losses.set(right.loss, [...losses.get(right.loss) ?? [], right]);
  }
  return [
    `What these commands of cdk8s-jobs need: ${commands.join(', ')}.`,
    ...[...losses].map(([loss, rights]) => `Not required: ${rights.map(({ verb }) => verb).join(', ')} of ${rights[0]?.resource ?? ''}; without it ${loss}.`),
  ];
}
