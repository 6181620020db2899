import type { Command } from 'commander';
import { given } from '../../core/given';
import { jobs } from '../../port/resources';
import type { WaitOptions } from '../../runtime/run-options';
import type { CommandCall, CommandDefinition } from '../command';
import { addClusterOptions, type ClusterFlags } from '../input/cluster-call';
import { jobsOnly, readNamed } from '../input/subjects';
import { addWaitingOptions, type WaitingFlags } from '../input/waiting-options';
import type { RunView } from '../run/run-view';
import { waitWithView } from '../run/wait-with-view';

/** `wait`: the verdict of Jobs that are there already. */
export const waitCommand: CommandDefinition = { define, run };

interface WaitFlags extends ClusterFlags, WaitingFlags {
  readonly follow?: boolean;
}

function define(command: Command): void {
  command.argument('<jobs...>', 'names, or job/NAME');
  addWaitingOptions(addClusterOptions(command).option('-f, --follow', 'print what the pods print'))
    .addHelpText('after', '\nEnds on Complete, Failed, deletion and replacement alike; the exit status is that of `run`.');
}

async function run({ args, options, context }: CommandCall): Promise<number> {
  const flags = options as unknown as WaitFlags;
  const names = readNamed(args[0] as readonly string[], jobsOnly).map(({ name }) => name);
  // What is there already is known by its name alone until the wait has seen it.
  const { apiVersion, kind } = jobs;
  const named = names.map((name) => ({ apiVersion, kind, metadata: { name } }));
  return waitWithView(flags, named, context, async (cluster, view, signal) => {
    const result = await cluster.wait(names, waitOptions(flags, view, signal));
    view.result(result, cluster.description);
    return result;
  });
}

function waitOptions({ onInterrupt, failFast, timeout, follow }: WaitFlags, view: RunView, signal: AbortSignal): WaitOptions {
  return {
    signal,
    onInterrupt,
    failFast,
    onProgress: (progress) => view.progress(progress),
    ...given({ timeoutSeconds: timeout }),
    ...(follow === true ? { onLogChunk: (chunk) => view.log(chunk) } : {}),
  };
}
