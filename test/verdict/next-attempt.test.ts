import { ended, going, isTrue, running, Story, waiting } from './story';
import { countAttempts } from '../../src/verdict/attempts';
import type { Attempt } from '../../src/verdict/job-verdict';
import { startJudging } from '../../src/verdict/judge';
import type { NextAttempt } from '../../src/verdict/next-attempt';

function nextOf(story: Story): NextAttempt | undefined {
  const judging = startJudging();
  for (const line of story.lines) judging.observe(line);
  return judging.nextAttempt;
}

/** A pod that has failed, or succeeded, by the clock of its node. */
function endedAt(second: number, exitCode = 1): ReturnType<typeof ended> {
  const finishedAt = new Date(Date.UTC(2026, 10, 23, 20, 0, second)).toISOString().replace('.000', '');
  const terminated = { exitCode, reason: 'Error', startedAt: '2026-11-23T20:00:00Z', finishedAt };
  return { phase: exitCode === 0 ? 'Succeeded' : 'Failed', containerStatuses: [{ name: 'main', state: { terminated }, restartCount: 0 }] };
}

/** A Job that may fail often, with pods that each ran for a second and ended one after the other. */
function tries(count: number, spec: Record<string, unknown> = {}): Story {
  const story = new Story({ backoffLimit: 20, ...spec }).job(0);
  for (let pod = 1; pod <= count; pod += 1) story.pod(pod * 10, `p${pod}`, running).pod(pod * 10 + 1, `p${pod}`, endedAt(pod * 10 + 1));
  return story;
}

const loop = (message: string, last = ended(3)): Record<string, unknown> => ({
  phase: 'Running',
  containerStatuses: [{
    name: 'main',
    restartCount: 2,
    state: { waiting: { reason: 'CrashLoopBackOff', message } },
    lastState: (last as { containerStatuses: ReadonlyArray<{ state: object }> }).containerStatuses[0]?.state,
  }],
});
const indexed = (index: number, failures: number, ignored = 0): { metadata: Record<string, unknown> } => ({
  metadata: {
    annotations: {
      'batch.kubernetes.io/job-completion-index': String(index),
      'batch.kubernetes.io/job-index-failure-count': String(failures),
      'batch.kubernetes.io/job-index-ignored-failure-count': String(ignored),
    },
  },
});
const perIndex = { completionMode: 'Indexed', completions: 3, parallelism: 3, backoffLimit: 99, backoffLimitPerIndex: 2 };

test.each([[1, 10], [2, 20], [3, 40], [6, 320], [7, 600], [8, 600]])('after %i failures the next attempt is %i s after the last of them', (count, wait) => {
  expect(nextOf(tries(count))).toEqual({ at: count * 10 + 1 + wait, index: null });
});

test.each<[string, Story, NextAttempt | undefined]>([
  ['pods that fail together each double the wait', tries(0, { parallelism: 2, completions: 2 }).pod(1, 'a', running).pod(1, 'b', running).pod(2, 'a', endedAt(2)).pod(2, 'b', endedAt(2)),
    { at: 22, index: null }],
  ['a success begins the series anew', tries(2, { completions: 5 }).pod(30, 'd', running).pod(31, 'd', endedAt(31, 0)).pod(40, 'e', running).pod(41, 'e', endedAt(41)), { at: 51, index: null }],
  ['a success after the last failure ends the wait', tries(1, { completions: 5 }).pod(30, 'd', running).pod(31, 'd', endedAt(31, 0)), undefined],
  ['a pod that was deleted has failed', tries(0).pod(1, 'a', running).pod(5, 'a', running, { metadata: going }), { at: 15, index: null }],
  ['with a pod failure policy it has not yet', tries(0, { podFailurePolicy: { rules: [] } }).pod(1, 'a', running).pod(5, 'a', running, { metadata: going }), undefined],
  ['one that was deleted because the Job was suspended has not failed',
    tries(0).pod(1, 'a', running).job(2, {}, { spec: { backoffLimit: 20, suspend: true } }).pod(2, 'a', running, { metadata: going }).job(3, {}, { spec: { backoffLimit: 20 } }), undefined],
  ['a new pod ends the wait', tries(1).pod(21, 'b', { phase: 'Pending' }), undefined],
  ['the last failure that is allowed is followed by none', tries(3, { backoffLimit: 2 }), undefined],
  ['the one before is', tries(2, { backoffLimit: 2 }), { at: 41, index: null }],
  ['a Job that is about to fail makes no pods', tries(1).gaveUp(12), undefined],
  ['a suspended Job makes none', tries(1).job(12, {}, { spec: { suspend: true, backoffLimit: 20 } }), undefined],
  ['a work queue that has succeeded makes none', tries(1, { completions: undefined, parallelism: 2 }).pod(30, 'd', running).pod(31, 'd', endedAt(3, 0)), undefined],
  ['a deadline that comes first leaves no next attempt',
    tries(1).job(12, { startTime: '2026-11-23T20:00:00Z' }, { spec: { backoffLimit: 20, activeDeadlineSeconds: 15 } }), undefined],
  ['a deadline that comes later does', tries(1).job(12, { startTime: '2026-11-23T20:00:00Z' }, { spec: { backoffLimit: 20, activeDeadlineSeconds: 30 } }), { at: 21, index: null }],
  ['a failure from before the watch has an unknown time', tries(0).pod(1, 'a', endedAt(1)), undefined],
  ['another controller has its own rules', tries(1, { managedBy: 'example.com/queue' }), undefined],
  ['with a limit per index each index waits for itself',
    tries(0, perIndex).pod(1, 'a', running, indexed(0, 0)).pod(1, 'b', running, indexed(1, 1)).pod(3, 'b', endedAt(3), indexed(1, 1)), { at: 23, index: 1 }],
  ['ignored failures count for the wait of an index',
    tries(0, perIndex).pod(1, 'b', running, indexed(1, 1, 1)).pod(3, 'b', endedAt(3), indexed(1, 1, 1)), { at: 43, index: 1 }],
  ['an index that has used up its limit is not tried again', tries(0, perIndex).pod(1, 'b', running, indexed(1, 2)).pod(3, 'b', endedAt(3), indexed(1, 2)), undefined],
  ['nor is one that the Job has given up',
    tries(0, perIndex).pod(1, 'b', running, indexed(1, 0)).pod(3, 'b', endedAt(3), indexed(1, 0)).job(4, { failedIndexes: '1' }), undefined],
  ['a container in a crash loop waits from the end of its last run',
    tries(0).pod(1, 'a', running).pod(5, 'a', loop('back-off 1m20s restarting failed container=main pod=a_default(1)')), { at: 85, index: null }],
  ['one that looped before the watch has an unknown time', tries(0).pod(5, 'a', loop('back-off 20s restarting failed container=main pod=a_default(1)')), undefined],
  ['a container that waits for its image is not tried by the Job', tries(0).pod(1, 'a', waiting('ImagePullBackOff', 'back-off pulling image')), undefined],
  ['a Job that is complete', tries(1).job(20, { conditions: [isTrue('Complete', 'CompletionsReached')] }), undefined],
])('%s', (_, story, expected) => {
  expect(nextOf(story)).toEqual(expected);
});

const attempt = (pod: string, container: string | null): Attempt => ({ pod, container, index: null, result: 'failed', exitCode: 1, reason: 'Error', seconds: 1 });

test.each<[string, ReadonlyArray<readonly [string, string | null]>, number]>([
  ['nothing', [], 0],
  ['a pod with two containers', [['a', 'main'], ['a', 'proxy']], 1],
  ['two pods with two containers', [['a', 'main'], ['a', 'proxy'], ['b', 'main'], ['b', 'proxy']], 2],
  ['a container that ran again beside one that went on', [['a', 'main'], ['a', 'main'], ['a', 'proxy']], 2],
  ['pods that never ran', [['a', null], ['b', null]], 2],
])('the attempts of %s are counted by their pods', (_, runs, count) => {
  expect(countAttempts(runs.map(([pod, container]) => attempt(pod, container)))).toBe(count);
});
