/** Queues of the engine: its words are those of Kueue 0.17, with which test/cluster/queues.cluster.ts compares them. */
import fc from 'fast-check';
import { type QueuedJob, QueuePlay } from './queue-play';
import { faultsOfQueues } from '../../src/engine/queue/settings';

const play = (cpu: string, ...jobs: readonly QueuedJob[]): QueuePlay => {
  const queued = new QueuePlay({ queues: { team: { cpu, memory: '1Gi' } }, queuePriorities: { high: 1000, low: -5 } });
  for (const job of jobs) queued.create(job);
  return queued;
};
const isComplete = ({ status }: { readonly status: Record<string, unknown> }): boolean => status.completionTime !== undefined;

test('a Job for which there is room is admitted at once', () => {
  const queued = play('2', { name: 'a' });
  expect(queued.words('a')).toBe('QuotaReserved=True QuotaReserved: Quota reserved in ClusterQueue team\nAdmitted=True Admitted: The workload is admitted');
  expect([...queued.said('a')].sort()).toEqual([`CreatedWorkload: Created Workload: default/${queued.workload('a')?.metadata?.name}`, 'Started: Admitted by clusterQueue team']);
  queued.until();
  expect(isComplete(queued.job('a'))).toBe(true);
  expect(queued.words('a')).toContain('Finished=True Succeeded');
});

test.each<[string, QueuedJob, string]>([
  ['there is no room now', { name: 'b', cpu: 2 },
    'QuotaReserved=False Pending: couldn\'t assign flavors to pod set main: insufficient unused quota for cpu in flavor default, 1 more needed'],
  ['it is larger than the queue', { name: 'b', cpu: '2500m' },
    'QuotaReserved=False Pending: couldn\'t assign flavors to pod set main: insufficient quota for cpu in flavor default, previously considered podsets requests (0) + current podset request (2500m) > maximum capacity (2)'],
  ['its pods together are', { name: 'b', parallelism: 3 },
    'QuotaReserved=False Pending: couldn\'t assign flavors to pod set main: insufficient quota for cpu in flavor default, previously considered podsets requests (0) + current podset request (3) > maximum capacity (2)'],
  ['the queue does not have what it asks for', { name: 'b', resources: { requests: { 'example.com/gpu': '1' } } },
    'QuotaReserved=False Pending: couldn\'t assign flavors to pod set main: resource example.com/gpu unavailable in ClusterQueue'],
  ['its queue is missing', { name: 'b', queue: 'nosuch' }, 'QuotaReserved=False Inadmissible: LocalQueue nosuch doesn\'t exist'],
  ['its priority is unknown: Kueue takes no notice of it', { name: 'b', priority: 'nosuch' }, ''],
])('a Job waits while %s', (_, job, words) => {
  const queued = play('2', { name: 'a' }, job);
  expect(queued.words('b')).toBe(words);
  expect(queued.job('b').spec.suspend).toBe(true);
});

test.each<[string, QueuedJob, boolean]>([
  ['limits count where nothing is requested', { name: 'a', resources: { limits: { cpu: '3' } } }, false],
  ['requests count where both are written', { name: 'a', resources: { requests: { cpu: '1' }, limits: { cpu: '3' } } }, true],
  ['a container that asks for nothing always fits', { name: 'a', resources: {} }, true],
  ['only the pods that run at once count', { name: 'a', parallelism: 2, completions: 9 }, true],
  ['never more than there are completions', { name: 'a', parallelism: 5, completions: 2 }, true],
])('%s', (_, job, isAdmitted) => {
  expect(play('2', job).job('a').spec.suspend).toBe(!isAdmitted);
});

test('Jobs go in the order of their priority, then of their age, and the next one when one has ended', () => {
  const queued = play('1', { name: 'first' }, { name: 'low', priority: 'low' }, { name: 'second' }, { name: 'high', priority: 'high' }, { name: 'third' });
  queued.until();
  expect(queued.admissions).toEqual(['first', 'high', 'second', 'third', 'low']);
});

test('a Job that does not fit is passed over, until it does', () => {
  const queued = play('3', { name: 'a', cpu: 2 }, { name: 'large', cpu: 3 }, { name: 'small' });
  queued.until();
  expect(queued.admissions).toEqual(['a', 'small', 'large']);
});

test('a Job that is content with less runs with what there is', () => {
  const queued = play('4', { name: 'holder' }, { name: 'partly', parallelism: 5, minParallelism: 2 });
  expect(queued.job('partly').spec).toMatchObject({ suspend: false, parallelism: 3 });
  queued.until();
  expect(queued.job('partly').status).toMatchObject({ succeeded: 5 });
});

test('the room of pods that have ended is free for others, once no more of them will come', () => {
  const queued = play('3', { name: 'a', parallelism: 2, completions: 3 }, { name: 'b', cpu: 2 });
  queued.until(11);
  expect(queued.job('a').status).toMatchObject({ succeeded: 2, active: 1 });
  expect(queued.admissions).toEqual(['a', 'b']);
});

test('a Job that somebody resumes is stopped again, and one that somebody suspends goes on', () => {
  const queued = play('1', { name: 'a', seconds: 60 }, { name: 'b' });
  queued.change(queued.job('b'), { suspend: false });
  queued.change(queued.job('a'), { suspend: true });
  queued.until(5);
  expect([queued.job('a').spec.suspend, queued.job('b').spec.suspend]).toEqual([false, true]);
  expect(queued.said('b')).toContain('Stopped: Not admitted by cluster queue');
});

test('a deactivated Job makes room, and comes back when it is activated', () => {
  const queued = play('1', { name: 'a', seconds: 60 }, { name: 'b' });
  queued.until(5);
  queued.change(queued.workload('a')!, { active: false });
  queued.until(8);
  expect(queued.said('a')).toContain('Stopped: The workload is deactivated');
  expect(queued.words('a')).toContain('Evicted=True Deactivated: The workload is deactivated');
  expect([queued.job('a').spec.suspend, queued.job('b').spec.suspend]).toEqual([true, false]);
  queued.change(queued.workload('a')!, { active: true });
  queued.until();
  expect(queued.jobs().map(isComplete)).toEqual([true, true]);
});

test('Jobs that name no queue start at once, and without queues so do those that name one', () => {
  const none = new QueuePlay({});
  none.create({ name: 'a' });
  expect([none.job('a').spec.suspend, none.workload('a')]).toEqual([false, undefined]);
});

test.each<[string, Parameters<typeof faultsOfQueues>[0], readonly string[]]>([
  ['sound', { queues: { team: { cpu: '4', memory: '8Gi' } }, queuePriorities: { high: 10 } }, []],
  ['no quantity', { queues: { team: { cpu: 'four' } } }, ['queue team: cpu "four" is no quantity, as in 4, 500m or 8Gi']],
  ['less than nothing', { queues: { team: { cpu: '-1' } } }, ['queue team: cpu "-1" is no quantity, as in 4, 500m or 8Gi']],
  ['nothing at all', { queues: { team: {} } }, ['queue team: names no resource, as in cpu:4']],
  ['no whole priority', { queuePriorities: { high: 1.5 } }, ['queue priority high: 1.5 is no whole number']],
])('faults of queues: %s', (_, options, faults) => {
  expect(faultsOfQueues(options)).toEqual(faults);
});

/** A Job that comes at some second. */
interface Arrival {
  readonly at: number;
  readonly job: QueuedJob & { readonly cpu: number; readonly parallelism: number };
}

const arrivals: fc.Arbitrary<readonly Arrival[]> = fc.array(fc.record({
  cpu: fc.integer({ min: 0, max: 4 }),
  parallelism: fc.integer({ min: 1, max: 3 }),
  more: fc.integer({ min: 0, max: 3 }),
  isContent: fc.boolean(),
  priority: fc.constantFrom(undefined, 'low', 'high'),
  seconds: fc.integer({ min: 1, max: 20 }),
  at: fc.integer({ min: 0, max: 15 }),
}), { minLength: 1, maxLength: 8 }).map((all) => all.sort((one, other) => one.at - other.at).map(toArrival));

interface Draft extends Omit<Arrival['job'], 'name' | 'priority'> {
  readonly at: number;
  readonly more: number;
  readonly isContent: boolean;
  readonly priority: 'low' | 'high' | undefined;
}

function toArrival({ at, more, isContent, priority, ...job }: Draft, position: number): Arrival {
  const partial = isContent && job.parallelism > 1 ? { minParallelism: 1 } : {};
  return { at, job: { ...job, name: `job-${position}`, completions: job.parallelism + more, ...(priority === undefined ? {} : { priority }), ...partial } };
}

const quota = 6;

/** The least that a Job needs to run. */
const leastOf = ({ cpu, parallelism, minParallelism = parallelism }: Arrival['job']): number => cpu * minParallelism;

function cpuAtWork(queued: QueuePlay, cpuOf: ReadonlyMap<string, number>): number {
  const running = queued.jobs().filter((job) => !isComplete(job) && job.spec.suspend !== true);
  return running.reduce((sum, { metadata, status }) => sum + (cpuOf.get(metadata?.name ?? '') ?? 0) * Number(status.active ?? 0), 0);
}

test('never more than the quota is at work, all that fits runs in the end, and nobody is overtaken by an equal who asks for no less', () => {
  fc.assert(fc.property(arrivals, (all) => {
    const queued = play(String(quota));
    const cpuOf = new Map(all.map(({ job }) => [job.name, job.cpu]));
    let most = 0;
    queued.onStep = () => { most = Math.max(most, cpuAtWork(queued, cpuOf)); };
    for (const { at, job } of all) {
      queued.until(at);
      queued.create(job);
    }
    queued.until();
    expect(most).toBeLessThanOrEqual(quota);
    const fitting = all.filter(({ job }) => leastOf(job) <= quota).map(({ job }) => job);
    expect(queued.jobs().filter(isComplete).map(({ metadata }) => metadata?.name).sort()).toEqual(fitting.map(({ name }) => name).sort());
    for (const [position, job] of fitting.entries()) {
      for (const later of fitting.slice(position + 1)) {
        const isEqual = later.priority === job.priority && leastOf(later) >= job.cpu * job.parallelism;
        if (isEqual) expect(queued.admissions.indexOf(job.name)).toBeLessThan(queued.admissions.indexOf(later.name));
      }
    }
  }), { seed: 20261129, numRuns: 40 });
});
