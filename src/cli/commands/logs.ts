import { Option, type Command } from 'commander';
import { UsageError } from '../../core/errors';
import { given } from '../../core/given';
import { shownText } from '../../core/shown-text';
import type { CommandCall, CommandDefinition } from '../command';
import { addClusterOptions, type ClusterFlags, parseSeconds, withCluster } from '../input/cluster-call';
import { jobsOnly, parseSubject } from '../input/subjects';
import { prefixOption } from '../input/waiting-options';
import { catchInterrupts } from '../run/interrupts';
import type { ViewFlags } from '../run/open-view';
import { namedPods } from '../run/prefix-mode';
import { RunView } from '../run/run-view';

/** `logs`: the output of all containers of a Job's pods. */
export const logsCommand: CommandDefinition = { define, run };

interface LogsFlags extends ClusterFlags, ViewFlags {
  readonly follow?: boolean;
  readonly container?: string;
  readonly tail?: number;
  readonly since?: number;
}

function define(command: Command): void {
  command.argument('<job>', 'its name, or job/NAME');
  addClusterOptions(command)
    .option('-f, --follow', 'follow until the Job has ended, including late pods and restarts')
    .option('-c, --container <name>', 'only this container; default: all, including init containers and sidecars')
    .option('--tail <lines>', 'only the last lines of each container', parseLines)
    .option('--since <time>', 'only what is newer than 90, 90s, 10m', parseSeconds)
    .addOption(new Option('-o, --output <format>', 'text or ndjson').choices(['text', 'ndjson']).default('text'))
    .addOption(prefixOption());
}

async function run({ args, options, context }: CommandCall): Promise<number> {
  const flags = options as unknown as LogsFlags;
  const interrupts = catchInterrupts(() => undefined);
  const { follow, container, tail, since, output, prefix } = flags;
  const name = parseSubject(args[0] as string, jobsOnly).name;
  let isSilent = true;
  try {
    await withCluster(flags, context, async (cluster) => {
      const view = new RunView(context.output, output, namedPods(prefix, context.output, [await cluster.get(name)]));
      await cluster.logs(name, {
        signal: interrupts.signal,
        follow: follow === true,
        onChunk: (chunk) => {
          isSilent = false;
          view.log(chunk);
        },
        onTrouble: (error) => { if (!error.transient) context.output.talk(error.message); },
        ...given({ container, tailLines: tail }),
        ...(since === undefined ? {} : { sinceTime: new Date(Date.now() - since * 1000).toISOString().replace(/\.\d+/, '') }),
      });
    });
    if (isSilent) context.output.talk(`Job ${name} has no output to read`);
    return interrupts.status() ?? 0;
  } finally {
    interrupts.release();
  }
}

function parseLines(text: string): number {
  if (!/^\d+$/.test(text)) throw new UsageError(`Cannot use ${shownText(text)} as a number of lines`, 'write 0 or more');
  return Number(text);
}
