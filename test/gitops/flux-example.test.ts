/** The example with one folder and one Kustomization for each step: what it writes, and what Flux's rules say of it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readManifests } from '../../src/yaml/read-manifests';
import { runMain } from '../cli/run-main';

const root = join(__dirname, '..', '..');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdk8s-jobs-flux-'));
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', join(root, 'examples', 'gitops', 'flux.ts')], {
    encoding: 'utf8',
    env: { ...process.env, CDK8S_OUTDIR: join(folder, 'dist'), TSX_TSCONFIG_PATH: join(root, 'test', 'tsconfig.json') },
  });
  expect([stderr, status]).toEqual(['', 0]);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true }));

/** The objects in the folder of a step. */
function objectsIn(step: string): object[] {
  const names = readdirSync(join(folder, 'dist', step)).sort();
  return names.flatMap((name) => [...readManifests(readFileSync(join(folder, 'dist', step, name)))].map(({ value }) => value as object));
}

test('each step has its folder, and a Kustomization that waits for the one before', () => {
  expect(readdirSync(join(folder, 'dist')).sort()).toEqual(['flux', 'migration', 'service']);
  expect(objectsIn('migration')).toMatchObject([{ kind: 'Job', metadata: { name: expect.stringMatching(/^migrate-[2-9b-z]{10}$/), namespace: 'orders' } }]);
  expect(objectsIn('service')).toMatchObject([{ kind: 'Deployment' }]);
  const [migration, service] = objectsIn('flux');
  expect(migration).toMatchObject({ metadata: { name: 'orders-migration' }, spec: { path: './dist/migration', wait: true, prune: true, timeout: '15m' } });
  expect(migration).not.toHaveProperty('spec.dependsOn');
  expect(service).toMatchObject({ spec: { path: './dist/service', dependsOn: [{ name: 'orders-migration' }] } });
});

test('the rules of Flux find nothing in it', async () => {
  const { status, stdout } = await runMain(['validate', '--gitops', 'flux', join(folder, 'dist')]);
  expect([stdout, status]).toEqual([expect.stringContaining(': 0 errors, 0 warnings'), 0]);
});
