import { given } from '../../src/core/given';
import type { HashOptions } from '../../src/gitops/content-hash';
import { type RandomChange } from '../cluster/validation/changes';

/** What hashes are made with where nothing is deployed beside a Job. */
export const hashOptions: HashOptions = { name: 'job', find: () => undefined };

/** A Job as it is committed, before and after a change. */
export interface CommittedJob {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: Record<string, unknown>;
  readonly spec?: Record<string, unknown>;
}

/**
 * Both states of a change as Jobs of one name, undefined for CronJobs. They are not suspended: what a suspended one may still change is an
 * exception.
 */
export function pairOf({ old, manifest }: Pick<RandomChange, 'old' | 'manifest'>): [before: CommittedJob, after: CommittedJob] | undefined {
  const [before, after] = [underOneName(old), underOneName(manifest)];
  return before.kind === 'Job' && after.kind === 'Job' ? [before, after] : undefined;
}

function underOneName(text: string): CommittedJob {
  const { metadata: { labels, annotations } = {}, spec, apiVersion, kind } = JSON.parse(text) as CommittedJob;
  // One that is not the user's own is made by the API server: tools leave it alone, and only a whole replacement would take it away.
  const { selector, ...others } = spec ?? {};
  const own = others.manualSelector === true ? { selector } : {};
  return { ...given({ apiVersion, kind }), metadata: { name: 'job', labels, annotations }, spec: { ...others, ...own, suspend: false } };
}

/**
 * Whether the hash may change although the API server takes the change under one name, as docs/hash-names.md says: `completions` of an
 * Indexed Job, which may grow with `parallelism`; and `manualSelector` beside a selector that stays, which a new Job would not get.
 */
export function isException(before: CommittedJob, after: CommittedJob): boolean {
  const grows = after.spec?.completionMode === 'Indexed' && before.spec?.completions !== after.spec.completions;
  const turns = before.spec?.selector !== undefined && (before.spec.manualSelector === true) !== (after.spec?.manualSelector === true);
  return grows || turns;
}
