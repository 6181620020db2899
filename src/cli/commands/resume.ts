import type { Command } from 'commander';
import type { CommandCall, CommandDefinition } from '../command';
import { addClusterOptions, type ClusterFlags, withCluster } from '../input/cluster-call';
import { jobsOnly, readNamed } from '../input/subjects';

/** `resume`: lets suspended Jobs go on. */
export const resumeCommand: CommandDefinition = { define, run };

function define(command: Command): void {
  command.argument('<jobs...>', 'names, or job/NAME');
  addClusterOptions(command);
}

async function run({ args, options, context }: CommandCall): Promise<number> {
  const names = readNamed(args[0] as readonly string[], jobsOnly).map(({ name }) => name);
  return withCluster(options as ClusterFlags, context, async (cluster) => {
    for (const name of names) {
      await cluster.resume(name);
      context.output.line(`job.batch/${name} resumed`);
    }
    return 0;
  });
}
