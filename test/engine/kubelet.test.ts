import type { Pod, PodStatus } from '../../src/api/pod-manifest';
import { step } from '../../src/engine/step';
import { type EngineAction, type Event, type World, createWorld, findObject, listObjects } from '../../src/engine/world';
import { events, pods } from '../../src/port/resources';

/** A world with one pod, driven by hand; times are seconds. */
class OnePod {
  public world: World = createWorld({ seed: 3 });
  public wakeAt: number | undefined;

  public constructor(spec: object) {
    this.do({ event: 'create', object: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { restartPolicy: 'Never', ...spec } } }, 0);
  }

  public started: string[] = [];

  /** What the engine wants done, in short. */
  public do(event: Event, at: number): readonly string[] {
    const next = step(this.world, event, at * 1000);
    this.world = next.world;
    this.wakeAt = next.wakeAt === undefined ? undefined : next.wakeAt / 1000;
    const wishes = next.actions.flatMap(short);
    this.started.push(...wishes);
    return wishes;
  }

  public start(container: string, at: number): readonly string[] {
    return this.do({ event: 'container-started', podUid: this.uid, container }, at);
  }

  public exit(container: string, exitCode: number, at: number): readonly string[] {
    return this.do({ event: 'container-exited', podUid: this.uid, container, exitCode }, at);
  }

  public delete(at: number, gracePeriodSeconds?: number): readonly string[] {
    const grace = gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds };
    return this.do({ event: 'delete', reference: { resource: pods, name: 'p' }, ...grace }, at);
  }

  public tick(at: number): readonly string[] {
    return this.do({ event: 'tick' }, at);
  }

  public get uid(): string {
    return this.pod?.metadata?.uid ?? this.lastUid;
  }

  public get pod(): Pod | undefined {
    const pod = findObject(this.world, { resource: pods, name: 'p' }) as Pod | undefined;
    this.lastUid = pod?.metadata?.uid ?? this.lastUid;
    return pod;
  }

  public get status(): PodStatus {
    return this.pod?.status ?? {};
  }

  private lastUid = '';
}

function short(action: EngineAction): readonly string[] {
  if (action.action === 'start-container') return [`start ${action.container.name} ${action.attempt}`];
  return action.action === 'signal-container' ? [`${action.signal} ${action.container}`] : [];
}

const main = { name: 'main', image: 'x' };
const other = { name: 'other', image: 'x' };
const sidecar = { name: 'proxy', image: 'x', restartPolicy: 'Always' };

test('a pod is Pending until its container runs, then Running and ready, then Succeeded', () => {
  const pod = new OnePod({ containers: [main] });
  expect(pod.started).toEqual(['start main 0']);
  expect(pod.status).toMatchObject({ phase: 'Pending', containerStatuses: [{ state: { waiting: { reason: 'ContainerCreating' } } }] });
  pod.start('main', 1);
  expect(pod.status).toMatchObject({ phase: 'Running', containerStatuses: [{ ready: true, restartCount: 0, state: { running: {} } }] });
  expect(ready(pod)).toBe('True');
  pod.exit('main', 0, 5);
  expect(pod.status).toMatchObject({
    phase: 'Succeeded',
    containerStatuses: [{ ready: false, state: { terminated: { exitCode: 0, reason: 'Completed', finishedAt: '1970-01-01T00:00:05Z' } } }],
  });
  expect(ready(pod)).toBe('False PodCompleted');
});

test('of two containers that both end, one with an error makes the pod Failed', () => {
  const pod = new OnePod({ containers: [main, other] });
  pod.start('main', 0);
  expect(pod.status.phase).toBe('Pending');
  pod.start('other', 0);
  pod.exit('main', 2, 1);
  expect(pod.status.phase).toBe('Running');
  pod.exit('other', 0, 2);
  expect(pod.status.phase).toBe('Failed');
});

test('init containers run one after the other, and the regular ones after them', () => {
  const pod = new OnePod({ initContainers: [{ name: 'one', image: 'x' }, { name: 'two', image: 'x' }], containers: [main] });
  expect(pod.started).toEqual(['start one 0']);
  pod.start('one', 0);
  expect(pod.exit('one', 0, 1)).toEqual(['start two 0']);
  pod.start('two', 1);
  expect(pod.status).toMatchObject({ phase: 'Pending', containerStatuses: [{ state: { waiting: { reason: 'PodInitializing' } } }] });
  expect(pod.exit('two', 0, 2)).toEqual(['start main 0']);
});

test('an init container that fails ends a pod that may not restart', () => {
  const pod = new OnePod({ initContainers: [{ name: 'one', image: 'x' }], containers: [main] });
  pod.start('one', 0);
  expect(pod.exit('one', 3, 1)).toEqual([]);
  expect(pod.status.phase).toBe('Failed');
});

test('a sidecar starts before the regular containers, restarts while they run, and is stopped after them', () => {
  const pod = new OnePod({ initContainers: [sidecar], containers: [main] });
  expect(pod.started).toEqual(['start proxy 0']);
  expect(pod.start('proxy', 0)).toEqual(['start main 0']);
  pod.start('main', 0);
  expect(pod.exit('proxy', 1, 1)).toEqual(['start proxy 1']);
  pod.start('proxy', 1);
  expect(pod.exit('main', 0, 3)).toEqual(['SIGTERM proxy']);
  expect(pod.status.phase).toBe('Running');
  pod.exit('proxy', 143, 4);
  expect(pod.status.phase).toBe('Succeeded');
});

test('sidecars are stopped from the last to the first', () => {
  const pod = new OnePod({ initContainers: [sidecar, { ...sidecar, name: 'log' }], containers: [main] });
  pod.start('proxy', 0);
  pod.start('log', 0);
  pod.start('main', 0);
  expect(pod.exit('main', 0, 1)).toEqual(['SIGTERM log']);
  expect(pod.exit('log', 0, 2)).toEqual(['SIGTERM proxy']);
});

test('with OnFailure the first restart is immediate, the next ones wait', () => {
  const pod = new OnePod({ restartPolicy: 'OnFailure', containers: [main] });
  pod.start('main', 0);
  expect(pod.exit('main', 1, 1)).toEqual(['start main 1']);
  pod.start('main', 1);
  expect(pod.exit('main', 1, 2)).toEqual([]);
  expect(pod.status).toMatchObject({
    phase: 'Running',
    containerStatuses: [{ restartCount: 1, state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: { terminated: { exitCode: 1 } } }],
  });
  expect(pod.wakeAt).toBe(12);
  expect(pod.tick(12)).toEqual(['start main 2']);
  pod.start('main', 12);
  expect(pod.status).toMatchObject({ containerStatuses: [{ restartCount: 2, state: { running: {} } }] });
  pod.exit('main', 0, 13);
  expect(pod.status.phase).toBe('Succeeded');
});

test('a container with a rule for its exit code restarts in a pod that never does', () => {
  const rules = [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] } }];
  const pod = new OnePod({ containers: [{ ...main, restartPolicy: 'Never', restartPolicyRules: rules }] });
  pod.start('main', 0);
  expect(pod.exit('main', 42, 1)).toEqual(['start main 1']);
  pod.start('main', 1);
  expect(pod.exit('main', 1, 2)).toEqual([]);
  expect(pod.status.phase).toBe('Failed');
});

test('a rule for all containers stops the others and starts over with the init containers', () => {
  const rules = [{ action: 'RestartAllContainers', exitCodes: { operator: 'In', values: [88] } }];
  const pod = new OnePod({
    initContainers: [{ name: 'init', image: 'x' }, sidecar],
    containers: [{ ...main, restartPolicy: 'Never', restartPolicyRules: rules }, other],
  });
  pod.start('init', 0);
  expect(pod.exit('init', 0, 1)).toEqual(['start proxy 0']);
  pod.start('proxy', 1);
  pod.start('main', 1);
  pod.start('other', 1);
  expect(pod.exit('main', 88, 3)).toEqual(['SIGTERM other']);
  expect(pod.status.phase).toBe('Running');
  expect(pod.exit('other', 143, 4)).toEqual(['SIGTERM proxy']);
  expect(pod.exit('proxy', 143, 5)).toEqual(['start init 1']);
  pod.start('init', 5);
  expect(pod.exit('init', 0, 6)).toEqual(['start proxy 1']);
  expect(pod.start('proxy', 6)).toEqual(['start main 1', 'start other 1']);
  pod.start('main', 6);
  pod.start('other', 6);
  expect(pod.status).toMatchObject({
    phase: 'Running', containerStatuses: [{ restartCount: 1, lastState: { terminated: { exitCode: 88 } } }, { restartCount: 1 }],
  });
  pod.exit('other', 0, 7);
  pod.exit('main', 0, 7);
  pod.exit('proxy', 0, 7);
  expect(pod.status.phase).toBe('Succeeded');
});

test('a second restart of all containers waits', () => {
  const rules = [{ action: 'RestartAllContainers', exitCodes: { operator: 'In', values: [88] } }];
  const pod = new OnePod({ containers: [{ ...main, restartPolicy: 'Never', restartPolicyRules: rules }] });
  pod.start('main', 0);
  expect(pod.exit('main', 88, 1)).toEqual(['start main 1']);
  pod.start('main', 1);
  expect(pod.exit('main', 88, 2)).toEqual([]);
  expect(pod.wakeAt).toBe(12);
  expect(pod.tick(12)).toEqual(['start main 2']);
});

test('a deleted pod gets SIGTERM, SIGKILL when its grace is over, and goes when nothing runs any more', () => {
  const pod = new OnePod({ terminationGracePeriodSeconds: 5, containers: [main] });
  pod.start('main', 0);
  expect(pod.delete(10)).toEqual(['SIGTERM main']);
  expect(pod.wakeAt).toBe(15);
  expect(pod.tick(15)).toEqual(['SIGKILL main']);
  pod.exit('main', 137, 15);
  expect(pod.pod).toBeUndefined();
});

test('no pod gets less than two seconds to end', () => {
  const pod = new OnePod({ containers: [main] });
  pod.start('main', 0);
  pod.delete(10, 1);
  expect(pod.wakeAt).toBe(12);
});

test('a second deletion with less grace moves the end closer', () => {
  const pod = new OnePod({ containers: [main] });
  pod.start('main', 0);
  pod.delete(10);
  expect(pod.wakeAt).toBe(40);
  pod.delete(11, 3);
  expect(pod.wakeAt).toBe(14);
});

test('a deletion without grace takes the pod away at once and kills what runs', () => {
  const pod = new OnePod({ containers: [main] });
  pod.start('main', 0);
  expect(pod.delete(10, 0)).toEqual(['SIGKILL main']);
  expect(pod.pod).toBeUndefined();
});

test('a deleted pod that exits with 0 has succeeded', () => {
  const pod = new OnePod({ containers: [main] });
  pod.start('main', 0);
  pod.do({ event: 'update', object: { ...pod.pod, metadata: { ...pod.pod?.metadata, finalizers: ['example.com/keep'] } } as never }, 1);
  pod.delete(10);
  pod.exit('main', 0, 12);
  expect(pod.status.phase).toBe('Succeeded');
});

test('the deadline of a pod is kept by its kubelet', () => {
  const pod = new OnePod({ activeDeadlineSeconds: 4, terminationGracePeriodSeconds: 2, containers: [main] });
  pod.start('main', 0);
  expect(pod.wakeAt).toBe(4);
  expect(pod.tick(4)).toEqual(['SIGTERM main']);
  expect(pod.status.phase).toBe('Running');
  pod.exit('main', 143, 5);
  expect(pod.status).toMatchObject({ phase: 'Failed', reason: 'DeadlineExceeded' });
});

test('a container that cannot start says why and keeps the pod Pending', () => {
  const pod = new OnePod({ containers: [main] });
  pod.do({ event: 'container-waiting', podUid: pod.uid, container: 'main', reason: 'ImagePullBackOff', message: 'no such image' }, 1);
  expect(pod.status).toMatchObject({
    phase: 'Pending', containerStatuses: [{ state: { waiting: { reason: 'ImagePullBackOff', message: 'no such image' } } }],
  });
});

test('a phase that is given from outside stays, and what runs is stopped', () => {
  const pod = new OnePod({ containers: [main] });
  pod.start('main', 0);
  expect(pod.do({ event: 'pod-patch', podUid: pod.uid, phase: 'Failed', reason: 'Evicted' }, 2)).toEqual(['SIGTERM main']);
  pod.exit('main', 0, 3);
  expect(pod.status).toMatchObject({ phase: 'Failed', reason: 'Evicted' });
});

test('the kubelet tells what it does', () => {
  const pod = new OnePod({ containers: [main] });
  pod.start('main', 0);
  pod.delete(1);
  const messages = listObjects(pod.world, events).map(({ reason, message }) => `${String(reason)}: ${String(message)}`);
  expect(new Set(messages)).toEqual(new Set([
    'Scheduled: Successfully assigned default/p to local', 'Created: Container created', 'Started: Container started', 'Killing: Stopping container main',
  ]));
});

function ready(pod: OnePod): string {
  const condition = pod.status.conditions?.find(({ type }) => type === 'Ready');
  return [condition?.status, condition?.reason].filter((part) => part !== undefined).join(' ');
}
