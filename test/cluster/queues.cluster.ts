/** Jobs in the queues of a real Kueue: what our own `run` and the other commands make of them. */
import { createUser, testCluster, until } from './api';
import { pathOf } from './harness/objects';
import { openKubeApi } from './kube-api';
import { type Kueue, buildKueue, startKueue } from './queues/kueue';
import { highPriority } from './queues/kueue-objects';
import { openScene, type Scene, workloadsOf } from './queues/scene';
import { type KubernetesObject } from '../../src/port/cluster-port';
import { queueRules } from '../../src/rules/hints/queue';
import { findQueueFaults } from '../../src/rules/validate-manifest';
import { rightsFor, rulesOf } from '../../src/runtime/doctor/rbac';
import { exitStatus } from '../../src/verdict/exit-status';
import { runInProcess } from '../end-to-end/local-stage';

const cluster = testCluster();
const say = (line: string): void => void process.stderr.write(`${line}\n`);
/** The first build on two slow cores. */
const buildMs = 20 * 60_000;

let kueue: Kueue;
beforeAll(async () => {
  kueue = await startKueue(cluster, await buildKueue(say));
}, buildMs);
afterAll(() => kueue.stop(), 5 * 60_000);

/** A test with queues of its own; they mostly wait, so that they run side by side. */
function inQueue(name: string, milliCpu: number, play: (scene: Scene) => Promise<void>): void {
  test.concurrent(name, async () => {
    const scene = await openScene(cluster, kueue, milliCpu);
    try {
      await play(scene);
    } finally {
      await scene.close();
    }
  }, 5 * 60_000);
}

inQueue('a Job for which there is room is admitted and runs', 30, async (scene) => {
  const verdict = await scene.run({ name: 'queue-admitted', what: 'There is room in the queue.' }).end;
  expect(verdict).toMatchObject({ verdict: 'Complete', queue: { name: 'team', preemptions: 0 } });
});

inQueue('a Job for which there is no room now waits, and runs once there is', 30, async (scene) => {
  const holder = scene.run({ name: 'holder', script: 'sleep 10', milliCpu: 30 });
  await scene.untilRunning('holder');
  const waiting = scene.run({ name: 'queue-short', what: 'The queue has no room until another Job has ended.' });
  expect(await waiting.untilSaid('insufficient unused quota for cpu')).toMatchObject({ verdict: 'Suspended', diagnosis: 'Queued', canHeal: true });
  const [held, verdict] = await Promise.all([holder.end, waiting.end]);
  expect([held.verdict, verdict.verdict]).toEqual(['Complete', 'Complete']);
  expect(verdict.queue?.queuedSeconds).toBeGreaterThan(0);
});

inQueue('a Job that is larger than its queue is given up at once', 30, async (scene) => {
  const verdict = await scene.run({ name: 'queue-too-large', what: 'The Job asks for more than the queue will ever have.', milliCpu: 40 }).end;
  expect(verdict).toMatchObject({ verdict: 'Suspended', diagnosis: 'ExceedsQuota', stuck: true, canHeal: false });
  expect(exitStatus(verdict)).toBe(126);
});

inQueue('a Job that asks for what its queue does not have is given up at once', 30, async (scene) => {
  const verdict = await scene.run({ name: 'queue-unknown-resource', what: 'The queue has none of a resource that the Job asks for.', resources: { 'example.com/gpu': '1' } }).end;
  expect(verdict).toMatchObject({ diagnosis: 'ExceedsQuota', stuck: true, message: expect.stringContaining('resource example.com/gpu unavailable in ClusterQueue') });
});

inQueue('a Job whose queue, or whose ClusterQueue, is missing is given up', 30, async (scene) => {
  const options = { grace: { QueueMissing: 2 } };
  const runs = [
    scene.run({ name: 'queue-missing', what: 'There is no such LocalQueue.', queue: 'nosuch' }, options),
    scene.run({ name: 'queue-dangling', what: 'The LocalQueue names a ClusterQueue that is missing.', queue: 'dangling' }, options),
  ];
  const [missing, dangling] = await Promise.all(runs.map(({ end }) => end));
  expect(missing).toMatchObject({ diagnosis: 'QueueMissing', stuck: true, message: expect.stringContaining('LocalQueue nosuch doesn\'t exist') });
  expect(dangling).toMatchObject({ diagnosis: 'QueueMissing', stuck: true, message: expect.stringContaining('ClusterQueue nothing doesn\'t exist') });
});

inQueue('a Job of an unknown priority waits, and the hint names the priority', 30, async (scene) => {
  const going = scene.run({ name: 'queue-no-priority', what: 'There is no such WorkloadPriorityClass.', priority: 'nosuch' });
  await going.untilSaid('whether there is a WorkloadPriorityClass "nosuch"');
  going.interrupt();
  expect(await going.end).toMatchObject({ verdict: 'Suspended', diagnosis: 'Queued' });
});

inQueue('a Job makes room for one of higher priority, and runs again after it', 30, async (scene) => {
  const low = scene.run({ name: 'queue-preempted', what: 'The Job makes room for one of higher priority and runs again after it.', script: 'sleep 6', milliCpu: 20 });
  await scene.untilRunning('queue-preempted');
  const high = scene.run({ name: 'high', script: 'sleep 2', milliCpu: 20, priority: highPriority });
  await low.untilSaid('preempted after');
  const [preempted, preemptor] = await Promise.all([low.end, high.end]);
  expect(preemptor).toMatchObject({ verdict: 'Complete', queue: { preemptions: 0 } });
  expect(preempted).toMatchObject({ verdict: 'Complete', attempts: [{ result: 'preempted' }, { result: 'succeeded' }] });
  // Kueue may admit it once more, and take that back, before the other one has ended.
  expect(preempted?.queue?.preemptions).toBeGreaterThan(0);
});

inQueue('a Job that takes less runs with what there is, and an apply leaves that alone', 30, async (scene) => {
  const queued = {
    name: 'queue-partial', what: 'Three pods of five fit at once, and the Job takes two.', script: 'sleep 4', minParallelism: 2, spec: { parallelism: 5, completions: 5 },
  };
  const going = scene.run(queued);
  const pod = await scene.untilRunning(queued.name);
  expect((await scene.live(queued.name))?.spec).toMatchObject({ parallelism: 3, suspend: false });
  const generation = (await scene.live(queued.name))?.metadata.generation;
  await scene.client.apply(scene.job(queued));
  expect((await scene.live(queued.name))?.metadata.generation).toBe(generation);
  expect(await scene.untouchedPods(queued.name)).toContain(pod);
  expect(await going.end).toMatchObject({ verdict: 'Complete', counts: { succeeded: 5 } });
});

inQueue('an apply of a Job that was admitted changes what the manifest changes, and no pod', 30, async (scene) => {
  const queued = { name: 'work', script: 'sleep 4' };
  const going = scene.run(queued);
  const pod = await scene.untilRunning('work');
  const [applied] = await scene.client.apply(scene.job({ ...queued, spec: { activeDeadlineSeconds: 100 } }));
  expect(applied?.result).toBe('configured');
  expect((await scene.live('work'))?.spec).toMatchObject({ activeDeadlineSeconds: 100, suspend: false });
  expect(await scene.untouchedPods('work')).toEqual([pod]);
  expect(await going.end).toMatchObject({ verdict: 'Complete' });
});

inQueue('suspend deactivates a Job, which ends the run, and resume brings it back', 30, async (scene) => {
  const going = scene.run({ name: 'queue-deactivated', what: 'Somebody deactivates the Workload.', script: 'sleep 4' });
  await scene.untilRunning('queue-deactivated');
  await scene.client.suspend('queue-deactivated');
  expect(await going.end).toMatchObject({ diagnosis: 'Deactivated', stuck: true });
  expect((await scene.live('queue-deactivated'))?.spec.suspend).toBe(true);
  await scene.client.resume('queue-deactivated');
  expect((await scene.client.wait('queue-deactivated', { onSuspended: 'wait' })).jobs).toMatchObject([{ verdict: 'Complete' }]);
});

inQueue('resume does not claim to start a Job for which there is no room', 30, async (scene) => {
  const holder = scene.run({ name: 'holder', script: 'sleep 10', milliCpu: 30 });
  await scene.untilRunning('holder');
  const waiting = scene.run({ name: 'work' });
  await waiting.untilSaid('insufficient unused quota');
  await expect(scene.client.resume('work')).rejects.toThrow('it waits in queue team, which decides when it runs');
  expect([await holder.end, await waiting.end]).toMatchObject([{ verdict: 'Complete' }, { verdict: 'Complete' }]);
});

inQueue('retry makes a Job that waits for its turn again', 30, async (scene) => {
  const failed = await scene.run({ name: 'queue-failed', what: 'The Job is admitted and fails.', script: 'exit 3' }).end;
  expect(failed).toMatchObject({ verdict: 'Failed', exitCode: 3, queue: { name: 'team' } });
  const { metadata } = await scene.client.retry('queue-failed');
  expect(metadata?.uid).not.toBe(failed.uid);
  const { jobs: [again] } = await scene.client.wait('queue-failed');
  // Kueue may stop the new Job once more, when it has not yet heard that the old one is gone: such an attempt was killed.
  const { attempts = [], ...verdict } = again ?? {};
  expect(verdict).toMatchObject({ verdict: 'Failed', exitCode: 3, uid: metadata?.uid });
  expect(attempts.at(-1)).toMatchObject({ result: 'failed' });
  expect(new Set(attempts.slice(0, -1).map(({ result }) => result))).toEqual(new Set(attempts.length > 1 ? ['killed'] : []));
});

inQueue('retry --failed lets the failed indexes wait for their turn, each as a Job', 30, async (scene) => {
  const spec = { completionMode: 'Indexed', completions: 3, parallelism: 3, backoffLimit: 9, backoffLimitPerIndex: 0 };
  expect(await scene.run({ name: 'shards', script: 'exit $JOB_COMPLETION_INDEX', spec }).end).toMatchObject({ verdict: 'Failed' });
  const { jobs } = await scene.client.retry('shards', { failed: true });
  expect(jobs.map(({ verdict, queue }) => `${verdict} ${queue?.name}`)).toEqual(['Failed team', 'Failed team']);
});

inQueue('--on-interrupt suspend stops a Job that was admitted for good, and delete takes its Workload along', 30, async (scene) => {
  const suspended = scene.run({ name: 'stopped', script: 'sleep 60' }, { onInterrupt: 'suspend' });
  const deleted = scene.run({ name: 'deleted', script: 'sleep 60' }, { onInterrupt: 'delete' });
  await Promise.all([scene.untilRunning('stopped'), scene.untilRunning('deleted')]);
  for (const going of [suspended, deleted]) going.interrupt();
  await Promise.all([suspended.end, deleted.end]);
  await until('one Job is stopped and one is gone', async () => {
    const [stopped, gone, workloads] = await Promise.all([scene.live('stopped'), scene.live('deleted'), workloadsOf(cluster, scene)]);
    const isStopped = stopped?.spec.suspend === true && stopped.status?.active === undefined;
    return (isStopped && gone === undefined && workloads.length === 1) || undefined;
  });
});

inQueue('delete takes a Job out of its queue', 30, async (scene) => {
  const going = scene.run({ name: 'work', milliCpu: 40 }, { grace: { ExceedsQuota: 60 } });
  await going.untilSaid('ExceedsQuota');
  await scene.client.delete('work');
  expect(await going.end).toMatchObject({ verdict: 'Deleted' });
  await until('no Workload is left', async () => (await workloadsOf(cluster, scene)).length === 0 || undefined);
});

inQueue('doctor names the queues and what they lack', 30, async ({ namespace }) => {
  const ask = async (): Promise<string> => {
    const { stdout } = await runInProcess(['doctor', '--kubeconfig', cluster.kubeconfig, '-n', namespace], {});
    return /^.*kueue.*$/m.exec(stdout)?.[0] ?? stdout;
  };
  // Kueue has something to say of a queue a moment after it was made.
  const line = await until('Kueue has judged both queues', async () => {
    const said = await ask();
    return said.includes('not active yet') ? undefined : said;
  });
  expect(line).toMatch(/^ok +kueue +v1beta2; queues here: dangling \(ClusterQueueDoesNotExist\), team \(active\)$/);
});

inQueue('the Role of rbac --queues is enough to tell why a Job waits, and to take it out of its turn', 30, async (scene) => {
  const { namespace, client } = scene;
  const token = await createUser(cluster, namespace, 'user', rulesOf(rightsFor(['run', 'suspend'], { queues: true })));
  const api = openKubeApi(cluster.kubeconfig, token);
  // The authorizer learns of a Role a moment after it was made.
  await until('the Role is known', async () => (await api.request('GET', pathOf('Workload', namespace))).status === 200 || undefined);
  const user = await scene.clientOf(token);
  const [verdict] = (await user.run(scene.job({ name: 'work', milliCpu: 40 }))).jobs;
  expect(verdict).toMatchObject({ diagnosis: 'ExceedsQuota', stuck: true });
  await user.suspend('work');
  expect((await client.wait('work')).jobs).toMatchObject([{ diagnosis: 'Deactivated' }]);
});

inQueue('Kueue\'s webhook says of each example of its rules what we say', 30, async ({ namespace }) => {
  for (const { id, example, isBad } of webhookExamples()) {
    const manifest = queueRules.webhook.wrap(example) as KubernetesObject;
    const { status, body } = await cluster.api.request('POST', `/apis/batch/v1/namespaces/${namespace}/jobs?dryRun=All`, manifest);
    expect({ id, example, isRefused: status >= 400 }).toEqual({ id, example, isRefused: isBad });
    const { message } = body as { readonly message?: string };
    const ours = findQueueFaults(manifest);
    expect({ id, example, isRefused: ours.length > 0 }).toEqual({ id, example, isRefused: isBad });
    for (const { field, message: words } of ours) expect(message).toEqual(expect.stringMatching(new RegExp(`${escaped(field)}: Invalid value: .*${escaped(words)}`)));
  }
});

inQueue('the webhook suspends a Job that names a queue, and no other', 30, async (scene) => {
  const { spec } = scene.job({ name: 'work' });
  for (const [labels, suspend] of [[{ 'kueue.x-k8s.io/queue-name': 'team' }, true], [{}, false]] as const) {
    const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'work', labels }, spec };
    const { body } = await cluster.api.mustRequest('POST', `/apis/batch/v1/namespaces/${scene.namespace}/jobs?dryRun=All`, job);
    expect((body as { readonly spec: object }).spec).toMatchObject({ suspend: suspend && kueue.hasWebhooks });
  }
});

/** What the rules of the webhook call good and bad; none on a cluster that cannot reach the webhook. */
function webhookExamples(): ReadonlyArray<{ readonly id: string; readonly example: object; readonly isBad: boolean }> {
  if (!kueue.hasWebhooks) return [];
  return queueRules.webhook.rules.flatMap(({ id, examples: { bad, good } }) =>
    [...bad.map((example) => ({ id, example, isBad: true })), ...good.map((example) => ({ id, example, isBad: false }))]);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
