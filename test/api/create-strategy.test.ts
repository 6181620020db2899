import { apiServer } from '../../src/api/api-server';
import { dropDisabled, dropOnCreate, generatedName, prepareCronJob, prepareJob, preparePod } from '../../src/api/create-strategy';
import type { Decoded } from '../../src/api/decoded';
import type { CronJob, Job, JobSpec, PodSpec } from '../../src/api/kubernetes';
import { generatedLabels } from '../../src/api/labels';
import { given } from '../../src/core/given';
import { validateManifest } from '../../src/rules/validate-manifest';

const identity = { name: 'report', uid: 'uid-1' };
const generated = generatedLabels('report', 'uid-1');

function prepared(job: Decoded<Job>, minor?: number): Decoded<Job> {
  prepareJob(job, identity, apiServer(minor));
  return job;
}

describe('a new Job', () => {
  test('gets defaults, and a selector and labels from its name and uid', () => {
    expect(prepared({})).toMatchObject({
      spec: { completions: 1, selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': 'uid-1' } }, template: { metadata: { labels: generated } } },
    });
  });

  test.each<[string, Record<string, string> | undefined, Record<string, string> | undefined, Record<string, string> | undefined]>([
    ['no labels anywhere has none of its own', undefined, undefined, undefined],
    ['labels of the template alone has those, and what is generated', undefined, { app: 'x' }, { app: 'x', ...generated }],
    ['empty labels of the template has what is generated', undefined, {}, { ...generated }],
    ['labels of its own keeps them alone', { team: 'y' }, { app: 'x' }, { team: 'y' }],
  ])('with %s', (_, own, ofTemplate, labels) => {
    const template = { metadata: given({ labels: ofTemplate }) };
    const job = prepared({ metadata: given({ labels: own }), spec: { template } });
    expect(job.metadata?.labels).toEqual(labels);
    expect(job.spec?.template?.metadata?.labels).toEqual({ ...ofTemplate, ...generated });
    if (labels !== undefined) expect(job.metadata?.labels).not.toBe(job.spec?.template?.metadata?.labels);
  });

  test('with a manual selector gets neither selector nor labels', () => {
    const job = prepared({ spec: { manualSelector: true, selector: { matchLabels: { app: 'x' } }, template: { metadata: { labels: { app: 'x' } } } } });
    expect(job.spec).toMatchObject({ selector: { matchLabels: { app: 'x' } } });
    expect(job.spec?.template?.metadata?.labels).toEqual({ app: 'x' });
    expect(job.metadata?.labels).toEqual({ app: 'x' });
  });

  test('keeps what a user wrote under generated keys, which the rules then refuse', () => {
    const mine = { 'batch.kubernetes.io/controller-uid': 'mine' };
    const job = prepared({ spec: { selector: { matchLabels: { ...mine } }, template: { metadata: { labels: { ...mine } } } } });
    expect(job.spec).toMatchObject({ selector: { matchLabels: mine }, template: { metadata: { labels: mine } } });
    const pod = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'x' }] };
    const manifest = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'report' }, spec: { selector: { matchLabels: mine }, template: { spec: pod } } };
    expect(validateManifest(manifest).map(({ rule }) => rule)).toEqual([
      'selector-matches-template-labels', 'selector-only-with-manual-selector', 'exported-job-leaves-its-origin',
    ]);
  });

  test('has each owner once', () => {
    const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'c', uid: 'u' };
    const other = { ...owner, uid: 'v' };
    const job = prepared({ metadata: { ownerReferences: [owner, { uid: 'u', name: 'c', kind: 'ConfigMap', apiVersion: 'v1' }, other] } });
    expect(job.metadata?.ownerReferences).toEqual([owner, other]);
  });

  test('is the same when it is prepared again', () => {
    const once = prepared({ spec: { template: { metadata: { labels: { app: 'x' } } } } });
    expect(prepared(structuredClone(once))).toEqual(once);
  });
});

test('a new CronJob gets the defaults of its template, and no selector', () => {
  const cronJob: Decoded<CronJob> = { spec: { jobTemplate: { spec: { scheduling: {} } } } };
  prepareCronJob(cronJob);
  expect(cronJob.spec).toMatchObject({ concurrencyPolicy: 'Allow', jobTemplate: { spec: { template: { spec: { restartPolicy: 'Always' } } } } });
  expect(cronJob.spec?.jobTemplate?.spec).not.toHaveProperty('selector');
  expect(cronJob.spec?.jobTemplate?.spec).not.toHaveProperty('scheduling');
});

test('a new pod gets what its template did not get', () => {
  const pod: { spec?: Decoded<PodSpec> } = {};
  preparePod(pod);
  expect(pod.spec).toMatchObject({ restartPolicy: 'Always', enableServiceLinks: true });
});

describe('what feature gates turn off is dropped', () => {
  const spec = (): Decoded<JobSpec> => ({
    scheduling: {},
    managedBy: 'example.com/a',
    template: {
      spec: {
        volumes: [{ name: 'model', image: { reference: 'm' } }, { name: 'tmp' }],
        initContainers: [{ name: 'side', restartPolicy: 'Always' }, { name: 'once', restartPolicy: 'Never' }],
        containers: [{ name: 'main', restartPolicy: 'Never', volumeMounts: [{ name: 'model', mountPath: '/m' }, { name: 'tmp', mountPath: '/t' }] }],
      },
    },
  });

  test.each([
    [33, ['tmp'], ['tmp'], ['Always', 'Never', 'Never']],
    [34, ['tmp'], ['tmp'], ['Always', undefined, undefined]],
    [35, ['model', 'tmp'], ['model', 'tmp'], ['Always', 'Never', 'Never']],
    [undefined, ['model', 'tmp'], ['model', 'tmp'], ['Always', 'Never', 'Never']],
  ])('in 1.%s', (minor, volumes, mounts, policies) => {
    const dropped = spec();
    dropDisabled(dropped, minor === undefined ? undefined : apiServer(minor));
    const pod = dropped.template?.spec;
    expect(dropped).not.toHaveProperty('scheduling');
    expect(pod?.volumes?.map(({ name }) => name)).toEqual(volumes);
    expect(pod?.containers?.[0]?.volumeMounts?.map(({ name }) => name)).toEqual(mounts);
    expect([...pod?.initContainers ?? [], ...pod?.containers ?? []].map(({ restartPolicy }) => restartPolicy)).toEqual(policies);
  });

  test.each([[31, undefined], [32, 'example.com/a']])('managedBy, when a Job is created in 1.%i, is then %j', (minor, managedBy) => {
    const dropped = spec();
    dropOnCreate(dropped, apiServer(minor));
    expect(dropped.managedBy).toBe(managedBy);
  });
});

test.each([['report-', 'report-abcde'], ['x'.repeat(60), `${'x'.repeat(58)}abcde`]])('%j makes the name %j', (prefix, name) => {
  expect(generatedName(prefix, 'abcde')).toBe(name);
});
