import type { Trace } from './trace';
import { UsageError } from '../core/errors';
import { given } from '../core/given';
import { nearestName } from '../rules/explain/suggest';

/**
 * What happened to one Job of a simulation of several, as a trace that the matchers take: `expect(traceOfJob(trace, 'load')).toComplete()`.
 * Of a Job that was not started nothing happened, and `condition` is null.
 *
 * @param name the name of the Job; of several of a name, in other namespaces or one after the other, the first one.
 * @throws {UsageError} when the trace has no such Job.
 */
export function traceOfJob(trace: Trace, name: string): Trace {
  const job = trace.jobs.find((one) => one.name === name);
  const notStarted = trace.notStarted.filter((one) => one.name === name);
  if (job === undefined && notStarted.length === 0) {
    const names = [...trace.jobs, ...trace.notStarted].map((one) => one.name);
    const nearest = nearestName(name, names);
    throw new UsageError(`There is no Job ${JSON.stringify(name)} in this trace`, nearest === undefined ? '' : `did you mean ${nearest}?`);
  }
  const { condition = null, reason = null, message = null, createdAt = 0, endedAt } = job ?? {};
  const pods = trace.pods.filter((pod) => pod.job === name);
  const podNames = new Set(pods.map((pod) => pod.name));
  const revisions = trace.revisions.filter((revision) => revision.job === name);
  const { elapsed: _, ...rest } = trace;
  return {
    ...rest,
    condition,
    reason,
    message,
    status: revisions.at(-1)?.status ?? {},
    ...given({ elapsed: endedAt === undefined ? undefined : Math.round((endedAt - createdAt) * 1000) / 1000 }),
    pods,
    jobs: job === undefined ? [] : [job],
    notStarted,
    revisions,
    cronJobRevisions: [],
    events: trace.events.filter(({ on, name: object }) => (on === 'Pod' ? podNames.has(object) : on === 'Job' && object === name)),
  };
}
