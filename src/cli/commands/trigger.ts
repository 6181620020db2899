import type { Command } from 'commander';
import { UsageError } from '../../core/errors';
import { given } from '../../core/given';
import { cronJobs } from '../../port/resources';
import type { CommandCall, CommandDefinition } from '../command';
import { addClusterOptions, type ClusterFlags, withCluster } from '../input/cluster-call';
import { parseSubject } from '../input/subjects';

/** `trigger`: starts a Job from a CronJob now. */
export const triggerCommand: CommandDefinition = { define, run };

interface TriggerFlags extends ClusterFlags {
  readonly name?: string;
  readonly env?: readonly string[];
  readonly image?: string;
}

function define(command: Command): void {
  command.argument('<cron-job>', 'its name, or cronjob/NAME').argument('[args...]', 'after --: in place of the arguments of the first container');
  addClusterOptions(command)
    .option('--name <name>', 'of the new Job; default: that of the CronJob, -manual- and a random suffix')
    .option('--env <name=value>', 'a variable of all containers (repeatable)', (value: string, before: readonly string[] = []) => [...before, value])
    .option('--image <image>', 'in place of the image of the first container');
}

async function run({ args, options, context }: CommandCall): Promise<number> {
  const flags = options as TriggerFlags;
  const [word, words = []] = args as [string, readonly string[] | undefined];
  const { name: cronJob } = parseSubject(word, [cronJobs]);
  const env = flags.env === undefined ? undefined : Object.fromEntries(flags.env.map(parseVariable));
  return withCluster(flags, context, async (cluster) => {
    const job = await cluster.trigger(cronJob, {
      ...given({ name: flags.name, env, image: flags.image }),
      ...(words.length === 0 ? {} : { args: words }),
    });
    const name = job.metadata?.name ?? '';
    context.output.line(`job.batch/${name} created`);
    context.output.talk(`follow it with: ${context.programName} wait --follow ${name}`);
    return 0;
  });
}

function parseVariable(text: string): [name: string, value: string] {
  const end = text.indexOf('=');
  if (end < 1) throw new UsageError(`Cannot use --env ${text}`, 'write NAME=value');
  return [text.slice(0, end), text.slice(end + 1)];
}
