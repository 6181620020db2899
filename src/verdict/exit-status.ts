import { failureClasses } from './classes';
import type { JobVerdict } from './job-verdict';
import { unreachable } from '../core/assert';

/**
 * Exit statuses with a fixed meaning, after docker and GNU.
 *
 * A container may itself exit with any of them: the verdict has its code in a field of its own.
 */
export const exitStatuses = {
  complete: 0,
  /** The Job failed and no container's code says why. */
  failed: 1,
  timedOut: 124,
  /** An error of this program, or wrong usage. */
  error: 125,
  couldNotStart: 126,
  gone: 127,
} as const;

/**
 * The exit status of a process that waited for a Job: 0 complete; the container's own code when one decided; 124 timed out, by the
 * caller's patience or the Job's own deadline; 126 could not start; 127 gone; 1 failed or unfinished for no reason with a code.
 *
 * When signal n ends the caller itself the status is 128 + n; that is not decided here.
 */
export function exitStatus(verdict: JobVerdict): number {
  switch (verdict.verdict) {
    case 'Complete': return exitStatuses.complete;
    case 'Failed': return statusOfFailure(verdict);
    case 'Deleted': return exitStatuses.gone;
    case 'Refused': return wrongUse.has(verdict.diagnosis) ? exitStatuses.error : exitStatuses.couldNotStart;
    case 'NotStarted': return exitStatuses.couldNotStart;
    case 'Suspended': return verdict.timedOutAfter === null ? exitStatuses.couldNotStart : exitStatuses.timedOut;
    case 'Running': return verdict.timedOutAfter === null ? statusOfFailure(verdict) : exitStatuses.timedOut;
    default: return unreachable(verdict.verdict);
  }
}

/** The diagnoses of refusals that are the caller's own mistake. */
const wrongUse: ReadonlySet<string> = new Set(['Invalid', 'AlreadyExists']);

/** The status of a Job that has failed, or is going to. */
function statusOfFailure({ diagnosis, exitCode }: JobVerdict): number {
  // A shell that did not find its program did start; the 128 of the container runtime is nobody's exit code.
  const isOfShell = exitCode === 126 || exitCode === 127;
  if (failureClasses[diagnosis].couldNotStart && !isOfShell) return exitStatuses.couldNotStart;
  if (exitCode !== null && exitCode > 0 && exitCode < 256) return exitCode;
  return diagnosis === 'DeadlineExceeded' ? exitStatuses.timedOut : exitStatuses.failed;
}

/** The verdict of a caller that has waited long enough. */
export function timedOut(verdict: JobVerdict, seconds: number): JobVerdict {
  return { ...verdict, timedOutAfter: seconds };
}
