import { runMain } from '../run-main';
import { makeFolder, type TemporaryFolder } from '../temporary-folder';

function jobOf(name: string): string {
  const containers = [{ name: 'main', image: 'busybox:1.36', command: ['true'] }];
  return JSON.stringify({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: { template: { spec: { restartPolicy: 'Never', containers } } } });
}

let folder: TemporaryFolder;
beforeAll(() => {
  folder = makeFolder({ 'a.yaml': jobOf('a'), 'b.yaml': jobOf('b') });
});
afterAll(() => folder.remove());

test.each([
  ['validate -f a.yaml', 0, '1 file, 1 document, 1 Job: 0 errors'],
  ['validate --filename=a.yaml -f b.yaml', 0, '2 files, 2 documents, 2 Jobs: 0 errors'],
  ['validate a.yaml -f b.yaml', 0, '2 files, 2 documents, 2 Jobs: 0 errors'],
  ['validate -f .', 0, '2 files, 2 documents, 2 Jobs: 0 errors'],
  ['validate -f -', 0, '1 file, 1 document, 1 Job: 0 errors'],
  ['validate -f missing.yaml', 125, 'Cannot read missing.yaml'],
  ['simulate -f a.yaml -f b.yaml --name b', 0, 'Complete'],
  ['simulate -f a.yaml -f b.yaml', 0, 'b: Complete'],
  ['run --local -f a.yaml -f b.yaml', 0, 'Complete'],
  ['run --local -f a.yaml --report a.yaml', 125, 'the manifests are in it'],
])('%s ends with %i: %s', async (call, status, says) => {
  const result = await runMain(call.split(' '), { cwd: folder.path, input: jobOf('stdin') });
  expect({ status: result.status, text: `${result.stdout}${result.stderr}` }).toEqual({ status, text: expect.stringContaining(says) as string });
});

test.each(['validate', 'simulate', 'run', 'apply'])('%s without a manifest says how to name one', async (command) => {
  expect(await runMain([command])).toEqual({ status: 125, stdout: '', stderr: 'error: No manifest is named\nhint: write FILE or -f FILE, or - for stdin\n' });
});
