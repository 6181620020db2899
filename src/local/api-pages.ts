import { formatToken, type ListOptions, listOptionsOf } from './api-list-options';
import type { ServedCluster } from './api-objects';
import { selectionOf } from './api-query';
import { failure, refusalWith } from './api-status';
import type { CollectionTarget } from './api-target';
import { given } from '../core/given';
import { ClusterError, type KubernetesObject, type ObjectList } from '../port/cluster-port';

/** One page of a list, and the metadata that leads to the next. */
interface Page {
  readonly items: readonly KubernetesObject[];
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string; readonly remainingItemCount?: number };
}

/**
 * The page of a list that `limit` and `continue` ask for; the whole list when they are absent. All pages of a list show it as it was when
 * the first one was read.
 *
 * @throws {ClusterError} 410 when that was too long ago, with a token that goes on with what there is by now; 504 for a version to come.
 * @source staging/src/k8s.io/apiserver/pkg/storage/etcd3/store.go GetList (v1.37)
 */
export async function pageOf(cluster: ServedCluster, target: CollectionTarget, query: URLSearchParams): Promise<Page> {
  const options = listOptionsOf(query);
  const { limit, start } = options;
  const { items, resourceVersion } = await read(cluster, target, query, options);
  const all = items.map((object) => ({ object, key: keyOf(object, target.namespace) }));
  const keyed = start === undefined ? all : all.filter(({ key }) => key >= start);
  const last = keyed[limit - 1];
  if (last === undefined || keyed.length === limit) return { items: keyed.map(({ object }) => object), metadata: { resourceVersion } };
  // With a selector a real server does not know how many are left.
  const isSelected = ['labelSelector', 'fieldSelector'].some((name) => (query.get(name) ?? '') !== '');
  const remainingItemCount = isSelected ? undefined : keyed.length - limit;
  return {
    items: keyed.slice(0, limit).map(({ object }) => object),
    metadata: { resourceVersion, continue: formatToken({ rv: Number(resourceVersion), start: `${last.key}\0` }), ...given({ remainingItemCount }) },
  };
}

async function read(
  cluster: ServedCluster, target: CollectionTarget, query: URLSearchParams,
  { version, atLeast, start, isContinued }: ListOptions,
): Promise<ObjectList> {
  try {
    const list = await cluster.list(target.resource, selectionOf(query, target), version);
    const least = version ?? atLeast ?? 0;
    if (Number(list.resourceVersion) < least) throw tooLarge(least, list.resourceVersion);
    return list;
  } catch (error) {
    if (!(error instanceof ClusterError) || error.code !== 'EXPIRED' || !isContinued) throw error;
    throw refusalWith('EXPIRED', { ...failure(410, tooOld), metadata: { continue: formatToken({ rv: -1, start: start ?? '' }) } });
  }
}

/** @source staging/src/k8s.io/apiserver/pkg/storage/etcd3/errors.go handleCompactedErrorForPaging (v1.37) */
const tooOld = 'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue '
  + 'parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results '
  + 'in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up '
  + 'in the list.';

/**
 * The refusal of a version that is still to come.
 *
 * @source staging/src/k8s.io/apiserver/pkg/storage/errors.go NewTooLargeResourceVersionError (v1.37)
 */
function tooLarge(version: number, current: string): ClusterError {
  const causes = [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }];
  const status = failure(504, `Timeout: Too large resource version: ${version}, current: ${current}`, { causes, retryAfterSeconds: 1 });
  return refusalWith('UNAVAILABLE', status);
}

/** What lists are in the order of: the name, behind the namespace in a list of all namespaces. */
function keyOf({ metadata: { namespace: own, name = '' } = {} }: KubernetesObject, namespace: string | undefined): string {
  return namespace !== undefined || own === undefined ? name : `${own}/${name}`;
}
