import type { Command } from 'commander';
import { isSuspended } from '../../runtime/jobs';
import type { CommandCall, CommandDefinition } from '../command';
import { addClusterOptions, type ClusterFlags, withCluster } from '../input/cluster-call';
import { jobsOnly, readNamed } from '../input/subjects';
import { forEachJob } from '../run/each-job';

/** `resume`: lets suspended Jobs go on. */
export const resumeCommand: CommandDefinition = { define, run };

function define(command: Command): void {
  command.argument('<jobs...>', 'names, or job/NAME');
  addClusterOptions(command);
}

async function run({ args, options, context }: CommandCall): Promise<number> {
  const names = readNamed(args[0] as readonly string[], jobsOnly).map(({ name }) => name);
  return withCluster(options as ClusterFlags, context, (cluster) => forEachJob(names, context.output, async (name) => {
    const before = await cluster.get(name);
    await cluster.resume(name);
    return `job.batch/${name} ${!isSuspended(before) ? 'is not suspended' : 'resumed'}`;
  }));
}
