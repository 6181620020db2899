import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeCluster } from './fake-cluster';
import { jobManifest, withCondition } from './objects';
import { Cluster } from '../../src/runtime/cluster';
import { openTape, readTape } from '../../src/runtime/record';
import { judge } from '../../src/verdict/judge';

const folder = mkdtempSync(join(tmpdir(), 'cdk8s-jobs-tape-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

test('a recorded run is judged as it was judged live', async () => {
  const file = join(folder, 'run.tape');
  const fake = new FakeCluster();
  fake.onApply = (job) => {
    fake.put(withCondition(job, 'Failed', 'BackoffLimitExceeded', 'too often'));
  };
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, stringData: { password: 'hunter2' } };
  const tape = await openTape(file, { tape: 'run', manifests: [secret, jobManifest('demo')] });
  const { jobs: [live] } = await new Cluster(fake).run(jobManifest('demo'), { record: tape });
  await tape.close();
  expect(readFileSync(file, 'utf8')).not.toContain('hunter2');
  const { head, observations } = readTape(file);
  expect(head).toMatchObject({ tape: 'run' });
  expect(judge(observations)).toEqual(live);
});

test('a tape whose writer was killed is read to the last whole line', () => {
  const file = write('cut.tape', '{"tape":"cut"}\n{"at":0,"action":{"do":"create","kind":"Job"},"answer":{"code":201}}\n{"at":1,"wat');
  expect(readTape(file).observations).toHaveLength(1);
});

test.each([
  ['an empty file', ''],
  ['a manifest', 'apiVersion: batch/v1\n'],
  ['some other JSON', '{"a":1}\n'],
  ['a broken line in the middle', '{"tape":"x"}\n{"at":\n{"at":1}\n'],
])('%s is no tape', (_, text) => {
  expect(() => readTape(write('bad.tape', text))).toThrow(/Cannot read/);
});

test('a tape that cannot be written is an error before anything runs', async () => {
  await expect(openTape(join(folder, 'no', 'such', 'folder.tape'), { tape: 'x' })).rejects.toMatchObject({ code: 'USAGE' });
});
