import type { ServedCluster } from './api-objects';
import { isTrueParameter } from './api-query';
import { statusOfError } from './api-status';
import type { CollectionTarget } from './api-target';
import type { Selection, WatchEvent } from '../port/cluster-port';

/** What a watch asks for, and which objects that is about. */
interface WatchQuery {
  readonly query: URLSearchParams;
  readonly selection: Selection;
}

/**
 * The events of a watch as the query asks for them, until the signal is aborted: from a resource version on, or beginning with everything
 * that exists.
 *
 * A watch that cannot go on ends with an event of type ERROR, as the API's does.
 *
 * @source KEP-3157 watch list, KEP-956 bookmarks
 */
export async function* watchEvents(
  cluster: ServedCluster, target: CollectionTarget, { query, selection }: WatchQuery, signal: AbortSignal,
): AsyncGenerator<WatchEvent> {
  const { resource } = target;
  try {
    let resourceVersion = query.get('resourceVersion') ?? '';
    const sendsAll = isTrueParameter(query, 'sendInitialEvents');
    if (sendsAll || resourceVersion === '' || resourceVersion === '0') {
      const list = await cluster.list(resource, selection);
      for (const object of list.items) yield { type: 'ADDED', object };
      ({ resourceVersion } = list);
      if (sendsAll && isTrueParameter(query, 'allowWatchBookmarks')) yield endOfList(target, resourceVersion);
    }
    yield* cluster.watch(resource, { ...selection, resourceVersion }, signal);
  } catch (error) {
    yield { type: 'ERROR', object: statusOfError(error, target) };
  }
}

/** The bookmark after the objects that existed when the watch began. */
function endOfList({ resource: { apiVersion, kind } }: CollectionTarget, resourceVersion: string): WatchEvent {
  const annotations = { 'k8s.io/initial-events-end': 'true' };
  return { type: 'BOOKMARK', object: { kind, apiVersion, metadata: { resourceVersion, creationTimestamp: null, annotations } } };
}
