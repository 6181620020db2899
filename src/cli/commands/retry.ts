import type { Command } from 'commander';
import { UsageError } from '../../core/errors';
import { given } from '../../core/given';
import type { Cluster } from '../../runtime/cluster';
import type { RetryResult } from '../../runtime/retry-failed';
import type { CliContext, CommandCall, CommandDefinition } from '../command';
import { addClusterOptions, type ClusterFlags, withCluster } from '../input/cluster-call';
import { jobsOnly, parseSubject } from '../input/subjects';
import { addUnsetWaitingOptions, type WaitingFlags } from '../input/waiting-options';
import { waitWithView } from '../run/wait-with-view';

/** `retry`: runs a Job that has ended again, or only what has failed of it. */
export const retryCommand: CommandDefinition = { define, run };

interface RetryFlags extends ClusterFlags, Partial<WaitingFlags> {
  readonly name?: string;
  readonly failed?: boolean;
}

function define(command: Command): void {
  command.argument('<job>', 'its name, or job/NAME');
  addUnsetWaitingOptions(addClusterOptions(command)
    .option('--name <name>', 'make a new Job of this name and keep the old one; default: the old one is deleted, and made again')
    .option('--failed', 'run only the indexes again that have not succeeded, each as a Job of its own, and wait for them'))
    .addHelpText('after', [
      '',
      'Without --name the pods and logs of the old Job are deleted with it. The options below --failed need it; their defaults are those of `wait`.',
      'With --failed the old Job stays, no more indexes run at once than its parallelism, and the exit status is that of `run`.',
      'A second --failed goes on with the first: what has succeeded meanwhile does not run again.',
    ].join('\n'));
}

async function run({ args, options, context }: CommandCall): Promise<number> {
  const flags = options as RetryFlags;
  const job = parseSubject(args[0] as string, jobsOnly).name;
  checkFlags(flags);
  if (flags.failed === true) return retryIndexes(job, flags, context);
  return withCluster(flags, context, (cluster) => retryWhole(cluster, job, flags, context));
}

/** @throws {UsageError} for options of the other way to retry. */
function checkFlags({ failed, name, timeout, onInterrupt, output, prefix, failFast }: RetryFlags): void {
  if (failed === true) {
    if (name !== undefined) throw new UsageError('--failed and --name exclude each other: the Jobs of the indexes are named after the old one', 'leave one of them out');
    return;
  }
  const waiting = { '--timeout': timeout, '--on-interrupt': onInterrupt, '--output': output, '--prefix': prefix, '--no-fail-fast': failFast === false || undefined };
  const unused = Object.entries(waiting).filter(([, value]) => value !== undefined).map(([flag]) => flag);
  if (unused.length > 0) throw new UsageError(`${unused.join(', ')} needs --failed: without it retry does not wait`, 'follow the Job with wait --follow');
}

async function retryWhole(cluster: Cluster, name: string, flags: RetryFlags, { output, programName }: CliContext): Promise<number> {
  const job = await cluster.retry(name, given({ name: flags.name }));
  const made = job.metadata?.name ?? '';
  output.line(`job.batch/${made} created`);
  output.talk(`follow it with: ${programName} wait --follow ${made}`);
  return 0;
}

async function retryIndexes(name: string, flags: RetryFlags, context: CliContext): Promise<number> {
  const { output: format = 'text', prefix = 'auto', timeout, onInterrupt, failFast } = flags;
  return waitWithView({ ...flags, output: format, prefix }, [], context, async (cluster, view, signal) => {
    const result = await cluster.retry(name, {
      failed: true,
      signal,
      onLogChunk: (chunk) => view.log(chunk),
      onProgress: (progress) => view.progress(progress),
      ...given({ timeoutSeconds: timeout, onInterrupt, failFast }),
    });
    view.result(result, cluster.description);
    if (format === 'text') context.output.talk(wholeVerdict(result));
    if (result.jobs.some(({ over }) => !over)) context.output.talk(`go on with it: ${context.programName} retry ${name} --failed`);
    return result;
  });
}

/** The one verdict for the whole Job. */
function wholeVerdict({ retryOf, indexes, jobs, ok }: RetryResult): string {
  const succeeded = jobs.filter(({ verdict }) => verdict === 'Complete').length;
  const what = indexes.includes(',') || indexes.includes('-') ? `indexes ${indexes}` : `index ${indexes}`;
  if (ok) return `${retryOf}: all indexes have succeeded now, ${what} when run again`;
  const left = jobs.filter(({ verdict }) => verdict !== 'Complete').map(({ name }) => name).join(', ');
  return `${retryOf}: ${succeeded} of ${jobs.length} indexes succeeded when run again; not: ${left}`;
}
