import type { Command } from 'commander';
import type { CommandCall, CommandDefinition } from '../command';
import { addClusterOptions, type ClusterFlags, withCluster } from '../input/cluster-call';
import { jobsOnly, readNamed } from '../input/subjects';

/** `suspend`: ends the pods of Jobs and starts none until they are resumed. */
export const suspendCommand: CommandDefinition = { define, run };

function define(command: Command): void {
  command.argument('<jobs...>', 'names, or job/NAME');
  addClusterOptions(command);
}

async function run({ args, options, context }: CommandCall): Promise<number> {
  const names = readNamed(args[0] as readonly string[], jobsOnly).map(({ name }) => name);
  return withCluster(options as ClusterFlags, context, async (cluster) => {
    for (const name of names) {
      await cluster.suspend(name);
      context.output.line(`job.batch/${name} suspended`);
    }
    return 0;
  });
}
