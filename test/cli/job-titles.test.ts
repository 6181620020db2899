/** Jobs of one name in two namespaces are told apart wherever a run is shown. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runMain } from './run-main';
import { makeFolder, type TemporaryFolder } from './temporary-folder';
import { titleOf, twinNames } from '../../src/cli/tables/job-titles';

const job = (name: string, namespace: string | undefined, command = 'true', after = ''): string => `apiVersion: batch/v1
kind: Job
metadata:
  name: ${name}
${namespace === undefined ? '' : `  namespace: ${namespace}\n`}${after === '' ? '' : `  annotations: {cdk8s-jobs/after: ${after}}\n`}spec:
  backoffLimit: 0
  template:
    spec:
      restartPolicy: Never
      containers: [{name: main, image: busybox, command: ["${command}"]}]
`;

let folder: TemporaryFolder;
beforeAll(() => {
  folder = makeFolder({
    'jobs.yaml': [job('etl', undefined), job('etl', 'media', 'false'), job('load', 'media', 'true', 'etl'), job('clean', undefined, 'true', 'etl')].join('---\n'),
    'one.yaml': [job('etl', 'media'), job('load', 'media', 'true', 'etl')].join('---\n'),
  });
});
afterAll(() => folder.remove());

test('on a terminal, in the order, the talk and the summary', async () => {
  const { status, stderr } = await runMain(['run', '--local', 'jobs.yaml'], { cwd: folder.path });
  expect(status).not.toBe(0);
  expect(stderr).toContain('order: default/etl, media/etl → load, clean\n');
  expect(stderr).toMatch(/^default\/etl +Complete 1\/1 in/m);
  expect(stderr).toMatch(/^media\/etl +Failed \(BackoffLimitExceeded\) after/m);
  expect(stderr).toMatch(/^ {2}default\/etl +Complete +1\/1 done/m);
  expect(stderr).toMatch(/^ {2}media\/etl +Failed/m);
  expect(stderr).not.toMatch(/^etl /m);
});

test('and names stay alone where there is one of each', async () => {
  const { stderr } = await runMain(['run', '--local', 'one.yaml'], { cwd: folder.path });
  expect(stderr).toContain('order: etl → load\n');
  expect(stderr).not.toContain('media/');
});

test('in the report', async () => {
  await runMain(['run', '--local', 'jobs.yaml', '--report', 'run.html'], { cwd: folder.path });
  const page = readFileSync(join(folder.path, 'run.html'), 'utf8');
  expect(page).toMatch(/<a href="#job-1">media\/etl<\/a>/);
  expect(page).toMatch(/<h2>default\/etl /);
});

test('in a workflow of GitHub', async () => {
  const summary = join(folder.path, 'summary.md');
  const { stdout } = await runMain(['run', '--local', 'jobs.yaml', '-o', 'github'], { cwd: folder.path, env: { PATH: process.env.PATH, GITHUB_STEP_SUMMARY: summary } });
  expect(stdout).toMatch(/::error .*title=Job media\/etl%3A Failed/);
  expect(readFileSync(summary, 'utf8')).toMatch(/\| ❌ \| media\/etl \|.*\n\| ⏭️ \| load \| media\/etl \|/);
});

test.each<[string, ReadonlyArray<{ name?: string | null; namespace?: string | null }>, readonly string[]]>([
  ['no Jobs', [], []],
  ['one Job twice in its namespace', [{ name: 'a', namespace: 'x' }, { name: 'a', namespace: 'x' }], ['a', 'a']],
  ['a namespace that is not written, and one that is', [{ name: 'a' }, { name: 'a', namespace: 'x' }], ['a', 'x/a']],
  ['names that are made in the cluster', [{ namespace: 'x' }, { namespace: 'y' }, { name: null }], ['', '', '']],
])('titles of %s', (_, jobs, titles) => {
  expect(jobs.map((one) => titleOf(one, twinNames(jobs)))).toEqual(titles);
});
