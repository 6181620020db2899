import type { Command } from 'commander';
import type { CommandCall, CommandDefinition } from '../command';
import { addClusterOptions, type ClusterFlags, jobName, withCluster } from '../input/cluster-call';

/** `suspend`: ends the pods of Jobs and starts none until they are resumed. */
export const suspendCommand: CommandDefinition = { define, run };

function define(command: Command): void {
  command.argument('<jobs...>', 'names, or job/NAME');
  addClusterOptions(command);
}

async function run({ args, options, context }: CommandCall): Promise<number> {
  const names = (args[0] as readonly string[]).map(jobName);
  return withCluster(options as ClusterFlags, context, async (cluster) => {
    for (const name of names) {
      await cluster.suspend(name);
      context.output.line(`job.batch/${name} suspended`);
    }
    return 0;
  });
}
