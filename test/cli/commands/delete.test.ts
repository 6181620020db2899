import { join } from 'node:path';
import type { KubernetesObject } from '../../../src/port/cluster-port';
import { configMaps, cronJobs, jobs } from '../../../src/port/resources';
import { runProgram } from '../../program/run-program';
import { runMain } from '../run-main';
import { openServedCluster, type ServedCluster } from '../served-cluster';

const spec = { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox:1.36', command: ['true'] }] } } };
const job = (name: string, team = 'none'): KubernetesObject => ({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name, labels: { team } }, spec });
const cronJob = (name: string, team = 'none'): KubernetesObject => (
  { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name, labels: { team } }, spec: { schedule: '* * * * *', jobTemplate: { spec } } }
);
const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } };
const generated = { ...job('x'), metadata: { generateName: 'etl-' } };

let served: ServedCluster;
beforeEach(async () => {
  served = await openServedCluster({
    'all.yaml': [job('etl'), cronJob('nightly'), settings].map((object) => JSON.stringify(object)).join('\n---\n'),
    'missing.yaml': JSON.stringify(job('gone')),
    'generated.yaml': JSON.stringify(generated),
  });
  const { cluster, clock } = served;
  for (const object of [cronJob('nightly', 'a'), settings]) await cluster.create(object);
  // The CronJob makes a Job of its own: one, since one minute begins.
  await clock.advance(61 - (clock.now() / 1000) % 60);
  for (const object of [job('etl'), job('report', 'a')]) await cluster.create(object);
});
afterEach(() => served.close());

/** The names of what is there. */
async function left(): Promise<string[]> {
  await served.clock.advance(1);
  const lists = await Promise.all([jobs, cronJobs, configMaps].map((resource) => served.cluster.list(resource)));
  return lists.flatMap(({ items }) => items.map(({ metadata }) => metadata?.name?.replace(/-\d+$/, '-made') ?? ''))
    .filter((name) => name !== 'kube-root-ca.crt').sort();
}

test.each<[words: string, status: number, deleted: readonly string[], stays: readonly string[]]>([
  ['etl report', 0, ['job.batch/etl', 'job.batch/report'], ['nightly', 'nightly-made', 'settings']],
  ['cronjob/nightly', 0, ['cronjob.batch/nightly'], ['etl', 'report', 'settings']],
  ['cj nightly --cascade orphan', 0, ['cronjob.batch/nightly'], ['etl', 'nightly-made', 'report', 'settings']],
  ['-l team=a', 0, ['job.batch/report'], ['etl', 'nightly', 'nightly-made', 'settings']],
  ['jobs -l team!=a', 0, ['job.batch/etl', 'job.batch/nightly-made'], ['nightly', 'report', 'settings']],
  ['cronjobs --all', 0, ['cronjob.batch/nightly'], ['etl', 'report', 'settings']],
  ['all -l team=a', 0, ['job.batch/report', 'cronjob.batch/nightly'], ['etl', 'settings']],
  ['-f all.yaml', 0, ['job.batch/etl', 'cronjob.batch/nightly', 'configmap/settings'], ['report']],
  ['-f missing.yaml -f all.yaml', 127, ['job.batch/etl', 'cronjob.batch/nightly', 'configmap/settings'], ['report']],
  ['-f generated.yaml', 125, [], ['etl', 'nightly', 'nightly-made', 'report', 'settings']],
])('delete %s ends with %i', async (call, status, deleted, stays) => {
  const words = call.split(' ').map((word) => (word.endsWith('.yaml') ? join(served.folder, word) : word));
  const result = await runProgram(['delete', ...words, '--kubeconfig', served.kubeconfig]);
  expect({ status: result.status, stdout: result.stdout.replaceAll(/-\d+ /g, '-made ') }).toEqual({ status, stdout: deleted.map((name) => `${name} deleted\n`).join('') });
  expect(await left()).toEqual(stays);
});

test('delete -A deletes in all namespaces what -l or --all choose', async () => {
  const { cluster, kubeconfig } = served;
  await cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'media' } });
  for (const name of ['etl', 'report']) await cluster.create({ ...job(name, 'b'), metadata: { name, namespace: 'media', labels: { team: 'b' } } });
  expect(await runProgram(['delete', '-A', '-l', 'team=b', '--kubeconfig', kubeconfig]))
    .toEqual({ status: 0, stdout: 'job.batch/etl deleted from media namespace\njob.batch/report deleted from media namespace\n', stderr: '' });
  expect(await left()).toEqual(['etl', 'nightly', 'nightly-made', 'report', 'settings']);
  expect(await runProgram(['delete', 'jobs', '-A', '-l', 'team=b', '--kubeconfig', kubeconfig]))
    .toEqual({ status: 0, stdout: '', stderr: 'no Jobs in any namespace with the labels team=b\n' });
});

test('nothing found is no error', async () => {
  expect(await runProgram(['delete', 'all', '-l', 'team=none-such', '--kubeconfig', served.kubeconfig]))
    .toEqual({ status: 0, stdout: '', stderr: 'no Jobs or CronJobs in namespace default with the labels team=none-such\n' });
});

test.each([
  [[], 'There is nothing named to be deleted'],
  [['jobs'], 'There is no name behind jobs'],
  [['etl', '-l', 'a=b'], '-l and a name exclude each other'],
  [['etl', '--all'], '--all and a name exclude each other'],
  [['--all', '-l', 'a=b'], '-l and --all exclude each other'],
  [['-f', 'all.yaml', '--all'], '-f and --all exclude each other'],
  [['-f', 'all.yaml', 'etl'], '-f and a name exclude each other'],
  [['-f', 'all.yaml', 'jobs'], '-f and jobs exclude each other'],
  [['-l', ' '], 'Cannot delete by -l "": it chooses all'],
  [['etl', '-A'], '-A and a name exclude each other'],
  [['-f', 'all.yaml', '-A'], '-A and -f exclude each other'],
  [['-A', '--all', '-n', 'media'], '-A and -n exclude each other'],
  [['-A'], 'There is nothing named to be deleted'],
  [['jobs', '-A'], 'There is no name behind jobs'],
  [['pod/etl'], 'Cannot use pod/etl as a Job or CronJob'],
])('delete %j is refused before a cluster is asked', async (words, says) => {
  expect(await runMain(['delete', ...words])).toMatchObject({ status: 125, stdout: '', stderr: expect.stringContaining(`error: ${says}`) as string });
});
