import type { JobSpec } from '../api/kubernetes';
import type { Instant } from '../core/time';

/**
 * Milliseconds until the deadline of a Job, 0 or less when it has passed; undefined while there is none.
 *
 * A suspended Job has no deadline; the time counts from the last start or resumption.
 *
 * @source pkg/controller/job/job_controller.go pastActiveDeadline (v1.37)
 */
export function remainingDeadlineMs(spec: JobSpec, startedAt: Instant | undefined, now: Instant): number | undefined {
  if (spec.activeDeadlineSeconds === undefined || startedAt === undefined || spec.suspend === true) return undefined;
  return spec.activeDeadlineSeconds * 1000 - (now - startedAt);
}
