import { Engine, step } from '../../src/engine/step';
import { type EngineAction, type Event, type Step, type World, createWorld, listObjects } from '../../src/engine/world';
import type { KubernetesObject } from '../../src/port/cluster-port';
import { cronJobs, events, jobs, pods } from '../../src/port/resources';

const template = { metadata: { labels: { app: 'x' } }, spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'x' }] } };
const indexed = { completions: 3, parallelism: 2, completionMode: 'Indexed', template };
const manifests: readonly KubernetesObject[] = [
  { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'tick' }, spec: { schedule: '* * * * *', jobTemplate: { spec: { template } } } } as KubernetesObject,
  { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'job' }, spec: indexed } as KubernetesObject,
];

/** What happens next: each container that starts runs and ends at once. */
function answersTo(actions: readonly EngineAction[]): readonly Event[] {
  return actions.flatMap((action): readonly Event[] => {
    if (action.action !== 'start-container') return [];
    const place = { podUid: action.pod.metadata?.uid ?? '', container: action.container.name };
    return [{ event: 'container-started', ...place }, { event: 'container-exited', ...place, exitCode: 0 }];
  });
}

/** Plays ten minutes through any kind of step. */
function play(take: (event: Event, now: number) => Omit<Step, 'world'>): readonly EngineAction[] {
  const all: EngineAction[] = [];
  let now = 0;
  const next: Event[] = manifests.map((object) => ({ event: 'create', object }));
  let wakeAt: number | undefined;
  while (now <= 600_000) {
    const taken = take(next.shift() ?? { event: 'tick' }, now);
    wakeAt = taken.wakeAt;
    all.push(...taken.actions);
    next.push(...answersTo(taken.actions));
    if (next.length === 0) now = Math.max(now + 1, wakeAt ?? Infinity);
  }
  return all;
}

function contentOf(world: World): string {
  return JSON.stringify([jobs, cronJobs, pods, events].map((resource) => listObjects(world, resource)));
}

test('a world that changes in place goes the same way as one that is made anew at each step', () => {
  let world = createWorld();
  const anew = play((event, now) => {
    const taken = step(world, event, now);
    world = taken.world;
    return taken;
  });
  const engine = new Engine(createWorld());
  const inPlace = play((event, now) => engine.step(event, now));
  expect(JSON.stringify(inPlace)).toBe(JSON.stringify(anew));
  expect(contentOf(engine.world)).toBe(contentOf(world));
  expect(anew.length).toBeGreaterThan(100);
});

test('a world that was taken from a live one stays as it was, and goes on by itself', () => {
  const engine = new Engine(createWorld());
  const taken: Array<{ readonly world: World; readonly content: string }> = [];
  play((event, now) => {
    const done = engine.step(event, now);
    taken.push({ world: engine.world, content: contentOf(engine.world) });
    return done;
  });
  for (const { world, content } of taken) expect(contentOf(world)).toBe(content);
  const { world = createWorld(), content } = taken[5] ?? {};
  const later = step(world, { event: 'tick' }, 3_600_000).world;
  expect(contentOf(later)).not.toBe(content);
  expect(contentOf(world)).toBe(content);
});

test('nothing that was stored is changed in place, whatever shares it', () => {
  const engine = new Engine(createWorld());
  const actions = play((event, now) => {
    const taken = engine.step(event, now);
    for (const action of taken.actions) if (action.action === 'changed') freeze(action.object);
    return taken;
  });
  expect(actions.length).toBeGreaterThan(100);
});

test('the pods of all Jobs of a CronJob share what they are like, until its template changes', () => {
  const engine = new Engine(createWorld());
  const specs = new Set<unknown>();
  play((event, now) => {
    const taken = engine.step(now >= 300_000 && event.event === 'tick' && specs.size === 1 ? changed() : event, now);
    for (const action of taken.actions) {
      if (action.action !== 'changed' || action.type !== 'ADDED' || action.object.kind !== 'Pod') continue;
      if (action.object.metadata?.name?.startsWith('tick') === true) specs.add((action.object as { readonly spec?: unknown }).spec);
    }
    return taken;
  });
  const [before, after] = [...specs] as readonly { readonly containers: readonly { readonly image: string }[] }[];
  expect([specs.size, before?.containers[0]?.image, after?.containers[0]?.image]).toEqual([2, 'x', 'y']);

  function changed(): Event {
    const spec = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'y' }] };
    return { event: 'update', object: { ...manifests[0], spec: { schedule: '* * * * *', jobTemplate: { spec: { template: { spec } } } } } as KubernetesObject };
  }
});

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const field of Object.values(value)) freeze(field);
}
