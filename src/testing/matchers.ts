import { formatTimeline } from './timeline';
import type { Trace } from './trace';
import { describeEnds } from './trace-ends';
import { UsageError } from '../core/errors';
import { formatFinding } from '../core/finding';
import { isObject } from '../core/json';

/** What a matcher says: whether it holds, and why when it does not. */
export interface MatcherResult {
  readonly pass: boolean;
  /** The sentence that a test prints. */
  message(): string;
}

/**
 * The Job completed; of a trace of several Jobs, all did.
 *
 * @throws {UsageError} for a value that is no trace.
 */
export function toComplete(trace: Trace): MatcherResult {
  mustBeTrace('toComplete', trace);
  return result(trace, trace.condition === 'Complete', 'complete');
}

/**
 * The Job failed, for the given reason if there is one: `BackoffLimitExceeded`; of several Jobs, the first that did not complete.
 *
 * @throws {UsageError} for a value that is no trace.
 */
export function toFail(trace: Trace, reason?: string): MatcherResult {
  mustBeTrace('toFail', trace);
  const pass = trace.condition === 'Failed' && (reason === undefined || trace.reason === reason);
  return result(trace, pass, reason === undefined ? 'fail' : `fail with ${reason}`);
}

/**
 * The Job gave an index another pod, exactly `times` times if that is given.
 *
 * @throws {UsageError} for a value that is no trace.
 */
export function toRetryIndex(trace: Trace, index: number, times?: number): MatcherResult {
  mustBeTrace('toRetryIndex', trace);
  const retries = Math.max(0, trace.pods.filter((pod) => pod.index === index).length - 1);
  const pass = times === undefined ? retries > 0 : retries === times;
  return result(trace, pass, `retry index ${index}${times === undefined ? '' : ` ${times} times`} (it did ${retries} times)`);
}

/** All matchers by their names, as `expect.extend` takes them. */
export const allMatchers = { toComplete, toFail, toRetryIndex };

/** The matchers as methods of an expectation; the entry points for each test runner add them to its types. */
export interface JobMatchers<R = void> {
  /** The Job completed. */
  toComplete(): R;
  /** The Job failed, for the given reason if there is one. */
  toFail(reason?: string): R;
  /** The Job gave an index another pod, exactly `times` times if that is given. */
  toRetryIndex(index: number, times?: number): R;
}

/**
 * Throws what a matcher says unless it holds, for test runners without `expect.extend`: `assertThat(toComplete(trace))`.
 *
 * @throws {Error} with the sentence and the timeline of the trace.
 */
export function assertThat({ pass, message }: MatcherResult): void {
  if (!pass) throw new Error(message());
}

function result(trace: Trace, pass: boolean, deed: string): MatcherResult {
  return {
    pass,
    message: () => {
      const refusals = trace.findings.map((finding) => `  ${formatFinding(finding)}`);
      const outcome = refusals.length > 0 ? ['It was refused:', ...refusals] : outcomeOf(trace);
      return [`Expected ${trace.jobs.length + trace.notStarted.length > 1 ? 'the Jobs' : 'the Job'} ${pass ? 'not ' : ''}to ${deed}.`, ...outcome, formatTimeline(trace), `(seed ${trace.seed})`].join('\n');
    },
  };
}

/** How the Job ended; of several, and of one that went before it ended, a line for each. */
function outcomeOf(trace: Trace): string[] {
  const { condition, reason, message, jobs, notStarted } = trace;
  const hasGone = jobs.some((job) => job.condition === null && job.deletedAt !== undefined);
  if (jobs.length + notStarted.length > 1 || hasGone) return describeEnds(trace);
  const [left] = notStarted;
  if (left !== undefined) return [`It was not started: ${left.why}`];
  return [`It ended as ${condition ?? 'nothing yet'}${reason === null ? '' : `: ${reason}, ${message ?? ''}`}`];
}

/** A result would let `expect(wrong).not.toComplete()` pass: what is no trace is an error either way. */
function mustBeTrace(matcher: string, value: unknown): void {
  if (isObject(value) && Array.isArray(value.pods) && Array.isArray(value.findings) && 'condition' in value) return;
  throw new UsageError(
    `${matcher} takes a trace, which simulate returns, but got ${describeValue(value)}`,
    isObject(value) && 'kind' in value ? `write expect(simulate(manifest)).${matcher}()` : `write expect(simulate(Testing.synth(chart)[0])).${matcher}()`,
  );
}

function describeValue(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (!isObject(value)) return `the ${typeof value} ${JSON.stringify(value) ?? String(value)}`;
  if (typeof value.then === 'function') return 'a promise';
  if (typeof value.kind === 'string') return `a manifest of kind ${value.kind}`;
  const name = Object.getPrototypeOf(value)?.constructor?.name as string | undefined;
  return name === undefined || name === 'Object' ? 'an object without condition, pods and findings' : `a ${name}`;
}
