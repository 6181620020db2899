import { formatTimeline } from './timeline';
import type { Trace } from './trace';
import { formatFinding } from '../core/finding';

/** What a matcher says: whether it holds, and why when it does not. */
export interface MatcherResult {
  readonly pass: boolean;
  /** The sentence that a test prints. */
  message(): string;
}

/** The Job completed. */
export function toComplete(trace: Trace): MatcherResult {
  return result(trace, trace.condition === 'Complete', 'complete');
}

/** The Job failed, for the given reason if there is one: `BackoffLimitExceeded`. */
export function toFail(trace: Trace, reason?: string): MatcherResult {
  const pass = trace.condition === 'Failed' && (reason === undefined || trace.reason === reason);
  return result(trace, pass, reason === undefined ? 'fail' : `fail with ${reason}`);
}

/** The Job gave an index another pod, exactly `times` times if that is given. */
export function toRetryIndex(trace: Trace, index: number, times?: number): MatcherResult {
  const retries = Math.max(0, trace.pods.filter((pod) => pod.index === index).length - 1);
  const pass = times === undefined ? retries > 0 : retries === times;
  return result(trace, pass, `retry index ${index}${times === undefined ? '' : ` ${times} times`} (it did ${retries} times)`);
}

function result(trace: Trace, pass: boolean, deed: string): MatcherResult {
  return {
    pass,
    message: () => {
      const refusals = trace.findings.map((finding) => `  ${formatFinding(finding)}`);
      const outcome = refusals.length > 0
        ? ['It was refused:', ...refusals]
        : [`It ended as ${trace.condition ?? 'nothing yet'}${trace.reason === null ? '' : `: ${trace.reason}, ${trace.message ?? ''}`}`];
      return [`Expected the Job ${pass ? 'not ' : ''}to ${deed}.`, ...outcome, formatTimeline(trace), `(seed ${trace.seed})`].join('\n');
    },
  };
}
