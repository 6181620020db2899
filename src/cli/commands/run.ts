import { Option, type Command } from 'commander';
import { isMeantForJobSet } from '../../api/job-set';
import { JobsError } from '../../core/errors';
import { given } from '../../core/given';
import type { KubernetesObject } from '../../port/cluster-port';
import { PartlyAppliedError } from '../../runtime/apply-errors';
import type { Cluster } from '../../runtime/cluster';
import { openTape, type TapeWriter } from '../../runtime/record';
import type { InterruptPolicy, RunOptions } from '../../runtime/run-options';
import { exitStatuses } from '../../verdict/exit-status';
import type { CliContext, CommandCall, CommandDefinition } from '../command';
import { addClusterOptions, checkRunFlags, imageCommandsOf, openRunCluster, parseCount, parseSeconds, type RunClusterFlags } from '../input/cluster-call';
import { folderHelp } from '../input/find-manifests';
import { addManifests, manifestWords } from '../input/manifest-words';
import { addQueueOptions, notesOnPriorities } from '../input/read-queues';
import { type LocatedObject, loadLocatedObjects } from '../input/run-manifests';
import { failFastOption, interruptOption, prefixOption } from '../input/waiting-options';
import { ReportRecorder } from '../report/report-recorder';
import { checkImageCommands } from '../run/check-image-commands';
import { checkLocalRun, checkRun } from '../run/check-run';
import { dryRun, type DryRunFlags, dryRunOption } from '../run/dry-run';
import { goingOn, noteStarted, tellHowToGoOn } from '../run/going-on';
import { catchInterrupts, type Interrupts } from '../run/interrupts';
import { placedRefusal, refuseOffline, withPlaces } from '../run/located-errors';
import { type DisplayFlags, openDisplay } from '../run/open-display';
import { warnOfPeers } from '../run/peer-warnings';
import { statusOf } from '../run/run-json';
import { checkRunFiles, finishRunFiles, type OutputFlags } from '../run/run-outputs';
import type { RunDisplay } from '../run/run-view';
import { joinTapes, SeveralDisplays } from '../run/several-displays';
import { errorAnnotation } from '../terminal/github-view';
import { keepYoungGenerationSmall } from '../young-generation';

/** `run`: apply, follow the output, wait, verdict. */
export const runCommand: CommandDefinition = { define, run };

interface RunFlags extends RunClusterFlags, DisplayFlags, OutputFlags, DryRunFlags {
  readonly timeout?: number;
  readonly onInterrupt: InterruptPolicy;
  readonly once?: boolean;
  readonly replace?: boolean;
  readonly maxParallel?: number;
  readonly failFast: boolean;
}

function define(command: Command): void {
  const withLocal = addClusterOptions(addManifests(command))
    .option('--local', 'run on this machine: the containers\' commands become processes here, images are NOT used')
    .option('--image-command <image=command>', 'what runs in place of an image without a command (local only, repeatable)', collect)
    .addOption(new Option('--pace <pace>', 'how soon changes of pods are looked at (local only): quick, at once; kubernetes, gathered for a second')
      .choices(['quick', 'kubernetes']));
  addQueueOptions(withLocal, 'local only, ')
    .option('--timeout <time>', 'end an app, and stop waiting for its Jobs, after 90, 90s, 10m, 1h30m (exit 124); the Jobs go on', parseSeconds)
    .addOption(interruptOption())
    .option('--once', 'run a CronJob once, now')
    .option('--record <file>', 'write down everything that is observed, for `why`')
    .option('--report <file>', 'write a page with verdicts, a timeline of the attempts and the last output of what failed (HTML)')
    .addOption(new Option('-o, --output <format>', 'text, json (the result), ndjson (all that happens), github (in a workflow)')
      .choices(['text', 'json', 'ndjson', 'github']).default('text'))
    .addOption(prefixOption())
    .addOption(failFastOption())
    .option('--max-parallel <jobs>', 'start no more than so many Jobs at once; the others wait for their turn', parseCount)
    .option('--replace', 'delete Jobs of the same names first, also those that run, and make them again')
    .option('--force-conflicts', 'take over fields that other tools own')
    .addOption(dryRunOption('server: let the cluster check everything, say what would be applied, and start nothing'))
    .addHelpText('after', [
      '',
      'A Job that has ended is not started again: --replace makes it again from its manifest, what it changes is shown first. What the cluster',
      'would refuse deletes nothing.',
      'Jobs start at once, but for those with the annotation cdk8s-jobs/after: NAME,NAME, which wait until these Jobs are complete.',
      'Runs on the cluster of the kubeconfig; on this machine only with --local. Without either nothing is run.',
      'On the local engine the images are not used: the commands run as processes of this machine, with its files and programs.',
      folderHelp,
      'Exit status: 0 complete; the container\'s own code when it decided; 124 timed out; 125 wrong usage; 126 could not start; 127 gone; 128+n signal.',
    ].join('\n'));
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

async function run(call: CommandCall): Promise<number> {
  const { options, context } = call;
  const flags = options as unknown as RunFlags;
  try {
    return await runFiles(manifestWords(call), flags, context);
  } catch (error) {
    if (flags.output === 'github' && JobsError.is(error)) context.output.line(errorAnnotation(error));
    throw error;
  }
}

async function runFiles(words: readonly string[], flags: RunFlags, context: CliContext): Promise<number> {
  checkRunFlags(flags);
  if (flags.local !== true) keepYoungGenerationSmall();
  const files = checkRunFiles(flags, words, context);
  const located = await loadLocatedObjects(words, context, flags.timeout);
  checkRun(located, flags.once === true, context.programName);
  const report = files.report === undefined ? undefined : new ReportRecorder(files.report);
  const cluster = await openRunCluster(flags, context);
  if (flags.dryRun !== undefined) return dryRun(cluster, located, flags, context.output).finally(() => cluster.close());
  if (report !== undefined) report.cluster = cluster.description.name;
  const shown = openDisplay(flags, located, context);
  const view = report === undefined ? shown : new SeveralDisplays([shown, report]);
  const interrupts = catchInterrupts((signal) => {
    view.interrupt();
    context.output.talk(firstWords(signal, flags, cluster));
  });
  let tape: TapeWriter | undefined;
  try {
    if (cluster.port.capabilities.runsImages) {
      await refuseOffline('run', cluster, located, context.output);
      for (const { object } of located.filter((each) => isMeantForJobSet(each.object))) context.output.talk(notAwaited(object));
    } else {checkLocal(located, flags, context);}
    await warnOfPeers(cluster, located, context.output);
    if (files.tape !== undefined) {
      const { path, name } = files.tape;
      tape = await openTape(path, { tape: words.join(' '), ...await versionOf(cluster), manifests: located.map(({ object }) => object) }, name);
    }
    const status = await runOn(cluster, located, flags, context, interrupts, view, joinTapes([tape, report?.tape]));
    view.close();
    return await finishRunFiles({ tape, report }, files, context.output) ? status : exitStatuses.error;
  } catch (error) {
    view.close();
    report?.fail(error);
    await finishRunFiles({ tape, report }, files, context.output);
    throw error;
  } finally {
    interrupts.release();
    await cluster.close();
  }
}

function notAwaited({ metadata }: KubernetesObject): string {
  return `JobSet ${metadata?.name ?? ''} is applied and not waited for: its controller makes the Jobs`;
}

/** Refuses what cannot run as processes of this machine, and says which flags mean nothing there. */
function checkLocal(located: readonly LocatedObject[], flags: RunFlags, { output }: CliContext): void {
  const images = imageCommandsOf(flags);
  const unused = checkImageCommands(located.map(({ object }) => object), images);
  checkLocalRun(located, images);
  for (const note of unused) output.talk(note);
  for (const note of notesOnPriorities(located.map(({ object }) => object), flags)) output.warn(note);
  if (flags.replace === true) output.talk('--replace is not used: the local engine begins without Jobs');
  if (flags.onInterrupt !== 'detach') output.talk(`--on-interrupt ${flags.onInterrupt} is not used: on the local engine the Jobs end with this program`);
}

/** A tape without a version is a tape still. */
async function versionOf({ port }: Cluster): Promise<{ kubernetes?: string }> {
  return given({ kubernetes: await port.version() });
}

async function runOn(
  cluster: Cluster, located: readonly LocatedObject[], flags: RunFlags, context: CliContext, interrupts: Interrupts, view: RunDisplay,
  tape: TapeWriter | undefined,
): Promise<number> {
  const started = new Set<string>();
  try {
    const result = await cluster.run(located.map(({ object }) => object), {
      ...runOptions(flags, cluster),
      signal: interrupts.signal,
      onLogChunk: (chunk) => view.log(chunk),
      onProgress: (progress) => {
        noteStarted(progress, started);
        view.progress(progress.type === 'refused' ? { ...progress, error: placedRefusal(progress, located) } : progress);
      },
      ...given({ record: tape }),
    });
    view.result(result, cluster.description);
    if (outlivesUs(cluster)) tellHowToGoOn(goingOn(result), flags, context, result.interrupted);
    return interrupts.status() ?? statusOf(result);
  } catch (error) {
    // An error that came after the last write is about none of the objects.
    const placed = started.size > 0 && !(error instanceof PartlyAppliedError) ? error : withPlaces('run', error, located);
    if (!outlivesUs(cluster) || started.size === 0 || !JobsError.is(placed)) throw placed;
    context.output.error(placed.message, placed.hint);
    tellHowToGoOn([...started], flags, context);
    return exitStatuses.error;
  }
}

function runOptions(flags: RunFlags, cluster: Cluster): RunOptions {
  const { timeout, onInterrupt, once, replace, maxParallel, failFast, forceConflicts } = flags;
  return {
    // The Jobs of a cluster that ends with this process cannot go on.
    onInterrupt: outlivesUs(cluster) ? onInterrupt : 'detach',
    failFast,
    ...given({ timeoutSeconds: timeout, once, replace, maxParallel, force: forceConflicts }),
  };
}

function firstWords(signal: string, { onInterrupt }: RunFlags, cluster: Cluster): string {
  const again = signal === 'SIGINT' ? '; Ctrl-C again ends this at once' : '';
  if (!outlivesUs(cluster)) return `${signal}: ending the Jobs' processes${again}`;
  const what = { detach: 'the Jobs go on without us', suspend: 'suspending the Jobs', delete: 'deleting the Jobs' }[onInterrupt];
  return `${signal}: ${what}${again}`;
}

/** Whether there is something to go on with, or to take back, once this program has ended. */
function outlivesUs({ port }: Cluster): boolean {
  return port.capabilities.outlivesProcess;
}
