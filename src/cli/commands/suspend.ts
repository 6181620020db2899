import type { Command } from 'commander';
import { isSuspended } from '../../runtime/jobs';
import type { CommandCall, CommandDefinition } from '../command';
import { addClusterOptions, type ClusterFlags, withCluster } from '../input/cluster-call';
import { jobsOnly, readNamed } from '../input/subjects';
import { forEachJob } from '../run/each-job';

/** `suspend`: ends the pods of Jobs and starts none until they are resumed. */
export const suspendCommand: CommandDefinition = { define, run: (call) => run(call, 'suspend') };

/** `resume`: lets suspended Jobs go on. */
export const resumeCommand: CommandDefinition = { define, run: (call) => run(call, 'resume') };

function define(command: Command): void {
  command.argument('<jobs...>', 'names, or job/NAME');
  addClusterOptions(command);
}

/** What is said of a Job, by what it was before. */
const outcomes = {
  suspend: { going: 'suspended', suspended: 'is suspended already' },
  resume: { going: 'is not suspended', suspended: 'resumed' },
};

async function run({ args, options, context }: CommandCall, verb: 'suspend' | 'resume'): Promise<number> {
  const names = readNamed(args[0] as readonly string[], jobsOnly).map(({ name }) => name);
  return withCluster(options as ClusterFlags, context, (cluster) => forEachJob(names, context.output, async (name) => {
    const wasSuspended = isSuspended(await cluster.get(name));
    await cluster[verb](name);
    return `job.batch/${name} ${outcomes[verb][wasSuspended ? 'suspended' : 'going']}`;
  }));
}
