import { Option, type Command } from 'commander';
import { given } from '../../core/given';
import { jobs } from '../../port/resources';
import type { InterruptPolicy, WaitOptions } from '../../runtime/run-options';
import type { CommandCall, CommandDefinition } from '../command';
import { addClusterOptions, type ClusterFlags, parseSeconds, withCluster } from '../input/cluster-call';
import { jobsOnly, readNamed } from '../input/subjects';
import { failFastOption, interruptOption, prefixOption } from '../input/waiting-options';
import { catchInterrupts } from '../run/interrupts';
import { openView, type ViewFlags } from '../run/open-view';
import { statusOf } from '../run/run-json';
import type { RunView } from '../run/run-view';

/** `wait`: the verdict of Jobs that are there already. */
export const waitCommand: CommandDefinition = { define, run };

interface WaitFlags extends ClusterFlags, ViewFlags {
  readonly timeout?: number;
  readonly follow?: boolean;
  readonly onInterrupt: InterruptPolicy;
  readonly failFast: boolean;
}

function define(command: Command): void {
  command.argument('<jobs...>', 'names, or job/NAME');
  addClusterOptions(command)
    .option('-f, --follow', 'print what the pods print')
    .option('--timeout <time>', 'stop waiting after 90, 90s, 10m, 1h30m (exit 124)', parseSeconds)
    .addOption(interruptOption())
    .addOption(new Option('-o, --output <format>', 'text, json or ndjson').choices(['text', 'json', 'ndjson']).default('text'))
    .addOption(prefixOption())
    .addOption(failFastOption())
    .addHelpText('after', '\nEnds on Complete, Failed, deletion and replacement alike; the exit status is that of `run`.');
}

async function run({ args, options, context }: CommandCall): Promise<number> {
  const flags = options as unknown as WaitFlags;
  const names = readNamed(args[0] as readonly string[], jobsOnly).map(({ name }) => name);
  let view: RunView | undefined;
  const interrupts = catchInterrupts((signal) => {
    view?.interrupt();
    context.output.talk(`${signal}: no longer waiting; Ctrl-C again ends this at once`);
  });
  try {
    return await withCluster(flags, context, async (cluster) => {
      // What is there already is known by its name alone until the wait has seen it.
      const { apiVersion, kind } = jobs;
      const opened = openView(flags, context.output, names.map((name) => ({ apiVersion, kind, metadata: { name } })));
      view = opened;
      const result = await cluster.wait(names, waitOptions(flags, opened, interrupts.signal));
      opened.result(result, cluster.description);
      return interrupts.status() ?? statusOf(result);
    });
  } finally {
    view?.close();
    interrupts.release();
  }
}

function waitOptions({ onInterrupt, failFast, timeout, follow }: WaitFlags, view: RunView, signal: AbortSignal): WaitOptions {
  return {
    signal,
    onInterrupt,
    failFast,
    onProgress: (progress) => view.progress(progress),
    ...given({ timeoutSeconds: timeout }),
    ...(follow === true ? { onLog: (line) => view.log(line) } : {}),
  };
}
