import { App, ApiObject, Chart, JsonPatch, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { newChart, synth, untyped } from './helpers';
import { fieldsOfType } from '../../src/api/field-table';
import { FixedCompletionJob } from '../../src/constructs/fixed-completion-job';
import { IndexedJob } from '../../src/constructs/indexed-job';
import { JobSet } from '../../src/constructs/job-set';
import { NonParallelJob } from '../../src/constructs/non-parallel-job';
import { ScheduledJob } from '../../src/constructs/scheduled-job';
import { WorkQueueJob } from '../../src/constructs/work-queue-job';

const containers = [{ name: 'main', image: 'busybox' }];
const template = { spec: { containers, restartPolicy: 'Never' } };

test('a non-parallel Job says nothing of numbers', () => {
  const chart = newChart();
  new NonParallelJob(chart, 'job', { metadata: { name: 'one' }, restartPolicy: 'Never', containers });
  expect(synth(chart)).toEqual([{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'one' }, spec: { template } }]);
});

test('a whole number of any size is judged and written, though JSON does not hold it', () => {
  const chart = newChart();
  new NonParallelJob(chart, 'job', untyped({ backoffLimit: 4n, restartPolicy: 'Never', containers }));
  expect(synth(chart)[0]?.spec).toEqual({ backoffLimit: 4n, template });
});

test('a fixed-completion Job carries its completions', () => {
  const chart = newChart();
  new FixedCompletionJob(chart, 'job', { completions: 5, parallelism: 2, restartPolicy: 'Never', containers });
  expect(synth(chart)[0]?.spec).toEqual({ completions: 5, parallelism: 2, template });
});

test('an Indexed Job has the completion mode', () => {
  const chart = newChart();
  new IndexedJob(chart, 'job', { completions: 5, restartPolicy: 'Never', containers });
  expect(synth(chart)[0]?.spec).toEqual({ completions: 5, completionMode: 'Indexed', template });
});

test('a work queue has parallelism and no completions', () => {
  const chart = newChart();
  new WorkQueueJob(chart, 'job', { parallelism: 5, restartPolicy: 'Never', containers });
  expect(synth(chart)[0]?.spec).toEqual({ parallelism: 5, template });
});

test('a scheduled Job is a CronJob with a template of the written kind', () => {
  const chart = newChart();
  new ScheduledJob(chart, 'job', {
    schedule: '@daily',
    timeZone: 'Europe/Berlin',
    suspend: true,
    job: { type: 'Indexed', completions: 3, suspend: false, metadata: { labels: { app: 'x' } }, restartPolicy: 'Never', containers },
  });
  expect(synth(chart)[0]).toMatchObject({ kind: 'CronJob' });
  expect(synth(chart)[0]?.spec).toEqual({
    schedule: '@daily',
    timeZone: 'Europe/Berlin',
    suspend: true,
    jobTemplate: { metadata: { labels: { app: 'x' } }, spec: { completions: 3, completionMode: 'Indexed', suspend: false, template } },
  });
});

test('both deadlines have their place', () => {
  const chart = newChart();
  new NonParallelJob(chart, 'job', {
    activeDeadlineSeconds: 600, podActiveDeadlineSeconds: 60, podMetadata: { labels: { app: 'x' } }, restartPolicy: 'Never', containers,
  });
  expect(synth(chart)[0]?.spec).toEqual({
    activeDeadlineSeconds: 600, template: { metadata: { labels: { app: 'x' } }, spec: { ...template.spec, activeDeadlineSeconds: 60 } },
  });
});

test('JobSpec and PodSpec share no other field name', () => {
  const job = [...fieldsOfType('v1.JobSpec').keys()];
  const pod = [...fieldsOfType('v1.PodSpec').keys()];
  expect(job.filter((name) => pod.includes(name))).toEqual(['activeDeadlineSeconds']);
});

test('every field of JobSpec and PodSpec goes where the API has it', () => {
  const chart = newChart();
  const own = new Set(['template', 'activeDeadlineSeconds']);
  const props: Record<string, unknown> = {};
  for (const type of ['v1.JobSpec', 'v1.PodSpec']) {
    for (const name of fieldsOfType(type).keys()) if (!own.has(name)) props[name] = `value of ${name}`;
  }
  const spec = new NonParallelJob(chart, 'job', untyped(props)).apiObject.toJson().spec;
  const expected = [...fieldsOfType('v1.JobSpec').keys()].filter((name) => name !== 'activeDeadlineSeconds').sort();
  expect(Object.keys(spec).sort()).toEqual(expected);
  const podNames = [...fieldsOfType('v1.PodSpec').keys()].filter((name) => name !== 'activeDeadlineSeconds');
  expect(Object.keys(spec.template.spec).sort()).toEqual(podNames.sort());
});

test('props that are undefined are left out', () => {
  const chart = newChart();
  new NonParallelJob(chart, 'job', untyped({
    metadata: { name: 'one', labels: undefined },
    backoffLimit: undefined,
    podMetadata: undefined,
    restartPolicy: 'Never',
    containers: [{ name: 'main', image: 'busybox', args: undefined, env: [{ name: 'A', value: undefined }] }],
  }));
  expect(synth(chart)).toEqual([{
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'one' },
    spec: { template: { spec: { containers: [{ name: 'main', image: 'busybox', env: [{ name: 'A' }] }], restartPolicy: 'Never' } } },
  }]);
});

test('rendering twice gives the same bytes, whatever happens to the first rendering', () => {
  const app = new App();
  const chart = new Chart(app, 'chart');
  const job = new NonParallelJob(chart, 'job', { restartPolicy: 'Never', containers });
  const first = app.synthYaml();
  (synth(chart)[0] as { spec: object }).spec = {};
  job.apiObject.toJson().spec.template.spec.containers.pop();
  expect(app.synthYaml()).toBe(first);
});

test('later changes of the props do not reach the manifest', () => {
  const chart = newChart();
  const mine = [...containers];
  new NonParallelJob(chart, 'job', { restartPolicy: 'Never', containers: mine });
  mine.pop();
  expect(synth(chart)[0]?.spec).toEqual({ template });
});

test('the object is found as cdk8s looks for it', () => {
  const job = new NonParallelJob(newChart(), 'job', { restartPolicy: 'Never', containers });
  expect(ApiObject.of(job)).toBe(job.apiObject);
  expect(job.node.defaultChild).toBe(job.apiObject);
  expect(job.metadata).toBe(job.apiObject.metadata);
  expect(job.name).toBe(job.apiObject.name);
});

test('a Job is its object: it is patched itself, and nothing is in it', () => {
  const chart = newChart();
  const job = new NonParallelJob(chart, 'job', { restartPolicy: 'Never', containers });
  job.addJsonPatch(JsonPatch.add('/spec/suspend', true));
  expect(synth(chart)).toEqual([expect.objectContaining({ spec: expect.objectContaining({ suspend: true }) })]);
  expect([job.node.path, job.node.children, job.kind, job.apiVersion]).toEqual(['test/job', [], 'Job', 'batch/v1']);
});

test('a Job is called as the object in a construct of cdk8s-plus-28 would be', () => {
  const ours = new NonParallelJob(newChart(), 'job', { restartPolicy: 'Never', containers });
  expect(ours.name).toBe(new ApiObject(new Construct(newChart(), 'job'), 'Resource', { apiVersion: 'batch/v1', kind: 'Job' }).name);
});

test('patches and added metadata are rendered, also after a synth', () => {
  const chart = newChart();
  const job = new NonParallelJob(chart, 'job', { metadata: { name: 'one' }, restartPolicy: 'Never', containers });
  synth(chart);
  job.metadata.addLabel('app', 'x');
  job.metadata.addAnnotation('note', 'y');
  job.apiObject.addJsonPatch(JsonPatch.add('/spec/backoffLimit', 3));
  expect(synth(chart)[0]).toMatchObject({ metadata: { name: 'one', labels: { app: 'x' }, annotations: { note: 'y' } }, spec: { backoffLimit: 3 } });
});

test('Lazy values are asked at every rendering', () => {
  const chart = newChart();
  let image = 'busybox:1';
  new NonParallelJob(chart, 'job', { restartPolicy: 'Never', containers: [{ name: 'main', image: Lazy.any({ produce: () => image }) }] });
  const imageOf = (): unknown => (synth(chart)[0] as { spec?: { template?: typeof template } }).spec?.template?.spec.containers[0]?.image;
  expect(imageOf()).toBe('busybox:1');
  image = 'busybox:2';
  expect(imageOf()).toBe('busybox:2');
});

describe('names', () => {
  const nameOf = (chart: Chart): unknown => (synth(chart)[0]?.metadata as { name?: string }).name;

  test.each([['my_job'], ['_job'], ['My Job'], ['job.v1']])('a construct called %s gets a valid name', (id) => {
    const chart = newChart();
    new NonParallelJob(chart, id, { restartPolicy: 'Never', containers });
    expect(nameOf(chart)).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
  });

  test('the name of an Indexed Job leaves room for the index', () => {
    const chart = newChart();
    new IndexedJob(chart, 'x'.repeat(63), { completions: 1000, restartPolicy: 'Never', containers });
    expect(String(nameOf(chart)).length).toBeLessThanOrEqual(63 - '-999'.length);
  });

  test('the name of a CronJob leaves room for the time', () => {
    const chart = newChart();
    new ScheduledJob(chart, 'x'.repeat(63), { schedule: '@daily', job: { restartPolicy: 'Never', containers } });
    expect(String(nameOf(chart)).length).toBeLessThanOrEqual(52);
  });

  test('with generateName no name is written', () => {
    const chart = newChart();
    new NonParallelJob(chart, 'job', { metadata: { generateName: 'run-' }, restartPolicy: 'Never', containers });
    expect(synth(chart)[0]?.metadata).toEqual({ generateName: 'run-' });
  });

  test("the chart's namespace and labels are added", () => {
    const chart = new Chart(new App(), 'chart', { namespace: 'media', labels: { team: 'x' } });
    new NonParallelJob(chart, 'job', { metadata: { name: 'one', labels: { app: 'y' } }, restartPolicy: 'Never', containers });
    expect(synth(chart)[0]?.metadata).toEqual({ name: 'one', namespace: 'media', labels: { team: 'x', app: 'y' } });
  });
});

describe('props of a class', () => {
  class Base {
    public readonly restartPolicy = 'Never';
    public get backoffLimit(): number { return 3; }
    public get podMetadata(): { readonly labels: { readonly team: string } } { return { labels: { team: 'x' } }; }
  }
  class Props extends Base {
    public constructor(private readonly image: string) { super(); }
    public override get backoffLimit(): number { return 5; }
    public get containers(): [{ readonly name: string; readonly image: string }] { return [{ name: 'main', image: this.image }]; }
  }
  const spec = {
    backoffLimit: 5,
    template: { metadata: { labels: { team: 'x' } }, spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'tool:1' }] } },
  };

  /** Without the fields that are there for the class alone: they are no props, and are told. */
  function props(): Props {
    const made = new Props('tool:1');
    Object.defineProperty(made, 'image', { enumerable: false });
    return made;
  }

  test('are read with their accessors', () => {
    const chart = newChart();
    new NonParallelJob(chart, 'job', untyped(props()));
    expect(synth(chart)[0]?.spec).toEqual(spec);
  });

  test('are read in a schedule', () => {
    const chart = newChart();
    new ScheduledJob(chart, 'job', untyped(new (class {
      public get schedule(): string { return '@daily'; }
      public get job(): Props { return props(); }
    })()));
    expect(synth(chart)[0]?.spec).toEqual({ schedule: '@daily', jobTemplate: { spec } });
  });

  test('are read in a JobSet', () => {
    const chart = newChart();
    const entry = new (class {
      public readonly name = 'workers';
      public get job(): Props { return props(); }
    })();
    new JobSet(chart, 'set', untyped(new (class { public get replicatedJobs(): unknown[] { return [entry]; } })()));
    expect(synth(chart)[0]?.spec).toMatchObject({ replicatedJobs: [{ name: 'workers', template: { spec } }] });
  });
});

test('what is nested deeper than any field, by props or by a patch, is handed out as cdk8s gives it', () => {
  let deep: object = { end: 'x' };
  for (let level = 0; level < 150; level += 1) deep = { d: deep };
  const chart = newChart();
  const job = new NonParallelJob(chart, 'job', untyped({ metadata: { name: 'one' }, restartPolicy: 'Never', containers, deep }));
  expect((job.apiObject.toJson() as { spec: unknown }).spec).toEqual({ deep, template });
  const patched = new NonParallelJob(chart, 'patched', { restartPolicy: 'Never', containers });
  patched.apiObject.addJsonPatch(JsonPatch.add('/spec/deep', deep));
  expect((patched.apiObject.toJson() as { spec: unknown }).spec).toEqual({ deep, template });
});
