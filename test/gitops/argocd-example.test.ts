/** The example with Argo CD: what it writes, what Argo CD's rules say of it, and that its workflow calls what there is. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readManifests } from '../../src/yaml/read-manifests';
import { runMain } from '../cli/run-main';

const root = join(__dirname, '..', '..');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdk8s-jobs-argocd-'));
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', join(root, 'examples', 'gitops', 'argocd.ts')], {
    encoding: 'utf8',
    env: { ...process.env, CDK8S_OUTDIR: join(folder, 'dist'), TSX_TSCONFIG_PATH: join(root, 'test', 'tsconfig.json') },
  });
  expect([stderr, status]).toEqual(['', 0]);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true }));

test('the migration is named by its content and comes first, the smoke test is a hook', () => {
  const objects = readManifests(readFileSync(join(folder, 'dist', 'orders.k8s.yaml'))).map(({ value }) => value);
  expect(objects).toMatchObject([
    { kind: 'Job', metadata: { name: expect.stringMatching(/^migrate-[2-9b-z]{10}$/), annotations: { 'argocd.argoproj.io/sync-wave': '-1' } } },
    { kind: 'Deployment' },
    { kind: 'Job', metadata: { name: 'smoke-test', annotations: { 'argocd.argoproj.io/hook': 'PostSync' } } },
  ]);
});

test('the rules of Argo CD find nothing in it', async () => {
  const { status, stdout } = await runMain(['validate', '--gitops', 'argocd', join(folder, 'dist')]);
  expect([status, stdout]).toEqual([0, expect.stringMatching(/^1 file, 3 documents, 2 Jobs, 1 of other kinds \(not checked\): 0 errors, 0 warnings/)]);
});

test('a new image makes the migration run again', async () => {
  const [old, changed] = [join(folder, 'dist'), join(folder, 'changed')];
  const source = readFileSync(join(root, 'examples', 'gitops', 'argocd.ts'), 'utf8').replace('orders:7', 'orders:8');
  const program = join(root, 'examples', 'gitops', `changed-${process.pid}.ts`);
  writeFileSync(program, source);
  try {
    const env = { ...process.env, CDK8S_OUTDIR: changed, TSX_TSCONFIG_PATH: join(root, 'test', 'tsconfig.json') };
    expect(spawnSync(process.execPath, ['--import', 'tsx', program], { encoding: 'utf8', env }).status).toBe(0);
  } finally {
    rmSync(program);
  }
  const { status, stdout } = await runMain(['diff', '--from', old, changed, '--gitops', 'argocd']);
  expect([status, stdout]).toEqual([0, expect.stringMatching(/runs again\s+.*migrate-[2-9b-z]{10}/)]);
});
