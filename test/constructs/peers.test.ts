import { App as CdkApp, Chart, JsonPatch, Lazy } from 'cdk8s';
import { newChart, refusal, synth, untyped } from './helpers';
import { argocd } from '../../src/constructs/gitops';
import { IndexedJob } from '../../src/constructs/indexed-job';
import { JobSet } from '../../src/constructs/job-set';
import { NonParallelJob } from '../../src/constructs/non-parallel-job';
import { ScheduledJob } from '../../src/constructs/scheduled-job';
import { asObject, type JsonObject, valueAt } from '../../src/core/json';
import { findPeerFaults } from '../../src/rules/peers';
import { validateManifest } from '../../src/rules/validate-manifest';
import { validateUpdate } from '../../src/rules/validate-update';
import { App } from '../../src/synth/app';

const pod = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'tool:1', env: [{ name: 'FIRST', value: '$(JOB_NAME)-0.ring' }] }] } as const;
const alone = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'tool:1' }] } as const;
const ring = { completions: 3, parallelism: 3, ...pod } as const;
const named = { metadata: { name: 'ring' }, ...ring } as const;
const jobName = { name: 'JOB_NAME', valueFrom: { fieldRef: { fieldPath: "metadata.labels['batch.kubernetes.io/job-name']" } } };

type Fill = (chart: ReturnType<typeof newChart>) => unknown;

function objectsOf(fill: Fill): readonly JsonObject[] {
  const chart = newChart();
  fill(chart);
  const objects = synth(chart);
  expect(objects.flatMap((object) => asObject(object).kind === 'Service' ? [] : validateManifest(object))).toEqual([]);
  expect(findPeerFaults(objects)).toEqual([]);
  return objects;
}

function refusalOf(fill: Fill): string {
  return refusal(() => {
    const chart = newChart();
    fill(chart);
    return synth(chart);
  }).join('\n');
}

const containerOf = (job: unknown): JsonObject => asObject((valueAt(job, ['spec', 'template', 'spec', 'containers']) as unknown[])[0]);

test('peers are a headless Service before the Job, a label, a subdomain and two variables', () => {
  const [service, job] = objectsOf((chart) => new IndexedJob(chart, 'ring', { ...named, peers: true }));
  expect(service).toEqual({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'ring' },
    spec: { clusterIP: 'None', publishNotReadyAddresses: true, selector: { 'cdk8s-jobs/peers': 'ring' } },
  });
  expect(job).toMatchObject({ spec: { template: { metadata: { labels: { 'cdk8s-jobs/peers': 'ring' } }, spec: { subdomain: 'ring' } } } });
  // Those of the container come after them, so that they can refer to them.
  expect(containerOf(job).env).toEqual([
    jobName, { name: 'JOB_PEERS', value: '$(JOB_NAME)-0.ring,$(JOB_NAME)-1.ring,$(JOB_NAME)-2.ring' }, pod.containers[0].env[0],
  ]);
});

test('each container is told by itself: no YAML refers from one to another', () => {
  const containers = [{ name: 'main', image: 'tool:1' }, { name: 'other', image: 'tool:1' }] as const;
  const [ours = '', theirs] = [new App(), new CdkApp()].map((app) => {
    new IndexedJob(new Chart(app, 'chart'), 'ring', { ...named, containers, peers: true });
    return app.synthYaml();
  });
  expect(ours).toBe(theirs);
  expect(ours).not.toMatch(/[&*]/);
});

test('the fields of a Job with peers are in the order in which cdk8s writes those of any Job', () => {
  const [, job] = objectsOf((chart) => new IndexedJob(chart, 'ring', { ...named, peers: true, tolerations: [{ key: 'gpu' }] }));
  const keys = Object.keys(asObject(valueAt(job, ['spec', 'template', 'spec'])));
  expect(keys).toEqual([...keys].sort());
});

test.each<[string, object, string]>([
  ['a Job without a name: as cdk8s names the Job', {}, 'test-ring-c8a9a8e5'],
  ['a Job whose name is generated', { metadata: { generateName: 'ring-' } }, 'ring'],
  ['a Job with a subdomain', { metadata: { name: '3-rings' }, subdomain: 'net' }, 'net'],
  ['a Job whose name has a hash: without it', { metadata: { name: 'ring' }, rerun: 'on-change' }, 'ring'],
])('the Service of %s', (_, props, expected) => {
  const [service, job] = objectsOf((chart) => new IndexedJob(chart, 'ring', untyped({ ...ring, ...props, peers: true })));
  const name = expected.startsWith('test-') ? asObject(asObject(job).metadata).name : expected;
  expect(asObject(asObject(service).metadata).name).toBe(name);
  expect(valueAt(job, ['spec', 'template', 'spec', 'subdomain'])).toBe(name);
});

test('the Service is in the namespace of the Job', () => {
  const [service] = objectsOf((chart) => new IndexedJob(chart, 'ring', { ...ring, metadata: { name: 'ring', namespace: 'media' }, peers: true }));
  expect(service).toMatchObject({ metadata: { namespace: 'media' } });
});

test('every container is told, also one that runs before', () => {
  const [, job] = objectsOf((chart) => new IndexedJob(chart, 'ring', { ...named, peers: true, initContainers: [{ name: 'wait', image: 'tool:1' }] }));
  expect(valueAt(job, ['spec', 'template', 'spec', 'initContainers'])).toMatchObject([{ env: [jobName, { name: 'JOB_PEERS' }] }]);
});

test('unlisted peers are told the name of the Job alone, so that completions may change in the cluster', () => {
  const chart = newChart();
  const jobs = [3, 5].map((completions) => new IndexedJob(chart, `ring-${completions}`, { ...named, completions, parallelism: completions, peers: 'unlisted' }));
  const [before, after] = jobs.map(({ apiObject }) => apiObject.toJson() as unknown);
  expect(containerOf(before).env).toEqual([jobName, pod.containers[0].env[0]]);
  expect(validateUpdate(before, after)).toEqual([]);
});

test('the Jobs of a schedule share one Service, and are told their own names', () => {
  const [service, cronJob] = objectsOf((chart) => new ScheduledJob(chart, 'ring', {
    metadata: { name: 'nightly' }, schedule: '@daily', timeZone: 'Etc/UTC', concurrencyPolicy: 'Forbid', job: { type: 'Indexed', ...ring, peers: true },
  }));
  expect(service).toMatchObject({ metadata: { name: 'nightly' }, spec: { selector: { 'cdk8s-jobs/peers': 'nightly' } } });
  expect(containerOf(valueAt(cronJob, ['spec', 'jobTemplate']))).toMatchObject({ env: [jobName, { value: '$(JOB_NAME)-0.nightly,$(JOB_NAME)-1.nightly,$(JOB_NAME)-2.nightly' }, {}] });
});

test('a Job that waits for another one lets its Service wait too, and what waits for it waits for the Job', () => {
  const [, service, job, report] = objectsOf((chart) => {
    const extract = new NonParallelJob(chart, 'extract', { metadata: { name: 'extract' }, ...alone });
    const rings = new IndexedJob(chart, 'ring', { ...named, peers: true }).after(extract);
    new NonParallelJob(chart, 'report', { metadata: { name: 'report' }, ...alone }).after(rings);
  });
  expect([service, job, report].map((object) => valueAt(object, ['metadata', 'annotations', 'cdk8s-jobs/after']))).toEqual(['extract', 'extract', expect.stringMatching(/\bring\b/)]);
});

test.each<[string, object, string]>([
  ['another value', { peers: 'yes' }, 'peers: Unsupported value: "yes": supported values: true, false, "unlisted"'],
  ['more peers than one variable holds', { completions: 1001, parallelism: 1001, peers: true },
    'peers: Invalid value: true: 1001 host names may not fit one variable, which 1000 do: write "unlisted", and make them of $(JOB_NAME), index and subdomain'],
  ['a variable of the name', { peers: true, containers: [{ name: 'main', image: 'tool:1', env: [{ name: 'JOB_NAME', value: 'x' }] }] },
    'peers: Duplicate value: true: sets JOB_NAME, and container "main" has a variable of this name: rename that'],
  ['a name that no Service has', { metadata: { name: '3-rings' }, peers: true },
    'peers: Invalid value: true: no Service can be called "3-rings", write another name as subdomain: a DNS-1035 label must'],
  ['a queue that lets fewer run at once', { peers: true, queue: { name: 'team', minParallelism: 2 } },
    'peers: Forbidden: with queue.minParallelism fewer pods may run at once than look for one another: leave one of them out'],
  ['a Service that comes later', { peers: true, gitops: argocd({ run: 'before-rollout' }) },
    'peers: Forbidden: a Job that runs before the rollout starts before the Service of its peers is there: leave one of them out'],
])('peers with %s are refused', (_, props, message) => {
  expect(refusalOf((chart) => new IndexedJob(chart, 'ring', untyped({ ...named, ...props })))).toContain(message);
});

test('a subdomain that was patched is refused', () => {
  expect(refusalOf((chart) => new IndexedJob(chart, 'ring', { ...named, peers: true }).apiObject.addJsonPatch(JsonPatch.add('/spec/template/spec/subdomain', 'net'))))
    .toContain('peers: Invalid value: true: the Service is called "ring", and subdomain says "net": write that in the props');
});

test('peers in a Job of a JobSet are refused: a JobSet makes a Service for all', () => {
  const job = { type: 'Indexed', ...ring, peers: true } as const;
  expect(refusalOf((chart) => new JobSet(chart, 'set', { metadata: { name: 'set' }, replicatedJobs: [{ name: 'workers', job }] })))
    .toContain('replicatedJobs[0].job.peers: Forbidden: the pods of a JobSet have host names without it');
});

test('peers that are computed may be off', () => {
  const objects = objectsOf((chart) => new IndexedJob(chart, 'ring', { ...named, ...alone, peers: Boolean(0) }));
  expect(objects).toHaveLength(1);
});

describe('hostOf', () => {
  const make = (props: object): IndexedJob => new IndexedJob(newChart(), 'ring', untyped({ ...named, peers: true, ...props }));

  test.each<[string, object, number, string]>([
    ['a Job with peers', {}, 0, 'ring-0.ring'],
    ['the last index', {}, 2, 'ring-2.ring'],
    ['a Job with a subdomain', { subdomain: 'net' }, 1, 'ring-1.net'],
    ['a Job whose Service is somebody else\'s', { peers: false, subdomain: 'net' }, 1, 'ring-1.net'],
  ])('names a pod of %s', (_, props, index, name) => {
    expect(make(props).hostOf(index)).toBe(name);
  });

  test('a name with a hash is that of the Job as it is written', () => {
    const chart = newChart();
    const job = new IndexedJob(chart, 'ring', { ...named, rerun: 'on-change', peers: true });
    expect(job.hostOf(1)).toBe(`${String(valueAt(synth(chart)[1], ['metadata', 'name']))}-1.ring`);
  });

  test.each<[string, object, number, string]>([
    ['an index that is not there', {}, 3, 'its indexes are 0 to 2'],
    ['a negative index', {}, -1, 'its indexes are 0 to 2'],
    ['a part of an index', {}, 0.5, 'its indexes are 0 to 2'],
    ['a Job without peers', { peers: false }, 0, 'its pods do not find one another: add peers: true'],
    ['a Job whose name is generated', { metadata: { generateName: 'ring-' } }, 0, 'the Job gets its name in the cluster, and its pods have it in JOB_NAME'],
  ])('refuses %s', (_, props, index, hint) => {
    expect(() => make(props).hostOf(index)).toThrow(expect.objectContaining({ code: 'USAGE', message: `Cannot name the host of index ${index} of test/ring`, hint }) as Error);
  });
});

test('a host name can be told to a Job that starts later', () => {
  const [, , report] = objectsOf((chart) => {
    const rings = new IndexedJob(chart, 'ring', { ...named, peers: true });
    new NonParallelJob(chart, 'report', {
      metadata: { name: 'report' }, restartPolicy: 'Never', containers: [{ name: 'main', image: 'tool:1', env: [{ name: 'FIRST', value: Lazy.any({ produce: () => rings.hostOf(0) }) as string }] }],
    });
  });
  expect(containerOf(report).env).toEqual([{ name: 'FIRST', value: 'ring-0.ring' }]);
});
