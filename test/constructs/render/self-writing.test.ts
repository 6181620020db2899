import { createRequire } from 'node:module';
import { inspect } from 'node:util';
import { App, Chart, JsonPatch, Testing, Yaml } from 'cdk8s';
import { NonParallelJob } from '../../../src';

/** The copy of `yaml` that cdk8s writes with. */
interface YamlPackage {
  stringify(value: unknown, ...options: unknown[]): string;
  readonly Document: new (value: unknown, options?: object) => { toString(): string };
}
const yaml = createRequire(require.resolve('cdk8s'))('yaml') as YamlPackage;

const pod = { restartPolicy: 'Never' as const, containers: [{ name: 'c', image: 'registry.example/app:7', command: ['sh', '-c', 'echo a\necho b\n'] }] };

function newJob(): NonParallelJob {
  return new NonParallelJob(new Chart(new App(), 'chart'), 'job', { metadata: { labels: { team: 'a' } }, ...pod });
}

/** A manifest that writes itself, and one with the same fields that does not. */
function bothOf(job: NonParallelJob): { readonly manifest: Manifest; readonly plain: Manifest } {
  const manifest = job.apiObject.toJson() as Manifest;
  return { manifest, plain: structuredClone(manifest) };
}

type Manifest = Record<string, unknown> & { metadata: Record<string, unknown> };

test('a manifest writes itself when cdk8s writes it, and the copy does not', () => {
  const { manifest, plain } = bothOf(newJob());
  const written = jest.spyOn(manifest as { toString(): string }, 'toString');
  expect(Yaml.stringify(manifest)).toBe(Yaml.stringify(plain));
  expect(written).toHaveBeenCalledTimes(1);
  expect(Object.getOwnPropertyNames(plain)).not.toContain('toString');
});

test.each<[string, (value: Manifest) => string]>([
  ['among other documents', (value) => Yaml.stringify({ a: 1 }, value, undefined, value)],
  ['in a list', (value) => Yaml.stringify([value, 1])],
  ['in a map, twice', (value) => Yaml.stringify({ first: value, second: [value] })],
  ['as the contents of a document', (value) => new yaml.Document(value).toString()],
  ['with the defaults of yaml', (value) => yaml.stringify(value)],
  ['with an indent', (value) => yaml.stringify(value, null, 4)],
  ['with options', (value) => yaml.stringify(value, { indentSeq: false, defaultStringType: 'QUOTE_DOUBLE' })],
  ['with a replacer', (value) => yaml.stringify(value, ['kind', 'metadata', 'name'])],
  ['as JSON', (value) => JSON.stringify(value)],
  ['by its fields', (value) => [...Object.keys(value), ...Object.entries(value).map(String)].join()],
  ['by inspection', (value) => inspect(value, { depth: 9 })],
  ['as a copy', (value) => inspect(structuredClone({ ...value }), { showHidden: true, depth: 9 })],
])('a manifest is the same as one that does not write itself: %s', (_, write) => {
  const { manifest, plain } = bothOf(newJob());
  expect(write(manifest)).toBe(write(plain));
});

test('assertions take both for equal', () => {
  const { manifest, plain } = bothOf(newJob());
  expect(manifest).toStrictEqual(plain);
  expect([manifest]).toStrictEqual([plain]);
  expect(Testing.synth(Chart.of(newJob()))).toStrictEqual([plain]);
});

test('what is changed in a manifest is written', () => {
  const { manifest, plain } = bothOf(newJob());
  for (const one of [manifest, plain]) {
    one.metadata.name = 'renamed';
    one.status = { active: 1 };
    delete one.apiVersion;
  }
  expect(Yaml.stringify(manifest)).toBe(Yaml.stringify(plain));
  expect(Yaml.stringify(manifest)).toContain('renamed');
});

test.each(['contents', 'toString'])('a manifest that has a field "%s" keeps it and is written by cdk8s', (field) => {
  const job = newJob();
  job.apiObject.addJsonPatch(JsonPatch.add(`/${field}`, 'text'));
  const manifest = job.apiObject.toJson() as Manifest;
  expect(manifest[field]).toBe('text');
  expect(Object.getOwnPropertySymbols(manifest)).toEqual([]);
});
