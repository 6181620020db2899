import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findManifests } from '../../../src/cli/input/find-manifests';
import type * as ManifestFiles from '../../../src/cli/input/manifest-file';
import { FileOnDisk } from '../../../src/cli/input/manifest-file';
import { checkEach, type CheckedFile, type CheckSettings } from '../../../src/cli/validation/check-file';
import { threadsFor } from '../../../src/cli/validation/check-files';
import type * as Threads from '../../../src/cli/validation/check-in-threads';
import { reportOf } from '../../../src/cli/validation/report';
import { makeFolder, type TemporaryFolder } from '../temporary-folder';

/** A file of `src` as it is compiled, which is all that threads can load. */
function compiled<File>(name: string): File {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require(join(__dirname, '..', '..', '..', 'lib', `${name}.js`)) as File;
}

const { checkInThreads } = compiled<typeof Threads>('cli/validation/check-in-threads');
const { FileOnDisk: CompiledFile } = compiled<typeof ManifestFiles>('cli/input/manifest-file');

function job(name: string, annotations = '{}', command = '["true"]'): string {
  return [
    `{apiVersion: batch/v1, kind: Job, metadata: {name: ${name}, annotations: ${annotations}},`,
    `  spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: "busybox:1.36", command: ${command}}]}}}}`,
  ].join('\n');
}

const after = (name: string): string => `{cdk8s-jobs/after: "${name}"}`;
const indexed = '{apiVersion: batch/v1, kind: Job, metadata: {name: ranks}, spec: {completions: 2, completionMode: Indexed, template: '
  + '{metadata: {labels: {app: ranks}}, spec: {subdomain: ranks, restartPolicy: Never, containers: [{name: main, image: "busybox:1.36"}]}}}}';

let folder: TemporaryFolder;
let files: readonly FileOnDisk[];
beforeAll(() => {
  folder = makeFolder({
    'a/extract.yaml': job('extract'),
    'a/load.yaml': job('load', after('extract')),
    'a/reads.yaml': job('reads', after('extract'), '["<cdk8s-jobs:output/extract/rows>"]'),
    'a/early.yaml': job('early', '{}', '["<cdk8s-jobs:output/extract/rows>"]'),
    'b/twin.yaml': `${job('other')}\n---\n${job('extract')}`,
    'b/misspelt.yaml': job('misspelt', after('extrct')),
    'b/nightly.yaml': '{apiVersion: batch/v1, kind: CronJob, metadata: {name: nightly}, spec: {schedule: "61 * * * *"}}',
    'b/late.yaml': job('late', after('nightly')),
    'c/named.yaml': '{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}}',
    'c/settings.yaml': job('waits', after('settings')),
    'c/ranks.yaml': indexed,
    'c/service.yaml': '{apiVersion: v1, kind: Service, metadata: {name: ranks}, spec: {selector: {app: rank}}}',
    'd/broken.yaml': `${job('whole')}\n---\nkind: [Job`,
    'd/empty.yaml': '',
    'd/ring.yaml': `${job('one', after('two'))}\n---\n${job('two', after('one'))}`,
    'd/silent.yaml': job('silent', '{cdk8s-jobs/silence: "after-names-a-job", cdk8s-jobs/after: nobody}'),
  });
  const found = findManifests(folder.path).map(({ name }) => new FileOnDisk(name, join(folder.path, name)));
  files = [...found, new FileOnDisk('gone.yaml', join(folder.path, 'gone.yaml'))];
});
afterAll(() => folder.remove());

const settings: CheckSettings = { judging: { kubernetesVersion: '1.37' }, telling: { advice: 'all' }, mustHoldSome: true };
const report = { kubernetesVersion: '1.37', telling: settings.telling } as const;

test.each([1, 2, 3])('%d threads find what one finds, in the order of the files', async (threads) => {
  const checked = await checkInThreads(files.map(({ name, path }) => new CompiledFile(name, path)), settings, threads, 2);
  expect(checked).toEqual(checkEach(files, settings));
  expect(reportOf([], files, checked, report)).toEqual(reportOf([], files, checkEach(files, settings), report));
});

test('what a thread leaves out of an object, the checks of all together do not miss', () => {
  const checked = checkEach(files, settings);
  const whole: readonly CheckedFile[] = checked.map((file, index) => ({
    ...file,
    documents: file.documents.map((document, position) => ({
      ...document,
      objects: document.objects.map((object) => ({ ...object, part: files[index]?.stream.documents[position]?.value as object })),
    })),
  }));
  const { findings } = reportOf([], files, checked, report);
  expect(findings).toEqual(reportOf([], files, whole, report).findings);
  const together = ['name-given-once', 'after-names-a-job', 'after-cron-job-needs-once', 'after-without-circle', 'output-of-earlier-job',
    'output-filled-in-by-run', 'peers-service-is-headless', 'peers-service-selects-them'];
  expect(together.filter((id) => !findings.some(({ rule }) => rule === id))).toEqual([]);
});

test('a file that is gone is told of, and no file that was read', () => {
  const checked = checkEach(files, settings);
  expect(checked.at(-1)).toMatchObject({ isUnread: true, problem: { message: 'Cannot read gone.yaml: there is no such file or folder' } });
  expect(reportOf([], files, checked, report).files).toBe(files.length - 1);
});

test('a file that changes while a place in it is looked for is an error, and no wrong place', () => {
  const pair = ['first.yaml', 'second.yaml'].map((name) => new FileOnDisk(name, join(folder.path, name)));
  for (const { path } of pair) writeFileSync(path, job('twin'));
  const checked = checkEach(pair, settings);
  writeFileSync(join(folder.path, 'first.yaml'), '');
  expect(() => reportOf([], pair, checked, report)).toThrow('Cannot read first.yaml: it was changed while it was checked');
});

test.each([
  [0, 8, 1],
  [4999, 8, 1],
  [5000, 8, 2],
  [100_000, 8, 8],
  [100_000, 1, 1],
])('%d files on %d processors are checked in %d threads', (count, processors, threads) => {
  expect(threadsFor(count, processors)).toBe(threads);
});
