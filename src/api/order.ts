import { asObject } from '../core/json';

/**
 * The annotation that names the Jobs which must be Complete before an object is applied: names with commas between them, `namespace/name`
 * for those of another namespace. Kubernetes itself does not know it; `run` and what is made for other engines follow it.
 */
export const afterAnnotation = 'cdk8s-jobs/after';

/** The name of a Job in an order. */
export interface JobName {
  readonly name: string;
  /** Default: the namespace of the object that waits for it. */
  readonly namespace?: string;
}

/** The Jobs that an object waits for, as its annotation names them; what no name can be is among them as it stands. */
export function jobsBefore(manifest: unknown): readonly JobName[] {
  const text = asObject(asObject(asObject(manifest).metadata).annotations)[afterAnnotation];
  if (typeof text !== 'string') return [];
  return text.split(',').map((part) => part.trim()).filter(Boolean).map((part) => {
    const slash = part.indexOf('/');
    return slash < 0 ? { name: part } : { namespace: part.slice(0, slash), name: part.slice(slash + 1) };
  });
}

/** The annotation's value for Jobs: each once, in the order given. */
export function formatJobNames(jobs: readonly JobName[]): string {
  return [...new Set(jobs.map(formatJobName))].join(',');
}

/** The name of a Job as the annotation has it. */
export function formatJobName({ name, namespace }: JobName): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}
