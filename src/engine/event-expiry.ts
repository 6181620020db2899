import type { Controller } from './controller';
import type { ObjectKey } from './keys';
import type { StoredObject } from './objects';
import { isOf } from './store';
import type { CoreEvent } from '../api/pod-manifest';
import { tryParseTime } from '../core/time';
import { events } from '../port/resources';

/** How long an event is kept after it was written last, in milliseconds. */
const keptMs = 3600_000;
/** Events go together, up to so much later: one by one they would be most of what happens in a cluster at rest. */
const gatheredMs = 600_000;

/** The expiry looks at all events at once. */
const all: ObjectKey = 'events//';

/**
 * Removes events that nobody has written for an hour.
 *
 * Unlike etcd, whose leases end to the second, it looks every ten minutes.
 *
 * @source staging/src/k8s.io/apiserver/pkg/server/options/etcd.go, pkg/controlplane/apiserver/options (--event-ttl, v1.37)
 */
export const eventExpiry: Controller = {
  name: 'event-expiry',
  watches: [events],

  watch(change, store) {
    if (change.type === 'ADDED' && isOf(change, 'Event')) store.timers.schedule('event-expiry', all, store.now + keptMs);
  },

  reconcile(store) {
    let left: number | undefined;
    let isRestNewer = false;
    for (const event of store.list(events)) {
      // In the order of creation, those that were written once end one after the other.
      const isWrittenOnce = lastTimeOf(event) === event.metadata.creationTimestamp;
      if (isWrittenOnce && isRestNewer) continue;
      const endsAt = endOf(event);
      if (endsAt <= store.now) store.remove(event);
      else left = Math.min(left ?? endsAt, endsAt);
      isRestNewer ||= isWrittenOnce && endsAt > store.now;
    }
    if (left !== undefined) store.timers.schedule('event-expiry', all, Math.max(left, store.now + gatheredMs));
    return true;
  },
};

function endOf(event: StoredObject): number {
  return (tryParseTime(lastTimeOf(event)) ?? Date.parse(event.metadata.creationTimestamp)) + keptMs;
}

function lastTimeOf(event: StoredObject): string | null | undefined {
  return (event as StoredObject & Pick<CoreEvent, 'lastTimestamp'>).lastTimestamp;
}
