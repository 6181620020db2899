/** A cdk8s that is not as known: it renders by itself, names are valid and faults are found all the same. */
import type * as Cdk8s from 'cdk8s';
import type * as JobModule from '../../../src/constructs/non-parallel-job';

interface Modules {
  readonly cdk8s: typeof Cdk8s;
  readonly NonParallelJob: typeof JobModule.NonParallelJob;
}

/** The library with a cdk8s of its own that was changed before it was loaded. */
function load(change: (cdk8s: typeof Cdk8s) => void): Modules {
  const modules: { cdk8s?: typeof Cdk8s; NonParallelJob?: typeof JobModule.NonParallelJob } = {};
  jest.isolateModules(() => {
    modules.cdk8s = jest.requireActual<typeof Cdk8s>('cdk8s');
    change(modules.cdk8s);
    modules.NonParallelJob = jest.requireActual<typeof JobModule>('../../../src/constructs/non-parallel-job').NonParallelJob;
  });
  return modules as Modules;
}

const pod = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox', env: [{ name: 'B', value: '1' }] }] } as const;
const metadata = { labels: { b: 'c', a: 'b' }, annotations: { d: '' } };

interface Synthesized {
  readonly text: string;
  /** Whether cdk8s rendered the Job, and not we. */
  readonly byCdk8s: boolean;
}

/** A chart with one Job, synthesized after a change. The construct's name needs mending. */
function synthesize({ cdk8s, NonParallelJob }: Modules, change: (job: JobModule.NonParallelJob) => void = () => undefined): Synthesized {
  const chart = cdk8s.Testing.chart();
  const job = new NonParallelJob(chart, 'my_job', { ...pod, metadata });
  change(job);
  const spy = jest.spyOn(cdk8s.ApiObject.prototype, 'toJson');
  const text = JSON.stringify(cdk8s.Testing.synth(chart));
  const byCdk8s = spy.mock.contexts.some((object) => object === job.apiObject);
  spy.mockRestore();
  return { text, byCdk8s };
}

const known = load(() => undefined);
const usual = synthesize(known);

function addMethod(prototype: object): void {
  Object.assign(prototype, { addMore() { /* New in this version. */ } });
}

/** Metadata that keeps its name where only itself can reach it. */
function hideName({ ApiObjectMetadataDefinition: { prototype } }: typeof Cdk8s): void {
  const names = new WeakMap<object, unknown>();
  const { toJson } = prototype;
  Object.defineProperty(prototype, 'name', { get() { return names.get(this); }, set(name: unknown) { names.set(this, name); } });
  prototype.toJson = function () { return { ...toJson.call(this) as object, name: names.get(this) }; };
  addMethod(prototype);
}

test('a cdk8s that is as known leaves rendering to us', () => {
  expect(usual).toEqual({ byCdk8s: false, text: expect.stringContaining('"name":"test-my-job-') });
});

test.each<readonly [string, (cdk8s: typeof Cdk8s) => void]>([
  ['whose metadata can be changed in a new way', ({ ApiObjectMetadataDefinition: { prototype } }) => addMethod(prototype)],
  ['whose objects can be changed in a new way', ({ ApiObject: { prototype } }) => addMethod(prototype)],
  ['whose metadata hides its name', hideName],
])('a cdk8s %s renders the same bytes by itself', (_, change) => {
  const { text, byCdk8s } = synthesize(load(change));
  expect(byCdk8s).toBe(true);
  expect(JSON.parse(text)).toEqual(JSON.parse(usual.text));
});

test('what a cdk8s renders in another way is rendered so', () => {
  const { text, byCdk8s } = synthesize(load(({ ApiObject: { prototype } }) => {
    const { toJson } = prototype;
    prototype.toJson = function () { return { ...toJson.call(this) as object, status: {} }; };
  }));
  expect({ text, byCdk8s }).toEqual({ byCdk8s: true, text: usual.text.replace(/\}\]$/, ',"status":{}}]') });
});

test.each<readonly [string, (job: JobModule.NonParallelJob) => void]>([
  ['is missing', ({ metadata: fields }) => Reflect.deleteProperty(fields, 'finalizers')],
  ['is called otherwise', ({ metadata: fields }) => {
    const { annotations, ...others } = fields as unknown as Record<string, unknown>;
    Reflect.deleteProperty(fields, 'annotations');
    Object.assign(fields, { marks: annotations });
    fields.toJson = () => fields.constructor.prototype.toJson.call({ ...others, annotations }) as unknown;
  }],
  ['is new', ({ metadata: fields }) => Object.assign(fields, { _more: 1 })],
])('metadata of which a private field %s is rendered by cdk8s', (_, change) => {
  let asked = 0;
  const { text } = synthesize(known, (job) => {
    change(job);
    const { toJson } = job.metadata;
    // Not a field that cdk8s would have.
    Object.defineProperty(job.metadata, 'toJson', { enumerable: false, value: () => { asked += 1; return toJson.call(job.metadata) as unknown; } });
  });
  expect({ text, asked }).toEqual({ text: usual.text, asked: 1 });
});

test('on a cdk8s that is not as known, a change after the check is checked too', () => {
  const { cdk8s, NonParallelJob } = load(({ ApiObjectMetadataDefinition: { prototype } }) => addMethod(prototype));
  const chart = cdk8s.Testing.chart();
  const job = new NonParallelJob(chart, 'job', pod);
  cdk8s.Testing.synth(chart);
  job.metadata.addLabel('good', 'yes');
  expect(cdk8s.Testing.synth(chart)).toMatchObject([{ metadata: { labels: { good: 'yes' } } }]);
  job.metadata.addLabel('bad', 'no!');
  expect(() => cdk8s.Testing.synth(chart) as unknown).toThrow('metadata.labels: Invalid value: "no!"');
});
