import { notePodEvent } from './container-events';
import { type Controller, type QueuedRequest, WorkQueue } from './controller';
import { cronJobController } from './cron-job-controller';
import { eventExpiry } from './event-expiry';
import { garbageCollector } from './garbage-collector';
import { jobController } from './job-controller';
import { objectKey } from './keys';
import { kubelet } from './kubelet';
import { namespaceController, serviceAccountController } from './namespace-controllers';
import type { StoredObject, Writable } from './objects';
import { orphanPodController } from './orphan-pods';
import type { ClientObject } from './prepare';
import { queueController } from './queue/queue-controller';
import { Store } from './store';
import { ttlController } from './ttl';
import type { Answer, Event, Step, World } from './world';
import { createObject, deleteObject, evictPod, updateObject } from './writes';
import { rememberedFor } from '../core/remembered';
import type { Instant } from '../core/time';
import type { KubernetesObject, ObjectReference, Resource } from '../port/cluster-port';

/** Every loop of the cluster; a change is shown to them in this order. */
const controllers: readonly Controller[] = [
  kubelet, cronJobController, queueController, jobController, orphanPodController, ttlController, eventExpiry, garbageCollector,
  namespaceController,
  serviceAccountController,
];

/**
 * What one event leads to at one time: the only way in.
 *
 * All controllers work until nothing is left to do at `now`. The same world, event and time give the same step. Time must not run backwards
 * from step to step. A refusal is an `answer`, not an exception.
 */
export function step(world: World, event: Event, now: Instant): Step {
  const engine = new Engine(world);
  return { ...engine.step(event, now), world: engine.world };
}

/** The engine with a world that it changes in place, for those who need its last state alone: a step then copies nothing. */
export class Engine {
  private readonly store: Store;
  /** Empty between steps. */
  private readonly queue = new WorkQueue(controllers);

  public constructor(world: World) {
    this.store = new Store(world);
  }

  /** As the function `step`, from this world to this world. */
  public step(event: Event, now: Instant): Omit<Step, 'world'> {
    const { store } = this;
    store.begin(now);
    const answer = apply(store, event);
    settle(store, this.queue);
    const wakeAt = store.timers.next();
    const taken: Writable<Omit<Step, 'world'>> = { actions: store.actions };
    if (wakeAt !== undefined) taken.wakeAt = wakeAt;
    if (answer !== undefined) taken.answer = answer;
    return taken;
  }

  /** An object as it is now, or undefined. */
  public find({ resource, namespace, name }: ObjectReference): KubernetesObject | undefined {
    return this.store.get(objectKey(resource, namespace, name));
  }

  /** The world as it is now, as a value that stays. */
  public get world(): World {
    return this.store.freeze();
  }
}

function apply(store: Store, event: Event): Answer<StoredObject> | undefined {
  switch (event.event) {
    case 'create': return createObject(store, event.object as ClientObject);
    case 'update': return updateObject(store, event.object as ClientObject, event.subresource);
    case 'delete': return deleteObject(store, event);
    case 'evict': return evictPod(store, event);
    case 'tick': return undefined;
    default: notePodEvent(store, event);
  }
  return undefined;
}

/** A reconciliation that waits for the API server. */
interface Waiting {
  readonly request: QueuedRequest;
  readonly goOn: () => boolean;
}

/** Runs the controllers until the store is at rest: new requests go before reconciliations that wait, and these before timers. */
function settle(store: Store, queue: WorkQueue): void {
  const waiting: Waiting[] = [];
  const isFree = ({ controller, key }: QueuedRequest): boolean =>
    waiting.every(({ request }) => request.controller !== controller || request.key !== key);
  for (;;) {
    showChanges(store, queue);
    const request = queue.take(isFree);
    if (request !== undefined) {
      const progress = request.controller.reconcile(store, request.key);
      if (typeof progress === 'function') waiting.push({ request, goOn: progress });
      continue;
    }
    const first = waiting[0];
    if (first !== undefined) {
      first.goOn();
      waiting.shift();
      continue;
    }
    const due = store.timers.takeDue(store.now);
    if (due === undefined) return;
    queue.add(due.controller, due.key);
  }
}

function showChanges(store: Store, queue: WorkQueue): void {
  for (let change = store.takeChange(); change !== undefined; change = store.takeChange()) {
    for (const controller of watchersOf(change.resource)) controller.watch(change, store, queue);
  }
}

const watchersOf = rememberedFor((resource: Resource) => controllers.filter(({ watches }) => watches?.includes(resource) ?? true));
