import { step } from '../../src/engine/step';
import { createWorld, listObjects, type World } from '../../src/engine/world';
import type { KubernetesObject } from '../../src/port/cluster-port';
import { events } from '../../src/port/resources';

const start = Date.UTC(2026, 0, 1);
const minute = 60_000;
const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox:1.36', command: ['true'] }] } };
const job = (name: string): KubernetesObject => ({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: { suspend: true, template } });

/** Lets time pass, with a tick whenever one is due. */
function pass(world: World, wakeAt: number | undefined, until: number): World {
  let [next, due] = [world, wakeAt];
  while (due !== undefined && due <= until) ({ world: next, wakeAt: due } = step(next, { event: 'tick' }, due));
  return step(next, { event: 'tick' }, until).world;
}

test('an event is there for an hour after it was written last, and gone ten minutes later', () => {
  const made = step(createWorld(), { event: 'create', object: job('one') }, start);
  const later = step(pass(made.world, made.wakeAt, start + 30 * minute), { event: 'create', object: job('two') }, start + 30 * minute);
  const countAt = (minutes: number): number => listObjects(pass(later.world, later.wakeAt, start + minutes * minute), events).length;
  const [all, half] = [listObjects(later.world, events).length, listObjects(made.world, events).length];
  expect(half).toBeGreaterThan(0);
  expect([countAt(59), countAt(70), countAt(89), countAt(100)]).toEqual([all, all - half, all - half, 0]);
});
