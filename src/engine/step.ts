import { notePodEvent } from './container-events';
import { type Controller, WorkQueue } from './controller';
import { cronJobController } from './cron-job-controller';
import { garbageCollector } from './garbage-collector';
import { jobController } from './job-controller';
import { kubelet } from './kubelet';
import { orphanPodController } from './orphan-pods';
import type { Given } from './prepare';
import { Store } from './store';
import { ttlController } from './ttl';
import type { Answer, Event, Step, World } from './world';
import { type Written, createObject, deleteObject, evictPod, updateObject } from './writes';
import type { Instant } from '../core/time';

/** Every loop of the cluster; on one change they look in this order. */
const controllers: readonly Controller[] = [
  kubelet, cronJobController, jobController, orphanPodController, ttlController, garbageCollector,
];

/**
 * What comes of one event at one time: the only way in.
 *
 * All controllers work until nothing is left to do at `now`. Same world, event and time, same step. Time must not run backwards from
 * step to step. A refusal is in `answer`, it is no exception.
 */
export function step(world: World, event: Event, now: Instant): Step {
  const store = new Store(world, now);
  const answer = apply(store, event);
  settle(store);
  const wakeAt = store.timers.next();
  return {
    actions: store.actions,
    ...(wakeAt === undefined ? {} : { wakeAt }),
    ...(answer === undefined ? {} : { answer: answer as unknown as Answer }),
    world: store.freeze(),
  };
}

function apply(store: Store, event: Event): Written | undefined {
  switch (event.event) {
    case 'create': return createObject(store, event.object as unknown as Given);
    case 'update': return updateObject(store, event.object as unknown as Given, event.subresource);
    case 'delete': return deleteObject(store, event);
    case 'evict': return evictPod(store, event);
    case 'tick': return undefined;
    default: notePodEvent(store, event);
  }
  return undefined;
}

/** Runs the controllers until the store is at rest: what can be done at once goes before what a look still has to do. */
function settle(store: Store): void {
  const queue = new WorkQueue();
  const looks: { readonly key: string; readonly look: Generator<undefined, boolean> }[] = [];
  const isBusy = (key: string): boolean => looks.some((other) => other.key === key);
  for (;;) {
    tellControllers(store, queue);
    const key = queue.take(isBusy);
    if (key !== undefined) {
      const look = controllerOf(key).reconcile(store, key);
      if (look.next().done !== true) looks.push({ key, look });
      continue;
    }
    const first = looks[0];
    if (first !== undefined) {
      if (first.look.next().done === true) looks.shift();
      continue;
    }
    const due = store.timers.takeDue(store.now);
    if (due === undefined) return;
    queue.add(due);
  }
}

function tellControllers(store: Store, queue: WorkQueue): void {
  for (let change = store.takeChange(); change !== undefined; change = store.takeChange()) {
    for (const controller of controllers) controller.watch(change, store, queue);
  }
}

/** Keys say whose they are by their first word: `jobs/default/x`, `ttl jobs/default/x`. */
function controllerOf(key: string): Controller {
  const name = key.split(/[ /]/, 1)[0];
  const found = controllers.find((controller) => controller.name === name);
  if (found === undefined) throw new Error(`no controller for ${key}`);
  return found;
}
