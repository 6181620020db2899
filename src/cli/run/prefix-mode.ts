import type { KubernetesObject } from '../../port/cluster-port';
import { templateContainers, jobSpecOf, type JobSpecPart } from '../input/job-specs';
import type { Output } from '../terminal/output';

/** When lines of output are marked with their pod. */
export type PrefixMode = 'auto' | 'always' | 'never';

/** Which lines are marked: all, none, or those of every pod but the first that prints. */
export type NamedPods = 'all' | 'none' | 'others';

/**
 * Which lines of output are marked with their pod: with `auto`, all on a terminal, and wherever several pods or containers can print at the
 * same time. The output of a single one stays as it is, for programs to read; a pod that takes its place after a failure is named.
 *
 * @param jobs as they were written, or as a cluster has them; of one without a spec, all pods but the first that prints are named.
 */
export function namedPods(mode: PrefixMode, { isTerminal }: Pick<Output, 'isTerminal'>, jobs: readonly KubernetesObject[]): NamedPods {
  if (mode !== 'auto') return mode === 'always' ? 'all' : 'none';
  const specs = jobs.flatMap((job) => jobSpecOf(job) ?? []);
  return isTerminal || specs.length > 1 || specs.some(hasSeveralWriters) ? 'all' : 'others';
}

function hasSeveralWriters(spec: JobSpecPart): boolean {
  const { parallelism = 1, completions = 1 } = spec;
  return parallelism > 1 || completions > 1 || templateContainers(spec).length > 1;
}
