import type { Command } from 'commander';
import { given } from '../../core/given';
import type { CommandCall, CommandDefinition } from '../command';
import { addClusterOptions, type ClusterFlags, withCluster } from '../input/cluster-call';
import { jobsOnly, parseSubject } from '../input/subjects';

/** `retry`: runs a Job that has ended again. */
export const retryCommand: CommandDefinition = { define, run };

function define(command: Command): void {
  command.argument('<job>', 'its name, or job/NAME');
  addClusterOptions(command)
    .option('--name <name>', 'make a new Job of this name and keep the old one; default: the old one is deleted, and made again')
    .addHelpText('after', '\nWithout --name the pods and logs of the old Job are deleted with it.');
}

async function run({ args, options, context }: CommandCall): Promise<number> {
  const { name, ...flags } = options as ClusterFlags & { readonly name?: string };
  return withCluster(flags, context, async (cluster) => {
    const job = await cluster.retry(parseSubject(args[0] as string, jobsOnly).name, given({ name }));
    const made = job.metadata?.name ?? '';
    context.output.line(`job.batch/${made} created`);
    context.output.talk(`follow it with: ${context.programName} wait --follow ${made}`);
    return 0;
  });
}
