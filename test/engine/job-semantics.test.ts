import { manifestOf } from './scenario';
import type { JobStatus } from '../../src/api/kubernetes';
import type { PodScript } from '../../src/testing/pod-script';
import { type SimulateOptions, simulate } from '../../src/testing/simulate';
import type { Trace } from '../../src/testing/trace';

interface Case {
  readonly name: string;
  readonly job: Readonly<Record<string, unknown>>;
  readonly pods: PodScript;
  readonly options?: SimulateOptions;
  readonly wanted: object;
}

const fails = { after: 1, exit: 1 };
const works = { after: 1, exit: 0 };
const onFailure = { template: { spec: { restartPolicy: 'OnFailure' } } };
const indexed = (completions: number, parallelism = completions): Readonly<Record<string, unknown>> => ({ completionMode: 'Indexed', completions, parallelism });

const cases: readonly Case[] = [
  { name: 'no completions complete at once, without pods', job: { completions: 0 }, pods: {}, wanted: { end: 'CompletionsReached', starts: [], elapsed: 0 } },
  { name: 'parallelism 0 is a pause', job: { completions: 1, parallelism: 0 }, pods: {}, wanted: { end: null, starts: [], started: true } },
  {
    name: 'three pods that fail together count as three failures for the wait',
    job: { completions: 3, parallelism: 3 },
    pods: { byOrder: [fails, fails, fails, works] },
    wanted: { end: 'CompletionsReached', starts: [0, 0, 0, 41, 41, 41], failed: 3 },
  },
  {
    name: 'a work queue is not failed by pods that fail after the first success',
    job: { parallelism: 3, backoffLimit: 6 },
    pods: { byOrder: [works, { after: 4, exit: 1 }, { after: 6, exit: 0 }] },
    wanted: { end: 'CompletionsReached', starts: [0, 0, 0], succeeded: 2, failed: 1 },
  },
  {
    name: 'a work queue fails when later failures exceed the limit',
    job: { parallelism: 3, backoffLimit: 0 },
    pods: { byOrder: [works, { after: 4, exit: 1 }, { hang: true }] },
    wanted: { end: 'BackoffLimitExceeded', succeeded: 1, failed: 2 },
  },
  {
    name: 'a lowered backoffLimit fails the Job at the next sync',
    job: { completions: 2, parallelism: 2, backoffLimit: 6 },
    pods: { byOrder: [fails, { hang: true }] },
    options: { actions: [{ at: 5, op: 'patch', patch: { spec: { backoffLimit: 0 } } }] },
    wanted: { end: 'BackoffLimitExceeded', failed: 2, elapsed: 7 },
  },
  {
    name: 'with OnFailure and limit 0 the first restart fails the Job',
    job: { ...onFailure, backoffLimit: 0 },
    pods: { default: { runs: [fails] } },
    wanted: { end: 'BackoffLimitExceeded', failed: 1, starts: [0] },
  },
  {
    name: 'restarts of all pods count together',
    job: { ...onFailure, completions: 2, parallelism: 2, backoffLimit: 2 },
    pods: { default: { runs: [fails, { after: 60, exit: 0 }] } },
    wanted: { end: 'BackoffLimitExceeded', failed: 2 },
  },
  {
    name: 'Failed waits for a pod that ends slowly',
    job: { activeDeadlineSeconds: 3 },
    pods: { default: { hang: true, onDelete: { after: 6, exit: 143 } } },
    wanted: { end: 'DeadlineExceeded', failed: 1, elapsed: 10 },
  },
  { name: 'a deadline of 0 fails the Job before any pod', job: { activeDeadlineSeconds: 0 }, pods: {}, wanted: { end: 'DeadlineExceeded', starts: [], elapsed: 0 } },
  {
    name: 'the deadline beats a success of the same sync',
    job: { activeDeadlineSeconds: 3 },
    pods: { default: { after: 2.5, exit: 0 } },
    wanted: { end: 'DeadlineExceeded', succeeded: 1, failed: 0 },
  },
  {
    name: 'the deadline starts over when a Job is resumed',
    job: { activeDeadlineSeconds: 5 },
    pods: { default: { hang: true } },
    options: { actions: [{ at: 3, op: 'suspend' }, { at: 10, op: 'resume' }] },
    wanted: { end: 'DeadlineExceeded', elapsed: 17 },
  },
  {
    name: 'pods of a suspended Job count neither way, even when they exit with 0',
    job: {},
    pods: { default: { hang: true, onDelete: { after: 2, exit: 0 } } },
    options: { actions: [{ at: 2, op: 'suspend' }] },
    wanted: { end: 'JobSuspended', succeeded: 0, failed: 0, started: false },
  },
  {
    name: 'a finished Job takes no notice of suspend',
    job: {},
    pods: {},
    options: { actions: [{ at: 5, op: 'suspend' }] },
    wanted: { end: 'CompletionsReached', succeeded: 1 },
  },
  {
    name: 'exit code 0 never matches a rule, not even NotIn',
    job: {
      backoffLimit: 0,
      template: { spec: { containers: [{ name: 'main', image: 'x' }, { name: 'side', image: 'x' }] } },
      podFailurePolicy: { rules: [{ action: 'FailJob', onExitCodes: { operator: 'NotIn', values: [1] } }] },
    },
    pods: { default: { after: 1, exits: { main: 0, side: 1 } } },
    wanted: { end: 'BackoffLimitExceeded', failed: 1 },
  },
  {
    name: 'Count ends the search for a rule',
    job: {
      backoffLimit: 1,
      podFailurePolicy: {
        rules: [{ action: 'Count', onExitCodes: { operator: 'In', values: [1] } }, { action: 'FailJob', onExitCodes: { operator: 'In', values: [1] } }],
      },
    },
    pods: { byOrder: [fails, works] },
    wanted: { end: 'CompletionsReached', failed: 1, starts: [0, 11] },
  },
  {
    name: 'FailIndex fails its index at once',
    job: {
      ...indexed(2), backoffLimitPerIndex: 3, podFailurePolicy: { rules: [{ action: 'FailIndex', onExitCodes: { operator: 'In', values: [3] } }] },
    },
    pods: { byIndex: { 0: [{ after: 1, exit: 3 }] }, default: works },
    wanted: { end: 'FailedIndexes', completedIndexes: '1', failedIndexes: '0', starts: [0, 0] },
  },
  {
    name: 'an index that waits keeps its slot',
    job: { ...indexed(2, 1), backoffLimitPerIndex: 1 },
    pods: { byIndex: { 0: [fails, works] }, default: works },
    wanted: { end: 'CompletionsReached', order: [0, 0, 1], completedIndexes: '0,1', failedIndexes: '' },
  },
  {
    name: 'with two slots one of them waits with its index, the other goes on',
    job: { ...indexed(3, 2), backoffLimitPerIndex: 1 },
    pods: { byIndex: { 0: [fails, works], 1: [{ after: 4, exit: 0 }] }, default: works },
    wanted: { end: 'CompletionsReached', order: [0, 1, 2, 0] },
  },
  {
    name: 'the lowest index that is missing comes next',
    job: indexed(4, 2),
    pods: { byIndex: { 0: [{ after: 5, exit: 0 }] }, default: works },
    wanted: { order: [0, 1, 2, 3], completedIndexes: '0-3' },
  },
  {
    name: 'a smaller elastic Job forgets successes beyond it',
    job: indexed(4),
    pods: { byIndex: { 3: [works], 0: [{ after: 9, exit: 0 }] }, default: { after: 9, exit: 0 } },
    options: { actions: [{ at: 4, op: 'patch', patch: { spec: { completions: 2, parallelism: 2 } } }] },
    wanted: { end: 'CompletionsReached', succeeded: 2, completedIndexes: '0,1' },
  },
  {
    name: 'completions of an Indexed Job change only together with parallelism',
    job: indexed(3),
    pods: { default: { after: 3, exit: 0 } },
    options: { actions: [{ at: 1, op: 'patch', patch: { spec: { completions: 5 } } }] },
    wanted: { codes: [422], completedIndexes: '0-2' },
  },
  {
    name: 'when all indexes are decided the failed ones beat the success policy',
    job: { ...indexed(2), backoffLimitPerIndex: 0, successPolicy: { rules: [{ succeededIndexes: '1' }] } },
    pods: { byIndex: { 0: [fails] }, default: works },
    wanted: { end: 'FailedIndexes' },
  },
  {
    name: 'with policy Failed a deleted pod that exits with 0 has succeeded',
    job: { podReplacementPolicy: 'Failed' },
    pods: { default: { hang: true, onDelete: { after: 3, exit: 0 } } },
    options: { actions: [{ at: 2, op: 'deletePod', pod: 0 }] },
    wanted: { end: 'CompletionsReached', succeeded: 1, failed: 0, starts: [0] },
  },
  {
    name: 'an eviction uses up the limit when no policy ignores it',
    job: { backoffLimit: 0 },
    pods: { default: { hang: true } },
    options: { actions: [{ at: 2, op: 'evictPod', pod: 0 }] },
    wanted: { end: 'BackoffLimitExceeded', failed: 1, codes: [201] },
  },
  {
    name: 'a pod that is deleted for a disruption is ignored where the policy says so',
    job: { backoffLimit: 0, podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] }] } },
    pods: { byOrder: [{ hang: true }, works] },
    options: { actions: [{ at: 2, op: 'deletePod', pod: 0, condition: { type: 'DisruptionTarget', reason: 'DeletionByTaintManager' } }] },
    wanted: { end: 'CompletionsReached', succeeded: 1, failed: 0, starts: [0, 13] },
  },
  {
    name: 'a pod that is taken away without grace is still counted',
    job: { backoffLimit: 0 },
    pods: { default: { hang: true } },
    options: { actions: [{ at: 2, op: 'deletePod', pod: 0, gracePeriodSeconds: 0 }] },
    wanted: { end: 'BackoffLimitExceeded', failed: 1 },
  },
  {
    name: 'a deletion in the foreground takes the Job after its pods',
    job: {},
    pods: { default: { hang: true, onDelete: { after: 3, exit: 143 } } },
    options: { actions: [{ at: 2, op: 'delete', policy: 'Foreground' }] },
    wanted: { gone: [5, 5] },
  },
  {
    name: 'a deletion in the background takes the Job before its pods',
    job: {},
    pods: { default: { hang: true, onDelete: { after: 3, exit: 143 } } },
    options: { actions: [{ at: 2, op: 'delete', policy: 'Background' }] },
    wanted: { gone: [2, 5] },
  },
  { name: 'ttl 0 deletes a Job as soon as it is finished', job: { ttlSecondsAfterFinished: 0 }, pods: {}, wanted: { end: 'CompletionsReached', gone: [2, 2] } },
  {
    name: 'a ttl that is set after the end counts from the end',
    job: {},
    pods: {},
    options: { actions: [{ at: 5, op: 'patch', patch: { spec: { ttlSecondsAfterFinished: 10 } } }] },
    wanted: { gone: [12, 12] },
  },
  { name: 'a Job of another controller is left alone', job: { managedBy: 'example.com/queue' }, pods: {}, wanted: { end: null, starts: [], started: false } },
];

test.each(cases)('$name', ({ job, pods, options, wanted }) => {
  const trace = simulate(manifestOf({ id: '', layer: 'job', job, podScript: pods, expect: {} }), pods, { until: 3000, ...options });
  expect(trace.findings).toEqual([]);
  expect(summaryOf(trace, wanted)).toEqual(wanted);
});

function summaryOf(trace: Trace, wanted: object): object {
  const status = trace.status as JobStatus;
  const all = {
    end: trace.reason,
    elapsed: trace.elapsed,
    starts: trace.pods.map(({ createdAt }) => createdAt),
    order: trace.pods.map(({ index }) => index),
    started: status.startTime !== undefined,
    succeeded: status.succeeded ?? 0,
    failed: status.failed ?? 0,
    completedIndexes: status.completedIndexes,
    failedIndexes: status.failedIndexes,
    codes: trace.answers.map(({ code }) => code),
    gone: [trace.jobs[0]?.deletedAt, trace.pods[0]?.goneAt],
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => name in wanted));
}
