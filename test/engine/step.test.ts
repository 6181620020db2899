import type { JobStatus } from '../../src/api/kubernetes';
import { faultsOfChange } from '../../src/engine/invariants';
import { step } from '../../src/engine/step';
import { type Event, type World, createWorld, findObject, listObjects } from '../../src/engine/world';
import { events, jobs, pods } from '../../src/port/resources';

const spec = { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'x' }] } } };
const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'j' }, spec };
const reference = { resource: jobs, name: 'j' };

function after(world: World, ...list: readonly Event[]): World {
  return list.reduce((before, event) => step(before, event, 1000).world, world);
}

test('a new Job gets its defaults, its selector and its pods in one step', () => {
  const { world, actions, answer } = step(createWorld(), { event: 'create', object: job }, 1500);
  expect(answer?.code).toBe(201);
  const uid = answer?.object?.metadata?.uid;
  expect(answer?.object).toMatchObject({
    metadata: { name: 'j', namespace: 'default', generation: 1, creationTimestamp: '1970-01-01T00:00:01Z', labels: { 'job-name': 'j' } },
    spec: { completions: 1, parallelism: 1, backoffLimit: 6, suspend: false, selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } } },
  });
  expect(listObjects(world, pods)).toHaveLength(1);
  expect(actions.filter(({ action }) => action === 'start-container')).toHaveLength(1);
});

test('a stored Job without labels of its own has those of its template and the generated ones', () => {
  const labelled = { ...job, spec: { template: { ...spec.template, metadata: { labels: { app: 'x' } } } } };
  const { answer } = step(createWorld(), { event: 'create', object: labelled }, 0);
  const { labels } = answer?.object?.metadata ?? {};
  expect(labels).toMatchObject({ 'app': 'x', 'job-name': 'j', 'batch.kubernetes.io/controller-uid': answer?.object?.metadata?.uid });
  expect(labels).toEqual((answer?.object?.spec as typeof labelled.spec).template.metadata.labels);
});

test('a selector that asks for nothing matches every pod: the Job keeps the one that it made', () => {
  const manual = { ...job, spec: { ...spec, manualSelector: true, selector: {} } };
  const world = after(createWorld(), { event: 'create', object: manual }, { event: 'tick' }, { event: 'tick' });
  expect(listObjects(world, pods)).toHaveLength(1);
  expect(listObjects(world, pods)).toMatchObject([{ metadata: { ownerReferences: [{ kind: 'Job', name: 'j', controller: true }] } }]);
});

test('watchers see rising resource versions', () => {
  const { actions } = step(createWorld(), { event: 'create', object: job }, 0);
  const versions = actions.flatMap((action) => (action.action === 'changed' ? [Number(action.object.metadata?.resourceVersion)] : []));
  expect(versions).toEqual([...versions].sort((one, other) => one - other));
  expect(new Set(versions).size).toBe(versions.length);
});

test('a world is a value: a step leaves the old one as it was', () => {
  const before = after(createWorld(), { event: 'create', object: job });
  const copy = JSON.stringify(listObjects(before, jobs));
  const next = after(before, { event: 'delete', reference, propagationPolicy: 'Background' });
  expect(JSON.stringify(listObjects(before, jobs))).toBe(copy);
  expect(findObject(next, reference)).toBeUndefined();
});

test.each<readonly [string, Event, number, string]>([
  ['a name that is taken', { event: 'create', object: job }, 409, 'jobs.batch "j" already exists'],
  ['a deletion of what is not there', { event: 'delete', reference: { resource: jobs, name: 'k' } }, 404, 'jobs.batch "k" not found'],
  ['an update of what is not there', { event: 'update', object: { ...job, metadata: { name: 'k' } } }, 404, 'jobs.batch "k" not found'],
  [
    'an update of an old version', { event: 'update', object: { ...job, metadata: { name: 'j', resourceVersion: '0' } } }, 409,
    'Operation cannot be fulfilled on jobs.batch "j": the object has been modified; please apply your changes to the latest version and try again',
  ],
  ['a deletion of another incarnation', { event: 'delete', reference, uid: 'x' }, 409, expect.stringContaining('Precondition failed: UID') as string],
])('%s is refused, and nothing changes', (_, event, code, message) => {
  const world = after(createWorld(), { event: 'create', object: job });
  const { answer, actions } = step(world, event, 1000);
  expect(answer).toMatchObject({ code, message });
  expect(actions).toEqual([]);
});

test('a tick that comes too early does no harm', () => {
  const { world, wakeAt } = step(createWorld(), { event: 'create', object: job }, 0);
  const early = step(world, { event: 'tick' }, 500);
  expect(early.actions).toEqual([]);
  expect(early.wakeAt).toBe(wakeAt);
});

test('deleting a Job in a bare REST call leaves its pods behind', () => {
  const world = after(createWorld(), { event: 'create', object: job }, { event: 'delete', reference });
  expect(findObject(world, reference)).toBeUndefined();
  const [pod] = listObjects(world, pods);
  expect(pod?.metadata).not.toHaveProperty('ownerReferences');
  expect(pod?.metadata).not.toHaveProperty('finalizers');
});

test('many similar events become one, and then none', () => {
  const world = after(createWorld(), { event: 'create', object: { ...job, spec: { ...spec, completions: 40, parallelism: 40 } } });
  const about = listObjects(world, events).filter(({ involvedObject }) => (involvedObject as { kind: string }).kind === 'Job');
  expect(about).toHaveLength(10);
  expect(about.find(({ message }) => String(message).startsWith('(combined from similar events): '))).toMatchObject({ count: 16 });
});

test('a change of one pod writes as much in a large Job as in a small one', () => {
  const changes = (count: number): number => {
    const first = step(createWorld(), { event: 'create', object: { ...job, spec: { ...spec, completions: count, parallelism: count } } }, 0);
    const [pod] = listObjects(first.world, pods);
    const next = step(first.world, { event: 'container-started', podUid: pod?.metadata?.uid ?? '', container: 'main' }, 10);
    return next.actions.length;
  };
  expect(changes(500)).toBe(changes(50));
});

test.each<readonly [string, JobStatus, JobStatus | undefined, string]>([
  ['active pods at the end', { active: 1, conditions: ended() }, undefined, 'a finished Job has active pods'],
  ['an end without its interim condition', { completionTime: 'x', conditions: ended().slice(1) }, undefined, 'Complete without SuccessCriteriaMet'],
  ['more ready than active pods', { active: 1, ready: 2 }, undefined, 'more pods are ready than active'],
  ['a shrinking failure count', { failed: 1 }, { failed: 2 }, 'failed shrinks'],
  ['a start that moves', { startTime: 'b' }, { startTime: 'a' }, 'startTime changes while the Job runs'],
  ['an end that is taken back', {}, { completionTime: 'x', conditions: ended() }, 'the condition Complete, SuccessCriteriaMet is taken back'],
])('%s breaks an invariant', (_, status, before, fault) => {
  const change = { action: 'changed' as const, type: 'MODIFIED' as const, resource: jobs, object: { ...job, status } };
  expect(faultsOfChange(before === undefined ? change : { ...change, before: { ...job, status: before } })).toContain(fault);
});

function ended(): NonNullable<JobStatus['conditions']> {
  return [{ type: 'SuccessCriteriaMet', status: 'True' }, { type: 'Complete', status: 'True' }];
}
