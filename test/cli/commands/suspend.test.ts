import type { KubernetesObject } from '../../../src/port/cluster-port';
import { cronJobs, jobs } from '../../../src/port/resources';
import { runProgram } from '../../program/run-program';
import { openServedCluster, type ServedCluster } from '../served-cluster';

const spec = { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox:1.36', command: ['true'] }] } } };
const cronJob: KubernetesObject = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'nightly' }, spec: { schedule: '* * * * *', jobTemplate: { spec } } };

let served: ServedCluster;
beforeAll(async () => {
  served = await openServedCluster();
  await served.cluster.create(cronJob);
  await served.cluster.create({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'etl' }, spec });
});
afterAll(() => served.close());

const call = (...words: readonly string[]): Promise<object> => runProgram([...words, '--kubeconfig', served.kubeconfig]);

/** The Jobs that the CronJob has made. */
async function made(): Promise<number> {
  return (await served.cluster.list(jobs)).items.filter(({ metadata }) => metadata?.ownerReferences !== undefined).length;
}

test('a CronJob that is suspended makes no Jobs until it is resumed', async () => {
  const { clock, cluster } = served;
  expect(await call('suspend', 'cronjob/nightly', 'etl')).toEqual({ status: 0, stdout: 'cronjob.batch/nightly suspended\njob.batch/etl suspended\n', stderr: '' });
  expect((await cluster.get({ resource: cronJobs, name: 'nightly' })).spec).toMatchObject({ suspend: true });
  await clock.advance(180);
  expect(await made()).toBe(0);
  expect(await call('suspend', 'cj', 'nightly')).toMatchObject({ stdout: 'cronjob.batch/nightly is suspended already\n' });
  expect(await call('resume', 'cj/nightly')).toEqual({ status: 0, stdout: 'cronjob.batch/nightly resumed\n', stderr: '' });
  await clock.advance(120);
  expect(await made()).toBeGreaterThan(0);
  expect(await call('resume', 'cj/nightly')).toMatchObject({ stdout: 'cronjob.batch/nightly is not suspended\n' });
});

test.each(['suspend', 'resume'])('%s of a CronJob that is not there', async (verb) => {
  expect(await call(verb, 'cj/nope')).toMatchObject({ status: 127, stdout: '' });
});
