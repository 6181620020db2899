import { isJob } from '../../api/kinds';
import type { InterruptPolicy, Progress, RunResult } from '../../runtime/run-options';
import type { CliContext } from '../command';
import type { ClusterFlags } from '../input/cluster-call';

/** Keeps the names of the Jobs that were applied and have not ended. */
export function noteStarted(progress: Progress, started: Set<string>): void {
  if (progress.type === 'applied' && isJob(progress.applied.object)) started.add(progress.applied.object.metadata?.name ?? '');
  if (progress.type === 'ended' && progress.verdict.over) started.delete(progress.verdict.name ?? '');
}

/** Jobs that go on although nobody here waits for them any more. */
export function goingOn({ jobs, interrupted }: RunResult): string[] {
  return jobs.filter(({ over, timedOutAfter }) => !over && (interrupted !== undefined || timedOutAfter !== null)).map(({ name }) => name ?? '');
}

/** Tells the command that picks up a run whose Jobs go on. */
export function tellHowToGoOn(
  names: readonly string[], flags: ClusterFlags, { output, programName }: CliContext, interrupted: InterruptPolicy = 'detach',
): void {
  if (names.length === 0) return;
  const { context, namespace, kubeconfig } = flags;
  const where = [
    ...(namespace === undefined ? [] : ['-n', namespace]),
    ...(context === undefined ? [] : ['--context', context]),
    ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig]),
  ];
  const place = [names.join(' '), ...where].join(' ');
  if (interrupted === 'detach') output.talk(`pick it up again with: ${programName} wait --follow ${place}`);
  if (interrupted === 'suspend') output.talk(`let it go on with: ${programName} resume ${place}`);
}
