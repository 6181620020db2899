import { type ApiServer, serveCluster } from '../../../src/local/api-server';
import { createLocalCluster } from '../../../src/local/local-cluster';
import type { ClusterPort } from '../../../src/port/cluster-port';
import { newestVersion } from '../../../src/rules/rule/versions';
import { runProgram, writeKubeconfig } from '../../end-to-end/served-stage';
import { ManualClock } from '../../fakes/alarm-clock';
import { ScriptedExecutor } from '../../fakes/scripted-executor';
import { makeFolder, type TemporaryFolder } from '../temporary-folder';

let folder: TemporaryFolder;
let cluster: ClusterPort;
let server: ApiServer;
let kubeconfig: string;

/** A cluster whose clock is 125 seconds behind, with one Job that has just begun. */
beforeAll(async () => {
  folder = makeFolder({});
  const clock = new ManualClock(Date.now() - 125_000);
  const local = await createLocalCluster({ clock, executor: new ScriptedExecutor(), seed: 1 });
  cluster = local;
  server = await serveCluster(local, { secret: 's3cret', version: newestVersion, clock });
  kubeconfig = writeKubeconfig(folder.path, server.url);
  const containers = [{ name: 'main', image: 'busybox', command: ['true'] }];
  const spec = { completions: 2, template: { spec: { restartPolicy: 'Never', containers } } };
  await local.create({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'etl' }, spec });
  await clock.advance(1);
});
afterAll(async () => {
  await server.close();
  await cluster.close();
  folder.remove();
});

test('a table tells ages as kubectl does', async () => {
  const { status, stdout, stderr } = await runProgram(['get', '--kubeconfig', kubeconfig]);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^NAME +STATUS +COMPLETIONS +FAILED +DURATION +AGE\netl +Running +0\/2 +0 +2m\d+s +2m\d+s\n$/);
});

test('names can be given to other commands', async () => {
  const { stdout } = await runProgram(['get', 'job/etl', '-o', 'name', '--kubeconfig', kubeconfig]);
  expect(stdout).toBe('job.batch/etl\n');
});
