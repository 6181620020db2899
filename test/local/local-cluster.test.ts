import type { JobSpec, JobStatus } from '../../src/api/kubernetes';
import { createLocalCluster } from '../../src/local/local-cluster';
import type { LocalClusterOptions } from '../../src/local/local-cluster-options';
import type { ClusterPort, KubernetesObject } from '../../src/port/cluster-port';
import { events, jobs, pods, secrets } from '../../src/port/resources';
import { ManualClock } from '../fakes/alarm-clock';
import { ScriptedExecutor } from '../fakes/scripted-executor';

interface Stage {
  readonly cluster: ClusterPort;
  readonly clock: ManualClock;
  readonly executor: ScriptedExecutor;
}

async function stage(options: LocalClusterOptions = {}): Promise<Stage> {
  const clock = new ManualClock();
  const executor = new ScriptedExecutor();
  return { cluster: await createLocalCluster({ clock, executor, seed: 1, ...options }), clock, executor };
}

const job = (spec: Partial<JobSpec> = {}, container: object = {}): KubernetesObject => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'j' },
  spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox', command: ['true'], ...container }] } }, ...spec },
});
const reference = { resource: jobs, name: 'j' };
const status = async ({ cluster }: Stage): Promise<JobStatus> => (await cluster.get(reference)).status as JobStatus;
const conditions = async (on: Stage): Promise<string[]> => (await status(on)).conditions?.map(({ type }) => type) ?? [];

test('a Job runs its container and completes', async () => {
  const on = await stage();
  await on.cluster.create(job());
  await on.clock.advance(1);
  expect(on.executor.containers.map(({ run }) => run.command)).toEqual([['true']]);
  on.executor.containers[0]?.end({ exitCode: 0 });
  await on.clock.advance(3);
  expect(await conditions(on)).toEqual(['SuccessCriteriaMet', 'Complete']);
  await on.cluster.close();
});

test('a container that fails is replaced after the back-off of the Job controller, not sooner', async () => {
  const on = await stage();
  await on.cluster.create(job({ backoffLimit: 1 }));
  await on.clock.advance(1);
  on.executor.containers[0]?.end({ exitCode: 3 });
  await on.clock.advance(8);
  expect(on.executor.containers).toHaveLength(1);
  await on.clock.advance(4);
  expect(on.executor.containers).toHaveLength(2);
  on.executor.containers[1]?.end({ exitCode: 3 });
  await on.clock.advance(3);
  expect(await conditions(on)).toEqual(['FailureTarget', 'Failed']);
  await on.cluster.close();
});

test('the deadline ends a container with SIGTERM', async () => {
  const on = await stage();
  await on.cluster.create(job({ activeDeadlineSeconds: 5 }));
  await on.clock.advance(10);
  expect(on.executor.containers[0]?.signals).toEqual(['SIGTERM']);
  expect(await conditions(on)).toEqual(['FailureTarget', 'Failed']);
  await on.cluster.close();
});

test('a container that ignores SIGTERM gets SIGKILL when its grace is over', async () => {
  const on = await stage({ executor: new ScriptedExecutor({ SIGKILL: 137 }) });
  const executor = new ScriptedExecutor({ SIGKILL: 137 });
  const cluster = await createLocalCluster({ clock: on.clock, executor, seed: 1 });
  await cluster.create(job({ activeDeadlineSeconds: 5 }));
  await on.clock.advance(20);
  expect(executor.containers[0]?.signals).toEqual(['SIGTERM']);
  await on.clock.advance(30);
  expect(executor.containers[0]?.signals).toEqual(['SIGTERM', 'SIGKILL']);
  await cluster.close();
});

test('suspending ends the pods, resuming starts new ones', async () => {
  const on = await stage();
  await on.cluster.create(job());
  await on.clock.advance(1);
  await on.cluster.patch(reference, { spec: { suspend: true } }, 'merge');
  await on.clock.advance(3);
  expect(on.executor.containers[0]?.signals).toEqual(['SIGTERM']);
  expect(await conditions(on)).toEqual(['Suspended']);
  await on.cluster.patch(reference, { spec: { suspend: false } }, 'merge');
  await on.clock.advance(3);
  expect(on.executor.containers).toHaveLength(2);
  await on.cluster.close();
});

test('an applied Job can be scaled, and its template cannot be changed', async () => {
  const on = await stage();
  await on.cluster.apply(job({ parallelism: 1 }));
  await on.clock.advance(1);
  const answer = await on.cluster.apply(job({ parallelism: 2 }));
  expect(answer.code).toBe(200);
  const change = on.cluster.apply(job({ parallelism: 2 }, { image: 'other' }));
  await expect(change).rejects.toMatchObject({ code: 'INVALID', findings: [{ field: 'spec.template', type: 'Invalid' }] });
  await on.cluster.close();
});

test('an invalid Job is refused with its findings and nothing starts', async () => {
  const on = await stage();
  await expect(on.cluster.create(job({ parallelism: -1 }))).rejects.toMatchObject({
    code: 'INVALID', status: 422, findings: [{ field: 'spec.parallelism', type: 'Invalid' }],
  });
  await on.clock.advance(2);
  expect(on.executor.containers).toEqual([]);
  await on.cluster.close();
});

test('a container without a command is refused, unless its image is mapped to one', async () => {
  const image = { command: undefined, image: 'thumbs:7', args: ['drain'] };
  const plain = await stage();
  await expect(plain.cluster.create(job({}, image))).rejects.toThrow(/thumbs:7 knows what to run: write the command, or map the image/);
  const mapped = await stage({ imageCommands: { 'thumbs:7': ['thumbs'] } });
  await mapped.cluster.create(job({}, image));
  await mapped.clock.advance(1);
  expect(mapped.executor.containers[0]?.run.command).toEqual(['thumbs', 'drain']);
  await mapped.cluster.close();
});

test('logs deliver what a container printed, and follow it to its end', async () => {
  const on = await stage();
  await on.cluster.create(job());
  await on.clock.advance(1);
  const [pod] = (await on.cluster.list(pods)).items;
  const chunks: Uint8Array[] = [];
  const follow = (async () => {
    const options = { container: 'main', follow: true };
    for await (const chunk of on.cluster.logs({ name: pod?.metadata?.name ?? '' }, options, new AbortController().signal)) chunks.push(chunk);
  })();
  on.executor.containers[0]?.print('Running job\n');
  on.executor.containers[0]?.end({ exitCode: 0 });
  await follow;
  expect(Buffer.concat(chunks).toString()).toBe('Running job\n');
  await on.cluster.close();
});

test('what a pod printed can be read for a minute after it is gone', async () => {
  const on = await stage();
  await on.cluster.create(job({ ttlSecondsAfterFinished: 0 }));
  await on.clock.advance(1);
  const name = (await on.cluster.list(pods)).items[0]?.metadata?.name ?? '';
  const read = async (): Promise<string> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of on.cluster.logs({ name }, { container: 'main' }, new AbortController().signal)) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };
  on.executor.containers[0]?.print('Running job\n');
  on.executor.containers[0]?.end({ exitCode: 0 });
  await on.clock.advance(3);
  await expect(on.cluster.get({ resource: pods, name })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await read()).toBe('Running job\n');
  await on.clock.advance(60);
  await expect(read()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await on.cluster.close();
});

test('a watch sees every status of a Job in the order of its versions', async () => {
  const on = await stage();
  const seen: number[] = [];
  const watching = (async () => {
    for await (const { object } of on.cluster.watch(jobs, { resourceVersion: '0' }, new AbortController().signal)) {
      seen.push(Number(object.metadata?.resourceVersion));
    }
  })();
  await on.cluster.create(job());
  await on.clock.advance(1);
  on.executor.containers[0]?.end({ exitCode: 0 });
  await on.clock.advance(3);
  await on.cluster.close();
  await watching;
  expect(seen.length).toBeGreaterThan(3);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
});

test('a variable that leads nowhere keeps the container waiting', async () => {
  const on = await stage();
  await on.cluster.create(job({}, { env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'nope', key: 'a' } } }] }));
  await on.clock.advance(1);
  expect(on.executor.containers).toEqual([]);
  const [pod] = (await on.cluster.list(pods)).items;
  expect(pod).toMatchObject({
    status: { phase: 'Pending', containerStatuses: [{ state: { waiting: { reason: 'CreateContainerConfigError', message: 'configmap "nope" not found' } } }] },
  });
  await on.cluster.close();
});

test('closing ends what runs, first gently, then by force', async () => {
  const clock = new ManualClock();
  const executor = new ScriptedExecutor({ SIGKILL: 137 });
  const cluster = await createLocalCluster({ clock, executor, seed: 1, closeGraceSeconds: 2 });
  await cluster.create(job());
  await clock.advance(1);
  const closed = cluster.close();
  expect(executor.containers[0]?.signals).toEqual(['SIGTERM']);
  await clock.advance(3);
  await closed;
  expect(executor.containers[0]?.signals).toEqual(['SIGTERM', 'SIGKILL']);
});

test('a CronJob whose Jobs would be refused makes none, and says why', async () => {
  const on = await stage();
  const template = { metadata: { labels: { a: 'b c' } }, spec: job().spec };
  await on.cluster.create({
    apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'c' }, spec: { schedule: '* * * * *', jobTemplate: template },
  });
  await on.clock.advance(90);
  expect((await on.cluster.list(jobs)).items).toEqual([]);
  const said = (await on.cluster.list(events)).items.map(({ reason, message }) => `${String(reason)}: ${String(message)}`);
  expect(said).toContainEqual(expect.stringMatching(/^FailedCreate: Error creating job: .*metadata\.labels: Invalid value/));
  await on.cluster.close();
});

test('the texts of a Secret are stored as data, whichever way they are written', async () => {
  const { cluster } = await stage();
  const secret = (object: object): KubernetesObject => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, ...object });
  const created = await cluster.create(secret({ data: { a: 'eA==' }, stringData: { b: 'ü' } }));
  expect(created.object).toMatchObject({ data: { a: 'eA==', b: 'w7w=' } });
  expect(created.object).not.toHaveProperty('stringData');
  const patched = await cluster.patch({ resource: secrets, name: 's' }, { stringData: { a: 'y' } }, 'merge');
  expect(patched.object.data).toEqual({ a: 'eQ==', b: 'w7w=' });
  await cluster.close();
});

test('a pod with scheduling gates says so, and starts when they are gone', async () => {
  const on = await stage();
  const pod = { restartPolicy: 'Never', schedulingGates: [{ name: 'example.com/wait' }], containers: [{ name: 'main', image: 'x', command: ['true'] }] };
  await on.cluster.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: pod });
  await on.clock.advance(2);
  const read = async (): Promise<KubernetesObject> => on.cluster.get({ resource: pods, name: 'p' });
  expect((await read()).status).toMatchObject({ phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }] });
  await on.cluster.patch({ resource: pods, name: 'p' }, { spec: { schedulingGates: null } }, 'merge');
  await on.clock.advance(2);
  expect(on.executor.containers).toHaveLength(1);
  expect((await read()).status).toMatchObject({ conditions: expect.arrayContaining([expect.objectContaining({ type: 'PodScheduled', status: 'True' })]) });
  await on.cluster.close();
});

test('a pod finds the config maps of its own namespace', async () => {
  const on = await stage();
  const { metadata, ...rest } = job({}, { env: [{ name: 'MODE', valueFrom: { configMapKeyRef: { name: 'c', key: 'mode' } } }] });
  const map = (namespace: string): KubernetesObject => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace }, data: { mode: namespace } });
  for (const namespace of ['default', 'media']) await on.cluster.create(map(namespace));
  await on.cluster.create({ ...rest, metadata: { ...metadata, namespace: 'media' } });
  await on.clock.advance(1);
  expect(on.executor.containers.map(({ run }) => run.env.MODE)).toEqual(['media']);
  await on.cluster.close();
});
