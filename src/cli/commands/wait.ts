import { Option, type Command } from 'commander';
import { viewOf } from './run';
import type { InterruptPolicy, WaitOptions } from '../../runtime/run-options';
import { addClusterOptions, type ClusterFlags, jobName, parseSeconds, withCluster } from '../cluster-call';
import type { CommandCall, CommandDefinition } from '../command';
import { catchInterrupts } from '../interrupts';
import { type PrefixMode, type RunFormat, statusOf } from '../run-view';

/** `wait`: the verdict of Jobs that are there already. */
export const waitCommand: CommandDefinition = { define, run };

interface WaitFlags extends ClusterFlags {
  readonly timeout?: number;
  readonly follow?: boolean;
  readonly onInterrupt: InterruptPolicy;
  readonly output: RunFormat;
  readonly prefix: PrefixMode;
  readonly failFast: boolean;
}

function define(command: Command): void {
  command.argument('<jobs...>', 'names, or job/NAME');
  addClusterOptions(command)
    .option('-f, --follow', 'print what the pods print')
    .option('--timeout <time>', 'stop waiting after 90, 90s, 10m, 1h30m (exit 124)', parseSeconds)
    .addOption(new Option('--on-interrupt <policy>', 'what Ctrl-C does to the Jobs').choices(['detach', 'suspend', 'delete']).default('detach'))
    .addOption(new Option('-o, --output <format>', 'text, json or ndjson').choices(['text', 'json', 'ndjson']).default('text'))
    .addOption(new Option('--prefix <mode>', 'name the pod before each line').choices(['auto', 'always', 'never']).default('auto'))
    .option('--no-fail-fast', 'wait on although what is wrong cannot heal by itself')
    .addHelpText('after', '\nEnds on Complete, Failed, deletion and replacement alike; the exit status is that of `run`.');
}

async function run({ args, options, context }: CommandCall): Promise<number> {
  const flags = options as unknown as WaitFlags;
  const names = (args[0] as readonly string[]).map(jobName);
  const view = viewOf(flags, context);
  const interrupts = catchInterrupts((signal) => context.output.talk(`${signal}: no longer waiting; Ctrl-C again ends this at once`));
  const waitOptions: WaitOptions = {
    signal: interrupts.signal,
    onInterrupt: flags.onInterrupt,
    failFast: flags.failFast,
    onProgress: (progress) => view.progress(progress),
    ...(flags.timeout === undefined ? {} : { timeoutSeconds: flags.timeout }),
    ...(flags.follow === true ? { onLog: (line) => view.log(line) } : {}),
  };
  try {
    return await withCluster(flags, context, async (cluster) => {
      const result = await cluster.wait(names, waitOptions);
      view.result(result, cluster.description);
      return interrupts.status() ?? statusOf(result);
    });
  } finally {
    interrupts.release();
  }
}
