import { FakeCluster } from './fake-cluster';
import { ManualTimers } from './manual-timers';
import { jobManifest, withCondition } from './objects';
import { ClusterError, type KubernetesObject } from '../../src/port/cluster-port';
import { jobs } from '../../src/port/resources';
import { Cluster } from '../../src/runtime/cluster';
import type { RetryFailedOptions, RetryResult } from '../../src/runtime/retry-failed';

let fake: FakeCluster;
let timers: ManualTimers;

beforeEach(() => {
  fake = new FakeCluster();
  timers = new ManualTimers();
});

/** An Indexed Job that failed, with these indexes done. */
function failed(completedIndexes: string, spec: object = {}): KubernetesObject {
  const job = withCondition(jobManifest('shards', { completionMode: 'Indexed', completions: 4, parallelism: 4, ...spec }), 'Failed', 'FailedIndexes');
  return { ...job, status: { ...job.status as object, completedIndexes } };
}

function retry(options: Partial<RetryFailedOptions> = {}): Promise<RetryResult> {
  return new Cluster(fake).retry('shards', { failed: true, timers, ...options });
}

const stored = (name: string): Promise<KubernetesObject> => fake.get({ resource: jobs, name });
const isSuspended = async (name: string): Promise<boolean> => ((await stored(name)).spec as { suspend?: boolean }).suspend === true;
const end = async (name: string, how: 'Complete' | 'Failed'): Promise<void> => {
  fake.put(withCondition(await stored(name), how, how === 'Complete' ? 'CompletionsReached' : 'BackoffLimitExceeded'));
  await timers.pass(2_000);
};

test('one Job for each index that has not succeeded, and one verdict for all', async () => {
  fake.put(failed('0,2'));
  const retrying = retry();
  await timers.pass(0);
  await end('shards-index-1', 'Complete');
  await end('shards-index-3', 'Failed');
  expect(await retrying).toMatchObject({
    retryOf: 'shards', indexes: '1,3', ok: false, jobs: [{ name: 'shards-index-1', verdict: 'Complete' }, { name: 'shards-index-3', verdict: 'Failed' }],
  });
  expect(await stored('shards')).toMatchObject({ kind: 'Job' });
});

test('no more run at once than the parallelism of the Job: the others are suspended until it is their turn', async () => {
  fake.put(failed('', { parallelism: 2 }));
  const retrying = retry();
  await timers.pass(0);
  const names = [0, 1, 2, 3].map((index) => `shards-index-${index}`);
  const suspended = (): Promise<boolean[]> => Promise.all(names.map(isSuspended));
  expect(await suspended()).toEqual([false, false, true, true]);
  await end('shards-index-1', 'Failed');
  expect(await suspended()).toEqual([false, false, false, true]);
  await end('shards-index-0', 'Complete');
  expect(await suspended()).toEqual([false, false, false, false]);
  for (const name of names.slice(2)) await end(name, 'Complete');
  expect((await retrying).jobs.map(({ verdict }) => verdict)).toEqual(['Complete', 'Failed', 'Complete', 'Complete']);
});

test('a second retry goes on with the first: what succeeded stays, what failed is made again, what waits gets its turn', async () => {
  fake.put(failed('', { parallelism: 1 }));
  const stop = new AbortController();
  const first = retry({ signal: stop.signal });
  await timers.pass(0);
  await end('shards-index-0', 'Complete');
  await end('shards-index-1', 'Failed');
  stop.abort();
  expect(await first).toMatchObject({ ok: false, interrupted: 'detach' });
  const uids = await Promise.all(['shards-index-0', 'shards-index-1', 'shards-index-2'].map(async (name) => (await stored(name)).metadata?.uid));
  const second = retry();
  await timers.pass(0);
  for (const name of ['shards-index-2', 'shards-index-3', 'shards-index-1']) await end(name, 'Complete');
  const { ok, jobs: verdicts } = await second;
  expect(ok).toBe(true);
  expect(verdicts.slice(0, 3).map(({ uid }, position) => uid === uids[position])).toEqual([true, false, true]);
});

test('time that is up starts nothing more', async () => {
  fake.put(failed('', { parallelism: 1 }));
  const retrying = retry({ timeoutSeconds: 60 });
  await timers.pass(61_000);
  expect((await retrying).jobs.map(({ timedOutAfter }) => timedOutAfter)).toEqual([60, 60, 60, 60]);
  expect(await isSuspended('shards-index-1')).toBe(true);
});

test('a Job that cannot be resumed ends the wait with the reason', async () => {
  fake.put(failed('0,1', { parallelism: 1 }));
  const retrying = retry();
  const ended = expect(retrying).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await timers.pass(0);
  fake.refuse = (call) => (call === 'patch jobs' ? new ClusterError('FORBIDDEN', 'may not', { status: 403 }) : undefined);
  await end('shards-index-2', 'Complete');
  await ended;
});

test.each<[string, KubernetesObject, RegExp]>([
  ['no indexes', withCondition(jobManifest('shards'), 'Failed'), /it is not Indexed$/],
  ['not ended', jobManifest('shards', { completionMode: 'Indexed' }), /it has not ended yet$/],
  ['succeeded', withCondition(jobManifest('shards', { completionMode: 'Indexed' }), 'Complete'), /it is complete$/],
  ['more indexes than Jobs can be made for', failed('', { completions: 501 }), /^Cannot retry 501 indexes .* one by one/],
])('the indexes of a Job that has %s are not retried', async (_, job, message) => {
  fake.put(job);
  await expect(retry()).rejects.toMatchObject({ code: 'USAGE', message: expect.stringMatching(message), hint: expect.stringMatching(/cdk8s-jobs/) });
  expect(fake.calls.filter((call) => /create|apply|delete/.test(call))).toEqual([]);
});

test.each<[string, object, KubernetesObject['metadata'], RegExp]>([
  ['belongs to somebody else', withCondition(jobManifest('x'), 'Failed'), {}, /there is a Job shards-index-3 already, which runs no index of shards$/],
  ['still runs for an older Job', jobManifest('x'), {
    labels: { 'cdk8s-jobs/retry-of': 'shards' }, annotations: { 'cdk8s-jobs/retry-of-uid': 'older' },
  }, /which still runs an index of an older Job shards$/],
])('a Job that has the name of an index\'s and %s is not deleted', async (_, job, metadata, message) => {
  fake.put(failed('0-2'));
  fake.put({ ...job, metadata: { name: 'shards-index-3', ...metadata } });
  await expect(retry()).rejects.toMatchObject({ code: 'USAGE', message: expect.stringMatching(message), hint: expect.stringMatching(/delete shards-index-3/) });
  expect(fake.calls.filter((call) => /create|apply|delete/.test(call))).toEqual([]);
});
