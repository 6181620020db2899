/** Pods of Indexed Jobs that find one another: what a live cluster makes of the Service, the subdomain and the variables that we write. */
import { Chart, Testing } from 'cdk8s';
import { createNamespace, deleteNamespace, kubectl, type KubeObject, list, testCluster, until } from './api';
import { IndexedJob } from '../../src/constructs/indexed-job';
import { ScheduledJob } from '../../src/constructs/scheduled-job';

const cluster = testCluster();
let namespace = '';
beforeAll(async () => { namespace = await createNamespace(cluster, 'peers'); });
afterAll(() => deleteNamespace(cluster, namespace));

/** They say what they know and stay, and are never ready. */
const pod = {
  restartPolicy: 'Never',
  terminationGracePeriodSeconds: 0,
  containers: [{
    name: 'main',
    image: 'busybox:1.36',
    imagePullPolicy: 'IfNotPresent',
    command: ['sh', '-c', 'hostname; echo "$JOB_PEERS"; grep -o "$HOSTNAME[.].*" /etc/hosts; exec sleep 600'],
    readinessProbe: { exec: { command: ['false'] } },
  }],
} as const;

async function create(fill: (chart: Chart) => unknown): Promise<void> {
  const chart = new Chart(Testing.app(), 'peers', { disableResourceNameHashes: true });
  fill(chart);
  const { status, stderr } = await kubectl(cluster, ['create', '-n', namespace, '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: Testing.synth(chart) }));
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
}

/** The host names that a Service has for addresses, once there are so many. */
async function hostNames(service: string, count: number): Promise<readonly string[]> {
  const path = `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices?labelSelector=kubernetes.io/service-name=${service}`;
  return until(`${count} addresses of ${service}`, async () => {
    const endpoints = (await list(cluster.api, path)).flatMap((slice) => (slice as unknown as Slice).endpoints ?? []);
    return endpoints.length < count ? undefined : endpoints.map(({ hostname = '', addresses }) => (addresses.length === 0 ? '' : hostname)).sort();
  });
}

interface Slice {
  readonly endpoints?: ReadonlyArray<{ readonly hostname?: string; readonly addresses: readonly string[] }>;
}

const podsOf = (job: string): Promise<KubeObject[]> => list(cluster.api, `/api/v1/namespaces/${namespace}/pods?labelSelector=batch.kubernetes.io/job-name=${job}`);

/** The lines of a pod, once it has said all. */
async function linesOf({ metadata: { name } }: KubeObject): Promise<readonly string[]> {
  return until(`output of ${name}`, async () => {
    const { stdout } = await kubectl(cluster, ['logs', '-n', namespace, name]);
    const lines = stdout.trimEnd().split('\n').map((line) => line.replace(/\s+/g, ' '));
    return lines.length < 3 ? undefined : lines;
  });
}

test('pods that are not ready are found by their host names, and know those of all', async () => {
  await create((chart) => new IndexedJob(chart, 'ring', { metadata: { name: 'ring' }, peers: true, completions: 3, parallelism: 3, ...pod }));
  expect(await hostNames('ring', 3)).toEqual(['ring-0', 'ring-1', 'ring-2']);
  const pods = await podsOf('ring');
  const said = await Promise.all(pods.map(linesOf));
  expect([...said].sort()).toEqual([0, 1, 2].map((index) => [
    `ring-${index}`, 'ring-0.ring,ring-1.ring,ring-2.ring', expect.stringContaining(`ring-${index}.ring.${namespace}.svc.`),
  ]));
});

test('the Service of a Job whose name is generated has its pods', async () => {
  await create((chart) => new IndexedJob(chart, 'job', { metadata: { generateName: 'other-' }, peers: true, completions: 2, parallelism: 2, ...pod }));
  const names = await hostNames('other', 2);
  expect(names).toEqual([0, 1].map((index) => expect.stringMatching(new RegExp(`^other-[a-z0-9]{5}-${index}$`)) as string));
});

test('a Job whose name has a hash of its content has the Service of the name without', async () => {
  let name = '';
  await create((chart) => { name = new IndexedJob(chart, 'job', { metadata: { name: 'hashed' }, rerun: 'on-change', peers: true, completions: 1, ...pod }).name; });
  expect(await hostNames('hashed', 1)).toEqual([`${name}-0`]);
});

test('the Jobs of a CronJob share its Service, and each knows its own pods', async () => {
  await create((chart) => new ScheduledJob(chart, 'job', {
    metadata: { name: 'nightly' }, schedule: '0 0 1 1 *', timeZone: 'Etc/UTC', job: { type: 'Indexed', peers: true, completions: 2, parallelism: 2, ...pod },
  }));
  for (const name of ['one', 'two']) await kubectl(cluster, ['create', 'job', '-n', namespace, '--from=cronjob/nightly', name]);
  expect(await hostNames('nightly', 4)).toEqual(['one-0', 'one-1', 'two-0', 'two-1']);
  for (const name of ['one', 'two']) {
    for (const each of await podsOf(name)) expect((await linesOf(each))[1]).toBe(`${name}-0.nightly,${name}-1.nightly`);
  }
});

test('unlisted peers let the number of completions change', async () => {
  await create((chart) => new IndexedJob(chart, 'job', { metadata: { name: 'elastic' }, peers: 'unlisted', completions: 1, parallelism: 1, ...pod }));
  expect(await hostNames('elastic', 1)).toEqual(['elastic-0']);
  const { status, stderr } = await kubectl(cluster, ['patch', 'job', 'elastic', '-n', namespace, '--type=merge', '-p', '{"spec":{"completions":2,"parallelism":2}}']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(await hostNames('elastic', 2)).toEqual(['elastic-0', 'elastic-1']);
});
