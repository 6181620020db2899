/** Source text by field name: `{ backoffLimit: '-1' }`. */
export type Source = Readonly<Record<string, string>>;

/** The constructs of this package that a mistake can be made with. */
export type Kind = 'NonParallelJob' | 'FixedCompletionJob' | 'IndexedJob' | 'WorkQueueJob' | 'ScheduledJob';

/** One mistake, written once with the API's field names; `snippets.ts` makes a program of it for each route. */
export interface Mistake {
  /** From 1; it never changes. */
  readonly id: number;
  /** What is done wrong. */
  readonly title: string;
  /** The construct. */
  readonly kind: Kind;
  /** What differs from a good Job, as source text. */
  readonly fields: Source;
  /** The same with cdk8s-plus-28: what differs from a good Job of its, or why it cannot be written there. */
  readonly plus: Source | 'no field' | 'prevented';
  /** Where a plain manifest has it under other names. */
  readonly raw?: Source;
  /** The id of the construct. @default 'job' */
  readonly constructId?: string;
  /** The id of a second construct, otherwise the same. @default - there is no second one */
  readonly twin?: string;
  /** Not a mistake at all: Kubernetes takes it, and so must everybody. */
  readonly valid?: true;
}

/** A mistake of a Job that has one pod. */
export function inJob(id: number, title: string, fields: Source, plus: Mistake['plus'], more: Partial<Mistake> = {}): Mistake {
  return { id, title, kind: 'NonParallelJob', fields, plus, ...more };
}

/** A mistake of a container; the fields are those of the container. */
export function inContainer(id: number, title: string, fields: Source, plus: Mistake['plus']): Mistake {
  return inJob(id, title, { containers: `[${container(fields)}]` }, typeof plus === 'string' ? plus : { containers: `[${plusContainer(plus)}]` });
}

/** A mistake of a CronJob. */
export function inSchedule(id: number, title: string, fields: Source, plus: Mistake['plus'], more: Partial<Mistake> = {}): Mistake {
  return { id, title, kind: 'ScheduledJob', fields, plus, ...more };
}

/** A mistake of one of the kinds with more than one pod, which cdk8s-plus-28 does not have. */
export function inKind(kind: Kind, id: number, title: string, fields: Source, more: Partial<Mistake> = {}): Mistake {
  return { id, title, kind, fields, plus: 'no field', ...more };
}

/** A container as source text; an empty text leaves a field out. */
export function container(fields: Source = {}): string {
  return object({ name: "'main'", image: "'busybox:1.36'", ...fields });
}

/** A container of cdk8s-plus-28 as source text. */
export function plusContainer(fields: Source = {}): string {
  return object({ image: "'busybox:1.36'", ...fields });
}

/** An object literal; an empty text leaves a field out. */
export function object(fields: Source): string {
  return `{ ${Object.entries(fields).filter(([, text]) => text !== '').map(([name, text]) => `${name}: ${text}`).join(', ')} }`;
}
