import { isJob } from '../api/kinds';
import type { JobName } from '../api/order';
import type { Before } from '../core/graph';
import type { KubernetesObject } from '../port/cluster-port';
import type { OutsideJob } from '../rules/order';

/** A Job of a run, and the Jobs that must be Complete before it starts. */
export interface OrderedJob extends Required<JobName> {
  /** In the order in which they are written; also Jobs of the cluster that are not run. */
  readonly after: ReadonlyArray<Required<JobName>>;
}

/**
 * The Jobs among objects that are run, each with those that it waits for; undefined when none waits.
 *
 * @param before the objects that each waits for. @param outside the Jobs that are waited for and not run.
 */
export function orderedJobs(
  objects: readonly KubernetesObject[], before: Before, outside: readonly OutsideJob[], namespace: string,
): readonly OrderedJob[] | undefined {
  if (outside.length === 0 && before.every((nodes) => nodes.length === 0)) return undefined;
  const nameOf = ({ metadata = {} }: KubernetesObject): Required<JobName> =>
    ({ name: metadata.name ?? metadata.generateName ?? '', namespace: metadata.namespace ?? namespace });
  const elsewhere = new Map<number, Array<Required<JobName>>>();
  for (const { position, name, namespace: place } of outside) {
    elsewhere.set(position, [...elsewhere.get(position) ?? [], { name, namespace: place }]);
  }
  return objects.flatMap((object, position) => {
    if (!isJob(object)) return [];
    const earlier = (before[position] ?? []).map((node) => nameOf(objects[node] ?? {}));
    return [{ ...nameOf(object), after: [...earlier, ...elsewhere.get(position) ?? []] }];
  });
}
