/** Jobs that Kueue holds in a queue; its words are those of Kueue 0.17 on a live cluster. */
import { ended, going, isTrue, running, Story } from './story';
import { headlineOf, queueWords } from '../../src/cli/tables/verdict-words';
import { exitStatus } from '../../src/verdict/exit-status';
import { judge, startJudging } from '../../src/verdict/judge';

const labels = { 'kueue.x-k8s.io/queue-name': 'team' };
const suspended = { spec: { suspend: true } };
const isFalse = (type: string, reason: string, message: string) => ({ type, status: 'False', reason, message });
const queued = (more: object = {}) => new Story({}, { labels: { ...labels, ...more } }).job(0, {}, suspended);
const waits = (reason: string, message: string) => queued().workload(0.1, { conditions: [isFalse('QuotaReserved', reason, message)] });
const short = 'couldn\'t assign flavors to pod set main: insufficient unused quota for cpu in flavor default, 100m more needed';
const tooLarge = 'couldn\'t assign flavors to pod set main: insufficient quota for cpu in flavor default, previously considered podsets requests (0) + current podset request (400m) > maximum capacity (300m)';
const tooLargeFor = (flavor: string) => tooLarge.replace('default', flavor);
const preemption = 'Preempted to accommodate a workload (UID: 1, JobUID: 2) due to prioritization in the ClusterQueue';
const preempted = () => new Story({}, { labels }).job(0, {}, suspended).job(0.3, {}, { spec: { suspend: false } }).pod(0.4, 'a', running)
  .event(4.3, 'job', 'Stopped', preemption).job(4.3, {}, suspended).pod(4.4, 'a', running, { metadata: going }).pod(5, 'a', ended(137), { metadata: going });

test.each<[string, Story, string, string, number | undefined]>([
  // sentence, story, diagnosis, message, end of the grace
  ['nothing is known yet', queued(), 'Queued', 'Job task: Queued: waits in queue team', undefined],
  ['room is short for now', waits('Pending', short), 'Queued', `Job task: Queued: waits in queue team: ${short}`, undefined],
  ['an admission check is open', queued().workload(0.1, { conditions: [isTrue('QuotaReserved', 'QuotaReserved')] }), 'Queued',
    'Job task: Queued: waits in queue team: its quota is reserved, and an admission check is open', undefined],
  ['it asks for more than there is', waits('Pending', tooLarge), 'ExceedsQuota', `Job task: ExceedsQuota: ${tooLarge}`, 10.1],
  ['another flavor would do, once there is room', waits('Pending', `${tooLargeFor('small')}, insufficient unused quota for cpu in flavor large, 1 more needed`), 'Queued',
    `Job task: Queued: waits in queue team: ${tooLargeFor('small')}, insufficient unused quota for cpu in flavor large, 1 more needed`, undefined],
  ['one resource is short now, and another always', waits('Pending', `${tooLarge}, insufficient unused quota for memory in flavor default, 1Gi more needed`), 'ExceedsQuota',
    `Job task: ExceedsQuota: ${tooLarge}, insufficient unused quota for memory in flavor default, 1Gi more needed`, 10.1],
  ['all its pods are too many, but it is content with fewer', queued().workload(0.1, { conditions: [isFalse('QuotaReserved', 'Pending', tooLarge)] }, { podSets: [{ name: 'main', count: 5, minCount: 2 }] }), 'Queued',
    `Job task: Queued: waits in queue team: ${tooLarge}`, undefined],
  ['its queue does not have what it asks for', waits('Pending', 'couldn\'t assign flavors to pod set main: resource example.com/gpu unavailable in ClusterQueue'), 'ExceedsQuota',
    'Job task: ExceedsQuota: couldn\'t assign flavors to pod set main: resource example.com/gpu unavailable in ClusterQueue', 10.1],
  ['there is no such queue', waits('Inadmissible', 'LocalQueue nosuch doesn\'t exist'), 'QueueMissing', 'Job task: QueueMissing: LocalQueue nosuch doesn\'t exist', 30.1],
  ['its queue hangs in the air', waits('Inadmissible', 'ClusterQueue nothing doesn\'t exist'), 'QueueMissing', 'Job task: QueueMissing: ClusterQueue nothing doesn\'t exist', 30.1],
  ['its Workload is deactivated', queued().workload(0.1, { conditions: [isTrue('Evicted', 'Deactivated', 'The workload is deactivated')] }, { active: false }), 'Deactivated',
    'Job task: Deactivated: The workload is deactivated', 0.1],
  ['it is deactivated, as far as the Events of the Job tell', queued().event(1, 'job', 'Stopped', 'The workload is deactivated'), 'Deactivated',
    'Job task: Deactivated: The workload is deactivated', 1],
  ['Kueue gave it up', queued().workload(0.1, { conditions: [isTrue('Finished', 'FailedToStart', 'invalid admission check PodSetUpdate')] }), 'WorkloadFinished',
    'Job task: WorkloadFinished: invalid admission check PodSetUpdate', 10.1],
  ['it made room for another', preempted(), 'Queued', 'Job task: Queued: preempted after 4s; waits in queue team again', undefined],
  ['it made room, and its Workload tells what is short', preempted().workload(5, { conditions: [isTrue('Preempted', 'InClusterQueue'), isFalse('QuotaReserved', 'Pending', short)] }), 'Queued',
    `Job task: Queued: preempted after 4s; waits in queue team again: ${short}`, undefined],
  ['Kueue took it unasked', new Story().job(0, {}, suspended).event(0.1, 'job', 'CreatedWorkload', 'Created Workload: default/job-task-0a1b2'), 'Queued',
    'Job task: Queued: waits in a queue', undefined],
])('a Job waits because %s', (_sentence, { lines }, diagnosis, message, graceEnd) => {
  const judging = startJudging();
  for (const line of lines) judging.observe(line);
  expect(judging.verdict()).toMatchObject({ verdict: 'Suspended', diagnosis, message, settled: false });
  expect(judging.wakeAt).toBe(graceEnd);
});

test.each<[string, Story, string]>([
  ['no Workload', queued(), 'Queue team decides when the Job runs: to resume it does nothing. No Workload of it was seen: if that lasts, look whether Kueue runs here (cdk8s-jobs doctor).'],
  ['no Workload, and a priority', queued({ 'kueue.x-k8s.io/priority-class': 'high' }),
    'Queue team decides when the Job runs: to resume it does nothing. No Workload of it was seen: if that lasts, look whether Kueue runs here (cdk8s-jobs doctor), and whether there is a WorkloadPriorityClass "high".'],
  ['room that is short', waits('Pending', short), 'Queue team decides when the Job runs: to resume it does nothing.'],
  ['a size', waits('Pending', tooLarge), 'Queue team can never give what the Job asks for: lower resources.requests or parallelism, or name another queue.'],
  ['a queue', waits('Inadmissible', 'LocalQueue nosuch doesn\'t exist'), 'There is no LocalQueue "nosuch" in namespace default: have it made, or name another queue in label kueue.x-k8s.io/queue-name.'],
  ['a ClusterQueue', waits('Inadmissible', 'ClusterQueue nothing doesn\'t exist'), 'Queue team belongs to ClusterQueue "nothing", which does not exist: have it made, or name another queue in label kueue.x-k8s.io/queue-name.'],
  ['deactivation', queued().workload(0.1, {}, { active: false }), 'Its Workload was deactivated. Put the Job back into its queue with: cdk8s-jobs resume task.'],
  ['an end', queued().workload(0.1, { conditions: [isTrue('Finished', 'FailedToStart', 'x')] }),
    'Kueue has given the Job up and will not start it. Make it again from its manifest: run it with --replace; as it was: cdk8s-jobs retry task.'],
  ['another controller', new Story({ managedBy: 'example.com/hub' }).job(0, {}, suspended), 'Controller example.com/hub decides when the Job runs.'],
  ['an owner', new Story({}, { ownerReferences: [{ kind: 'JobSet', name: 'train', controller: true }] }).job(0, { conditions: [isTrue('Suspended', 'JobSuspended')] }, suspended),
    'The owner of the Job, JobSet train, decides when it runs.'],
])('the hint for %s', (_sentence, { lines }, hint) => {
  expect(judge(lines).hint).toBe(hint);
});

test('what can never run ends the wait with its own diagnosis and 126', () => {
  const judging = startJudging();
  for (const line of waits('Pending', tooLarge).lines) judging.observe(line);
  expect(judging.failFast(10)).toBeUndefined();
  const verdict = judging.failFast(10.1);
  expect(verdict).toMatchObject({ stuck: true, canHeal: false, diagnosis: 'ExceedsQuota' });
  expect(verdict && [headlineOf(verdict), exitStatus(verdict)]).toEqual(['Stuck', 126]);
});

test('a pod that made room was preempted and has not failed; one that failed before has', () => {
  expect(judge(preempted().lines).attempts).toMatchObject([{ pod: 'a', result: 'preempted', reason: null }]);
  const before = new Story({ backoffLimit: 1 }, { labels }).job(0).pod(0.4, 'z', ended(3));
  expect(judge([...before.lines, ...preempted().lines]).attempts).toMatchObject([{ pod: 'z', result: 'failed' }, { pod: 'a', result: 'preempted' }]);
});

test('a pod made room, however late the Event that says so comes', () => {
  const late = new Story({}, { labels }).job(0, {}, suspended).job(0.3, {}, { spec: { suspend: false } }).pod(0.4, 'a', running)
    .job(4.3, {}, suspended).pod(4.4, 'a', running, { metadata: going }).event(12.8, 'job', 'Stopped', preemption).pod(14, 'a', ended(137), { metadata: going });
  expect(judge(late.lines)).toMatchObject({ attempts: [{ result: 'preempted' }], queue: { preemptions: 1 } });
  const silent = new Story({}, { labels }).job(0, {}, suspended).job(0.3, {}, { spec: { suspend: false } }).pod(0.4, 'a', running)
    .workload(4.2, { conditions: [isTrue('Preempted', 'InClusterQueue')] }).job(4.3, {}, suspended).pod(4.4, 'a', ended(137), { metadata: going });
  expect(judge(silent.lines)).toMatchObject({ attempts: [{ result: 'preempted' }], queue: { preemptions: 1 } });
});

test('a Job of a queue tells how long it waited and how long it ran, however late one looks', () => {
  const times = { creationTimestamp: '2026-11-23T20:00:00Z' };
  const status = { startTime: '2026-11-23T20:00:20Z', completionTime: '2026-11-23T20:00:26Z', succeeded: 1, conditions: [isTrue('Complete', 'CompletionsReached')] };
  const story = new Story({}, { labels, ...times }).event(0, 'job', 'Stopped', preemption).job(0.1, status).workload(0.1, { accumulatedPastExecutionTimeSeconds: 4 });
  const verdict = judge(story.lines);
  expect(verdict).toMatchObject({ verdict: 'Complete', queue: { name: 'team', queuedSeconds: 16, ranSeconds: 10, preemptions: 1 } });
  expect(queueWords(verdict)).toBe(' (queued 16s, ran 10s, preempted once)');
});

test('a Job that is in no queue has no record of one', () => {
  expect(judge(new Story().job(0).lines).queue).toBeNull();
});
