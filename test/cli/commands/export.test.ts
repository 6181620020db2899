import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { runMain } from '../run-main';
import { makeFolder, type TemporaryFolder } from '../temporary-folder';

const job = (name: string, spec = '', metadata = ''): string => `apiVersion: batch/v1
kind: Job
metadata: {name: ${name}${metadata}}
spec:
${spec}  template: {spec: {restartPolicy: Never, containers: [{name: main, image: "app:1"}]}}
`;
const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n';

let folder: TemporaryFolder;
beforeAll(() => {
  folder = makeFolder({
    'etl.yaml': `${settings}---\n${job('extract')}---\n${job('load', '', ', annotations: {cdk8s-jobs/after: extract}')}`,
    'ring.yaml': job('ring').replace('{spec: {', '{spec: {subdomain: ring, '),
    'bad.yaml': `${job('a')}---\n${job('b', '  ttlSecondsAfterFinished: 5\n  suspend: true\n')}`,
    'mine.yaml': 'mine\n',
  });
});
afterAll(() => folder.remove());

function call(...args: readonly string[]): ReturnType<typeof runMain> {
  return runMain(['export', ...args], { cwd: folder.path });
}

test('what waits for nothing stands in front of the Workflow, and all of it begins with who wrote it', async () => {
  const { status, stdout, stderr } = await call('--argo', 'etl.yaml', '--name', 'etl');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^# Written by cdk8s-jobs export --argo\n/);
  expect(parseAllDocuments(stdout).map((document) => document.toJS() as object)).toMatchObject([
    { kind: 'ConfigMap' }, { kind: 'Workflow', metadata: { generateName: 'etl-' }, spec: { templates: [{}, { name: 'extract' }, { name: 'load' }] } },
  ]);
});

test('the same files give the same bytes, on stdout and in a file, which is replaced', async () => {
  const { stdout } = await call('--argo', 'etl.yaml', '--template', '--service-account', 'runner');
  for (const _ of [1, 2]) {
    expect(await call('--argo', 'etl.yaml', '--template', '--service-account', 'runner', '--out', 'w.yaml')).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(readFileSync(join(folder.path, 'w.yaml'), 'utf8')).toBe(stdout);
  }
});

test('a file that somebody else wrote is left as it is', async () => {
  const { status, stderr } = await call('--argo', 'etl.yaml', '--out', 'mine.yaml');
  expect(status).toBe(125);
  expect(stderr).toContain('mine.yaml');
  expect(readFileSync(join(folder.path, 'mine.yaml'), 'utf8')).toBe('mine\n');
});

test('what Argo would misread is said with its place, and nothing is written', async () => {
  writeFileSync(join(folder.path, 'old.yaml'), '# Written by cdk8s-jobs export --argo\n');
  const { status, stdout, stderr } = await call('--argo', 'bad.yaml', '--out', 'old.yaml');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('error: bad.yaml:12:12: document 2: spec.suspend: Forbidden: Argo waits for ever');
  expect(stderr).toContain('error: bad.yaml:11:28: document 2: spec.ttlSecondsAfterFinished: Invalid value: 5: Argo looks every 5 seconds');
  expect(readFileSync(join(folder.path, 'old.yaml'), 'utf8')).toBe('# Written by cdk8s-jobs export --argo\n');
});

test('a warning keeps nothing from being written', async () => {
  const { status, stdout, stderr } = await call('--argo', 'ring.yaml');
  expect(status).toBe(0);
  expect(stdout).toContain('name: ring\n');
  expect(stderr).toMatch(/^warning: ring\.yaml:3:18: document 1: metadata\.name: Invalid value: stays as it is/);
});

test.each([
  ['no engine', ['etl.yaml'], 'error: Cannot export: no engine is named\nhint: write --argo for a Workflow of Argo Workflows\n'],
  ['a name that no object can have', ['--argo', 'etl.yaml', '--name', 'My_Run'], expect.stringContaining('error: Cannot use --name "My_Run": a lowercase RFC 1123') as string],
])('refused: %s', async (_, args, stderr) => {
  expect(await call(...args)).toEqual({ status: 125, stdout: '', stderr });
});
