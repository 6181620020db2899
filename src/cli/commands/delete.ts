import { Option, type Command } from 'commander';
import type { PropagationPolicy } from '../../port/cluster-port';
import type { CommandCall, CommandDefinition } from '../command';
import { addClusterOptions, type ClusterFlags, withCluster } from '../input/cluster-call';
import { jobsOnly, readNamed } from '../input/subjects';
import { forEachJob } from '../run/each-job';

/** `delete`: Jobs and, unless told otherwise, their pods. */
export const deleteCommand: CommandDefinition = { define, run };

const policies: Readonly<Record<string, PropagationPolicy>> = { background: 'Background', foreground: 'Foreground', orphan: 'Orphan' };

function define(command: Command): void {
  command.argument('<jobs...>', 'names, or job/NAME');
  addClusterOptions(command).addOption(
    new Option('--cascade <policy>', 'background: the pods too; foreground: the pods first; orphan: the pods stay').choices(Object.keys(policies)).default('background'),
  );
}

async function run({ args, options, context }: CommandCall): Promise<number> {
  const { cascade, ...flags } = options as unknown as ClusterFlags & { readonly cascade: string };
  const names = readNamed(args[0] as readonly string[], jobsOnly).map(({ name }) => name);
  return withCluster(flags, context, (cluster) => forEachJob(names, context.output, async (name) => {
    await cluster.delete(name, { cascade: policies[cascade] ?? 'Background' });
    return `job.batch/${name} deleted`;
  }));
}
