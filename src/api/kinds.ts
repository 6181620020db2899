/** The kinds whose pods this package knows the way to. */
export type KindName = 'Job' | 'CronJob';

/** A kind, and where in its objects stands what all kinds have. */
interface Kind {
  readonly apiVersion: string;
  readonly kind: KindName;
  /** The path of the spec of the Job, or of the Jobs that are made of it. */
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

/** What says what an object is: of the object itself, of a resource, of a reference to it. */
export interface TypeMeta {
  readonly apiVersion?: unknown;
  readonly kind?: unknown;
}

/** The kind of an object by group, version and name; undefined for any other, as the `Job` of another group. */
export function kindOf({ apiVersion, kind: name }: TypeMeta): Kind | undefined {
  const found = isKindName(name) ? kinds[name] : undefined;
  return found?.apiVersion === apiVersion ? found : undefined;
}

/**
 * The kind that an object has or is meant to have: its name is right, and its group is none with a domain, like `batch.volcano.sh`. Its
 * version may be one that no server has, and is then told of by the rules.
 */
export function kindMeantBy({ apiVersion, kind: name }: TypeMeta): Kind | undefined {
  return isKindName(name) && !groupOf(apiVersion).includes('.') ? kinds[name] : undefined;
}

/** The kind of an object of the group batch, in any version: also in one that no server has, which is then told of by the rules. */
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

/** The group in `batch/v1`: `batch`. Empty for the core group, and for what is no text. */
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
