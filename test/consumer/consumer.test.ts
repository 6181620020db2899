import { readFileSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { command, declarations, install, listYaml, pack, type Packed, run, templateConfig, unmarkDeclarations, write } from './packed';
import { checkedMark } from '../../scripts/checked-declarations';

const main = `import { App, Chart } from 'cdk8s';
import { ScheduledJob, WorkQueueJob, validateManifest, type Finding } from 'cdk8s-jobs';

const app = new App();
const chart = new Chart(app, 'thumbnails', { namespace: 'media' });
const drain = new WorkQueueJob(chart, 'drain', {
  parallelism: 3,
  restartPolicy: 'OnFailure',
  containers: [{ name: 'worker', image: 'registry.example/thumbs:7', command: ['thumbs', 'drain'], resources: { limits: { memory: '64Mi' } } }],
});
new ScheduledJob(chart, 'nightly', {
  schedule: '30 2 * * *',
  job: { type: 'FixedCompletion', completions: 5, restartPolicy: 'Never', containers: [{ name: 'report', image: 'registry.example/report:3' }] },
});
const findings: Finding[] = validateManifest(drain.apiObject.toJson());
if (findings.some(({ severity }) => severity === 'error')) throw new Error(JSON.stringify(findings));
app.synth();
`;
const mistake = `import { Chart } from 'cdk8s';
import { WorkQueueJob } from 'cdk8s-jobs';
export const wrong = (chart: Chart) => new WorkQueueJob(chart, 'x', {
  parallelism: 3, completions: 5, restartPolicy: 'Never', containers: [{ name: 'a', image: 'b' }],
});
`;

let packed: Packed;
let folder: string;

beforeAll(() => {
  packed = pack();
  folder = install(packed.tarball);
  write(folder, { 'main.ts': main, 'tsconfig.json': JSON.stringify(templateConfig), 'package.json': '{ "name": "app", "private": true }' });
}, 180_000);

afterAll(() => [folder, packed.folder].forEach((each) => rmSync(each, { recursive: true, force: true })));

const manifests = (outdir: string): string => listYaml(join(folder, outdir)).map((name) => readFileSync(join(folder, outdir, name), 'utf8')).join('');

test('the tarball holds the compiled package, its types, its pages and its examples, and nothing else', () => {
  const foreign = packed.files.filter((path) => !/^(lib\/.*(?<!\.test)\.(js|mjs|d\.ts|d\.mts)|package\.json|README\.md|LICENSE|API\.md|docs\/[a-z0-9\/-]+\.md|examples\/[a-z\/-]+\.(ts|json|yaml))$/.test(path));
  expect(foreign).toEqual([]);
  expect(packed.files).toEqual(expect.arrayContaining(['lib/index.js', 'lib/index.d.ts', 'package.json', 'LICENSE', 'README.md']));
});

test('every declaration file says that it was checked', () => {
  const texts = declarations(folder).map((path) => readFileSync(path, 'utf8'));
  expect(texts.length).toBeGreaterThan(100);
  expect(texts.filter((text) => !text.startsWith(checkedMark))).toEqual([]);
});

test('the compiler speaks through the packed declarations', () => {
  write(folder, { 'mistake.ts': mistake });
  const compiled = run(folder, process.execPath, [command('tsc'), '-p', folder, '--noEmit']);
  rmSync(join(folder, 'mistake.ts'));
  expect(compiled.stdout).toContain('completions: a work queue is done when one pod succeeds and all have ended; for a fixed number use FixedCompletionJob');
  expect(compiled.stdout.match(/error/g)).toHaveLength(1);
});

test("it compiles under the cdk8s template's settings, declarations checked, and node runs it", () => {
  unmarkDeclarations(folder);
  const compiled = run(folder, process.execPath, [command('tsc'), '-p', folder]);
  expect([compiled.stdout, compiled.status]).toEqual(['', 0]);
  const ran = run(folder, process.execPath, ['main.js'], { ...process.env, CDK8S_OUTDIR: 'by-node' });
  expect([ran.stderr, ran.status]).toEqual(['', 0]);
  expect(manifests('by-node')).toContain('kind: CronJob');
  expect(manifests('by-node')).toContain('parallelism: 3');
});

test.each([
  ['tsx', (): readonly string[] => [command('tsx'), 'main.ts']],
  ['ts-node', (): readonly string[] => [command('ts-node'), 'main.ts']],
])('%s writes the same YAML', (name, args) => {
  const ran = run(folder, process.execPath, args(), { ...process.env, CDK8S_OUTDIR: `by-${name}` });
  expect([ran.stderr, ran.status]).toEqual(['', 0]);
  expect(manifests(`by-${name}`)).toBe(manifests('by-node'));
});

test('cdk8s synth writes the same YAML', () => {
  write(folder, { 'cdk8s.yaml': 'language: typescript\napp: node main.js\noutput: by-cdk8s\n' });
  const ran = run(folder, process.execPath, [command('cdk8s'), 'synth'], { ...process.env, CDK8S_CHECK_UPGRADE: 'false', CI: '1' });
  expect([ran.status, ran.stderr]).toEqual([0, expect.anything()]);
  expect(manifests('by-cdk8s')).toBe(manifests('by-node'));
});

test('all that the package imports is named in its package.json, and what only some need is optional', () => {
  const root = join(folder, 'node_modules', 'cdk8s-jobs');
  const { dependencies, peerDependencies, peerDependenciesMeta } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, object>;
  const imported = packed.files.filter((path) => path.startsWith('lib/')).flatMap((path) => (
    [...readFileSync(join(root, path), 'utf8').matchAll(/(?:\bfrom |\brequire\(|\bimport\()['"]((?:@[\w-]+\/)?[\w-]+)[\w\/.-]*['"]/g)].map(([, name = '']) => name)
  ));
  const named = Object.keys({ ...dependencies, ...peerDependencies });
  expect([...new Set(imported)].filter((name) => !named.includes(name) && !isBuiltin(name)).sort()).toEqual([]);
  expect(imported).toEqual(expect.arrayContaining(['vitest', '@jest/globals', 'cdk8s']));
  expect(peerDependenciesMeta).toEqual({ '@kubernetes/client-node': { optional: true }, '@jest/globals': { optional: true }, 'vitest': { optional: true } });
});
