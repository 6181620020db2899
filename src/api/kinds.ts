/** The kinds whose pod templates this package knows how to find. */
export type KindName = 'Job' | 'CronJob';

/** A kind, and where its objects hold what all kinds have. */
interface Kind {
  readonly apiVersion: string;
  readonly kind: KindName;
  /** The path of the spec of the Job, or of the Jobs that are made from it. */
  readonly jobSpec: readonly string[];
  /** The path of the template of the pods. */
  readonly podTemplate: readonly string[];
}

/** The kinds by name. */
export const kinds: Readonly<Record<KindName, Kind>> = {
  Job: kind('Job', ['spec']),
  CronJob: kind('CronJob', ['spec', 'jobTemplate', 'spec']),
};

/** The names of the kinds, as they are listed to people. */
export const kindNames = Object.keys(kinds) as readonly KindName[];

/** The fields that say what something is: an object, a resource, or a reference to an object. */
export interface TypeMeta {
  readonly apiVersion?: unknown;
  readonly kind?: unknown;
}

/** The kind of an object by group, version and name; undefined for any other, such as a `Job` of another group. */
export function kindOf({ apiVersion, kind: name }: TypeMeta): Kind | undefined {
  const found = isKindName(name) ? kinds[name] : undefined;
  return found?.apiVersion === apiVersion ? found : undefined;
}

/**
 * The kind that an object has or is meant to have: its name is right, and its group has no domain, as `batch.volcano.sh` does. Its version
 * may be one that no server has; the rules report that.
 */
export function kindMeantBy({ apiVersion, kind: name }: TypeMeta): Kind | undefined {
  return isKindName(name) && !groupOf(apiVersion).includes('.') ? kinds[name] : undefined;
}

/** The kind of an object of the group batch in any version, even one that no server has: the rules report that. */
export function kindInBatch({ apiVersion, kind: name }: TypeMeta): Kind | undefined {
  return isKindName(name) && groupOf(apiVersion) === 'batch' ? kinds[name] : undefined;
}

/** Whether something is, or refers to, a batch/v1 Job. */
export function isJob({ apiVersion, kind: name }: TypeMeta): boolean {
  return name === 'Job' && apiVersion === 'batch/v1';
}

/** Whether something is, or refers to, a batch/v1 CronJob. */
export function isCronJob({ apiVersion, kind: name }: TypeMeta): boolean {
  return name === 'CronJob' && apiVersion === 'batch/v1';
}

/** Whether something is, or refers to, a pod. */
export function isPod({ apiVersion, kind: name }: TypeMeta): boolean {
  return name === 'Pod' && apiVersion === 'v1';
}

/** Whether a value is the name of a kind. */
export function isKindName(name: unknown): name is KindName {
  return name === 'Job' || name === 'CronJob';
}

/** The group of an `apiVersion`: `batch` for `batch/v1`. Empty for the core group, and for anything but a text. */
export function groupOf(apiVersion: unknown): string {
  return typeof apiVersion === 'string' && apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/** Where a field of a Job stands in the CronJob that makes the Job: `spec.jobTemplate.spec.suspend` for `spec.suspend`. */
export function toCronJobPath(path: string): string {
  return path.replace(/^spec\b/, kinds.CronJob.jobSpec.join('.'));
}

/** Where a field of a CronJob's Jobs stands in the Job; a path of the CronJob itself stays as it is. */
export function toJobPath(path: string): string {
  return path.replace(/^spec\.jobTemplate\.spec\b/, 'spec');
}

function kind(name: KindName, jobSpec: readonly string[]): Kind {
  return { apiVersion: 'batch/v1', kind: name, jobSpec, podTemplate: [...jobSpec, 'template'] };
}
