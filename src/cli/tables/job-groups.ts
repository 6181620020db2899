import { completionIndexAnnotation, retryOfLabel } from '../../api/labels';
import type { KubernetesObject } from '../../port/cluster-port';

/** A Job in a list, and its place there. */
interface GroupedJob {
  readonly job: KubernetesObject;
  /** Goes before its name: two blanks for a Job that reruns an index of the one above. */
  readonly indent: '' | '  ';
}

/** Jobs in their order, each followed by those that rerun its indexes, in the order of the indexes. */
export function groupJobs(jobs: readonly KubernetesObject[]): GroupedJob[] {
  const parts = jobs.filter((job) => job.metadata?.labels?.[retryOfLabel] !== undefined);
  const names = new Set(jobs.filter((job) => !parts.includes(job)).map(keyOf));
  const isPart = (job: KubernetesObject): boolean => parts.includes(job) && names.has(parentOf(job) ?? '');
  return jobs.filter((job) => !isPart(job)).flatMap((job) => [
    { job, indent: '' as const },
    ...parts.filter((other) => other !== job && parentOf(other) === keyOf(job)).sort((a, b) => indexOf(a) - indexOf(b)).map((part) => ({ job: part, indent: '  ' as const })),
  ]);
}

function keyOf({ metadata }: KubernetesObject): string {
  return `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`;
}

function parentOf({ metadata }: KubernetesObject): string | undefined {
  const parent = metadata?.labels?.[retryOfLabel];
  return parent === undefined ? undefined : `${metadata?.namespace ?? ''}/${parent}`;
}

function indexOf({ metadata }: KubernetesObject): number {
  return Number(metadata?.labels?.[completionIndexAnnotation] ?? 0);
}
