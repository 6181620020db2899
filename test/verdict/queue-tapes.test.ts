/** Recordings of Jobs in the queues of a real Kueue (test/cluster/queues.cluster.ts made them): what is said of them while they go on. */
import { tapes } from './tapes';
import { startJudging } from '../../src/verdict/judge';

const queued = 'Suspended: Queued';
const short = 'Suspended: Queued, insufficient unused quota';
const running = 'Running: Running';
const complete = 'Complete: Succeeded';

const stories: Readonly<Record<string, readonly string[]>> = {
  'queue-admitted': [queued, running, complete],
  'queue-dangling': [queued, 'Suspended: QueueMissing'],
  'queue-deactivated': [queued, running, 'Suspended: Deactivated'],
  'queue-failed': [queued, running, 'Running: NonZeroExit', 'Failed: NonZeroExit'],
  'queue-missing': [queued, 'Suspended: QueueMissing'],
  'queue-no-priority': [queued],
  'queue-partial': [queued, running, complete],
  'queue-preempted': [queued, running, 'Suspended: Queued, preempted after', running, complete],
  'queue-short': [queued, short, queued, running, complete],
  'queue-too-large': [queued, 'Suspended: ExceedsQuota'],
  'queue-unknown-resource': [queued, 'Suspended: ExceedsQuota'],
};
const recorded = tapes.filter(({ name }) => name.startsWith('queue-'));

test('every recording has its story', () => {
  expect(recorded.map(({ name }) => name)).toEqual(Object.keys(stories));
});

test.each(recorded.map((tape) => [tape.name, tape] as const))('%s', (name, { lines }) => {
  const judging = startJudging();
  const told: string[] = [];
  for (const line of lines) {
    judging.observe(line);
    const { uid, verdict, diagnosis, message } = judging.verdict();
    const more = /preempted after|insufficient unused quota/.exec(message)?.[0];
    const words = `${verdict}: ${diagnosis}${more === undefined ? '' : `, ${more}`}`;
    if (uid !== null && told.at(-1) !== words) told.push(words);
  }
  expect(told).toEqual(stories[name]);
});

test.each([
  ['queue-short', { preemptions: 0 }, ['succeeded']],
  ['queue-preempted', { preemptions: 1 }, ['preempted', 'succeeded']],
  ['queue-partial', { preemptions: 0 }, ['succeeded', 'succeeded', 'succeeded', 'succeeded', 'succeeded']],
])('%s: how long it waited and ran, and how its pods went', (name, queue, results) => {
  const judging = startJudging();
  for (const line of recorded.find((tape) => tape.name === name)?.lines ?? []) judging.observe(line);
  const verdict = judging.verdict();
  expect(verdict.queue).toMatchObject({ name: 'team', ...queue });
  expect(verdict.queue?.queuedSeconds).toBeGreaterThan(0);
  expect(verdict.attempts.map(({ result }) => result)).toEqual(results);
});
