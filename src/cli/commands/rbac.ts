import type { Command } from 'commander';
import { UsageError } from '../../core/errors';
import { writeYaml } from '../../yaml/write-yaml';
import type { CommandCall, CommandDefinition } from '../command';
import { rightsFor, rulesOf, rightsByCommand } from '../rights';

/** `rbac`: the smallest Role that some commands need. */
export const rbacCommand: CommandDefinition = { define, run };

function define(command: Command): void {
  command
    .argument('[commands...]', 'default: run')
    .option('-n, --namespace <name>', 'where the Role is', 'default')
    .option('--name <name>', 'of the Role', 'cdk8s-jobs')
    .option('--service-account <name>', 'also print the RoleBinding for this service account')
    .addHelpText('after', `\nCommands: ${Object.keys(rightsByCommand).join(', ')}.`);
}

async function run({ args, options, context }: CommandCall): Promise<number> {
  const { namespace, name, serviceAccount } = options as { readonly namespace: string; readonly name: string; readonly serviceAccount?: string };
  const named = args[0] as readonly string[];
  const commands = named.length === 0 ? ['run'] : named;
  const unknown = commands.find((command) => !Object.hasOwn(rightsByCommand, command));
  if (unknown !== undefined) throw new UsageError(`The command "${unknown}" asks nothing of a cluster`, `one of ${Object.keys(rightsByCommand).join(', ')}`);
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  const role = { apiVersion, kind: 'Role', metadata: { name, namespace }, rules: rulesOf(rightsFor(commands)) };
  const binding = {
    apiVersion,
    kind: 'RoleBinding',
    metadata: { name, namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name: serviceAccount, namespace }],
  };
  context.output.raw(serviceAccount === undefined ? writeYaml(role) : writeYaml(role, binding));
  return 0;
}
