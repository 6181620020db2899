import { containersOf, jobSpecOf } from './job-specs';
import type { Output } from './output';
import type { KubernetesObject } from '../spec/cluster-port';

/** How lines of output are marked with their pod. */
export type PrefixMode = 'auto' | 'always' | 'never';

/**
 * Whether lines of output are marked with their pod: with `auto` on a terminal, and wherever more than one pod or container can print. The
 * output of a single one stays as it is, for programs to read.
 *
 * @param jobs as they were written, or as a cluster has them.
 */
export function namesPods(mode: PrefixMode, { isTerminal }: Pick<Output, 'isTerminal'>, jobs: readonly KubernetesObject[]): boolean {
  if (mode !== 'auto') return mode === 'always';
  const specs = jobs.filter((job) => jobSpecOf(job) !== undefined);
  return isTerminal || specs.length > 1 || specs.some(hasSeveralWriters);
}

function hasSeveralWriters(job: KubernetesObject): boolean {
  const spec = jobSpecOf(job) ?? {};
  const { parallelism = 1, completions = 1, backoffLimit = 0, template } = spec;
  if (parallelism > 1 || completions > 1 || containersOf(spec).length > 1) return true;
  const { active = 0, succeeded = 0, failed = 0 } = (job.status ?? {}) as { active?: number; succeeded?: number; failed?: number };
  // In a cluster every Job has a limit of retries, written or not; there its pods are counted.
  const isWritten = job.metadata?.uid === undefined;
  return (isWritten && template?.spec?.restartPolicy === 'Never' && backoffLimit > 0) || active + succeeded + failed > 1;
}
