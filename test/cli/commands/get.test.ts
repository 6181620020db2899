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
  const nightly = { schedule: '@yearly', jobTemplate: { spec } };
  await local.create({ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'nightly' }, spec: nightly });
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

test.each([
  [['jobs'], /^NAME .*\netl /],
  [['cronjobs'], /^NAME +SCHEDULE +TIMEZONE +SUSPEND +ACTIVE +LAST SCHEDULE +AGE\nnightly +@yearly +<none> +False +0 +<none> +2m\d+s\n$/],
  [['cj', 'nightly', '-o', 'wide'], / CONTAINERS +IMAGES\nnightly .* main +busybox\n$/],
  [['all'], /^NAME .*\njob\.batch\/etl .*\n\nNAME .*\ncronjob\.batch\/nightly .*\n$/],
  [['jobs', '-A'], /^NAMESPACE +NAME +STATUS .*\ndefault +etl /],
  [['job/etl', 'cj/nightly', '-o', 'name'], /^job\.batch\/etl\ncronjob\.batch\/nightly\n$/],
  [['cronjobs', '-o', 'name'], /^cronjob\.batch\/nightly\n$/],
])('get %j prints what kubectl prints', async (words, expected) => {
  const { status, stdout, stderr } = await runProgram(['get', ...words, '--kubeconfig', kubeconfig]);
  expect([status, stderr, stdout]).toEqual([0, '', expect.stringMatching(expected)]);
});

test.each([
  [['etl', '-A'], '-A and a name exclude each other'],
  [['etl', '-l', 'a=b'], '-l and a name exclude each other'],
  [['-A', '-n', 'media'], '-A and -n exclude each other'],
])('get %j is refused', async (words, says) => {
  const { status, stderr } = await runProgram(['get', ...words, '--kubeconfig', kubeconfig]);
  expect([status, stderr]).toEqual([125, expect.stringContaining(says)]);
});
