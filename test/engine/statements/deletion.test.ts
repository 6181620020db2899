import { type Statement, expectStatement, indexed, works } from './statement';

const hang = { hang: true };
const slow = { hang: true, onDelete: { after: 3, exit: 143 } };
const label = { 'batch.kubernetes.io/controller-uid': 'gone' };
const manual = { manualSelector: true, selector: { matchLabels: { app: 'a' } }, template: { metadata: { labels: { app: 'a' } } } };

const statements: readonly Statement[] = [
  {
    name: 'a deleted pod counts as failed at once, and is replaced ten seconds after',
    pods: { byOrder: [{ hang: true, onDelete: { after: 5, exit: 143 } }, works] },
    options: { actions: [{ at: 2, op: 'deletePod' }] },
    wanted: { starts: [0, 12], failed: 1, succeeded: 1 },
  },
  {
    name: 'with policy Failed it is replaced ten seconds after its end',
    job: { podReplacementPolicy: 'Failed' },
    pods: { byOrder: [{ hang: true, onDelete: { after: 4, exit: 143 } }, works] },
    options: { actions: [{ at: 2, op: 'deletePod', pod: 0 }] },
    wanted: { starts: [0, 16], failed: 1, succeeded: 1 },
  },
  {
    name: 'with policy Failed it has succeeded when it exits with 0',
    job: { podReplacementPolicy: 'Failed' },
    pods: { default: { hang: true, onDelete: { after: 3, exit: 0 } } },
    options: { actions: [{ at: 2, op: 'deletePod' }] },
    wanted: { pods: 1, succeeded: 1, failed: 0 },
  },
  {
    name: 'without it, it has failed even when it exits with 0',
    pods: { byOrder: [{ hang: true, onDelete: { after: 3, exit: 0 } }, works] },
    options: { actions: [{ at: 2, op: 'deletePod' }] },
    wanted: { pods: 2, succeeded: 1, failed: 1 },
  },
  {
    name: 'a pod that ignores SIGTERM ends with 137 when its grace is over',
    job: { podReplacementPolicy: 'Failed', backoffLimit: 0 },
    pods: { default: { hang: true, onDelete: { never: true } } },
    options: { actions: [{ at: 2, op: 'deletePod', gracePeriodSeconds: 4 }] },
    wanted: { exitCodes: [137], podGone: [7], failed: 1 },
  },
  {
    name: 'a pod taken away by force is counted all the same',
    pods: { byOrder: [hang, works] },
    options: { actions: [{ at: 2, op: 'deletePod', force: true }] },
    wanted: { starts: [0, 12], failed: 1, succeeded: 1 },
  },
  {
    name: 'an evicted pod uses up the limit',
    job: { backoffLimit: 0 },
    pods: { default: hang },
    options: { actions: [{ at: 2, op: 'evictPod' }] },
    wanted: { end: 'BackoffLimitExceeded', failed: 1, codes: [201] },
  },
  {
    name: 'a pod without a node goes at once, and counts',
    pods: { byOrder: [{ neverStart: true }, works] },
    options: { actions: [{ at: 2, op: 'deletePod' }] },
    wanted: { starts: [0, 12], failed: 1 },
  },
  {
    name: 'the deletion of a pod that was counted changes nothing',
    job: { completions: 2 },
    pods: { byOrder: [works, { after: 6, exit: 0 }] },
    options: { actions: [{ at: 4, op: 'deletePod', pod: 0 }] },
    wanted: { succeeded: 2, failed: 0, pods: 2 },
  },
  {
    name: 'with policy Failed a terminating pod keeps its index',
    job: { ...indexed(1), podReplacementPolicy: 'Failed' },
    pods: { byIndex: { 0: [{ hang: true, onDelete: { after: 4, exit: 1 } }, works] } },
    options: { actions: [{ at: 2, op: 'deletePod', index: 0 }] },
    wanted: { order: [0, 0], starts: [0, 16] },
  },
  {
    name: 'Background: the Job goes, then its pods',
    pods: { default: slow },
    options: { actions: [{ at: 2, op: 'delete', propagationPolicy: 'Background' }] },
    wanted: { jobGone: [2], stopped: [2], podGone: [5], codes: [200] },
  },
  {
    name: 'Foreground: the pods go, then the Job; nothing is made meanwhile',
    job: { completions: 2, parallelism: 2 },
    pods: { byOrder: [slow, { hang: true, onDelete: { after: 5, exit: 1 } }] },
    options: { actions: [{ at: 2, op: 'delete', cascade: 'foreground' }] },
    wanted: { podGone: [5, 7], jobGone: [7], pods: 2 },
  },
  {
    name: 'a bare call keeps to what an earlier deletion said',
    pods: { default: { hang: true, onDelete: { after: 5, exit: 1 } } },
    options: { actions: [{ at: 2, op: 'delete', policy: 'Foreground' }, { at: 3, op: 'delete' }] },
    wanted: { stopped: [2], podGone: [7], jobGone: [7], codes: [200, 200] },
  },
  {
    name: 'Orphan, which is the default of a bare call: the pods stay and come to their ends',
    pods: { default: { after: 9, exit: 0 } },
    options: { actions: [{ at: 2, op: 'delete' }] },
    wanted: { jobGone: [2], stopped: [undefined], podGone: [undefined], exitCodes: [0] },
  },
  {
    name: 'a finished Job is deleted with its pods as well',
    options: { actions: [{ at: 5, op: 'delete', policy: 'Background' }] },
    wanted: { jobGone: [5], podGone: [5] },
  },
  {
    name: 'a deletion of what is not there is not found',
    options: { actions: [{ at: 5, op: 'delete', name: 'other' }] },
    wanted: { codes: [404] },
  },
  {
    name: 'a suspended Job deletes an active pod that it finds for itself, and counts it neither way',
    job: { ...manual, completions: 2, suspend: true },
    pods: { byOrder: [{ after: 5, exit: 0 }, works] },
    options: { actions: [{ at: 1, op: 'createPod', name: 'p', labels: { app: 'a' } }, { at: 3, op: 'resume' }] },
    wanted: { end: 'CompletionsReached', pods: 3, stopped: [1, undefined, undefined], succeeded: 2, failed: 0 },
  },
  {
    name: 'a pod of other labels, or one that is not matched, is left alone',
    job: { completions: 1 },
    options: { actions: [{ at: 0.5, op: 'createPod', name: 'p', labels: label }] },
    wanted: { end: 'CompletionsReached', succeeded: 1 },
  },
  {
    name: 'a pod whose labels do not match any more is let go of, runs on, and is replaced',
    job: manual,
    pods: { byOrder: [{ after: 30, exit: 1 }, { after: 4, exit: 0 }] },
    options: { actions: [{ at: 5, op: 'patchPod', pod: 0, patch: { metadata: { labels: { app: 'b' } } } }] },
    wanted: { starts: [0, 6], succeeded: 1, failed: 0, stopped: [undefined, undefined], exitCodes: [1, 0] },
  },
  {
    name: 'more successes than completions complete the Job with a warning',
    job: manual,
    pods: { byOrder: [{ after: 3, exit: 0 }, { after: 0.5, exit: 0 }] },
    options: { actions: [{ at: 2.4, op: 'createPod', name: 'p', labels: { app: 'a' } }] },
    wanted: {
      end: 'CompletionsReached',
      succeeded: 2,
      reasons: ['SuccessfulCreate', 'TooManySucceededPods', 'Completed'],
    },
  },
  {
    name: 'an adopted pod too many goes like any other, the newest first',
    job: { ...manual, completions: 2 },
    pods: { default: { after: 6, exit: 0 } },
    options: { actions: [{ at: 2, op: 'createPod', name: 'p', labels: { app: 'a' } }] },
    wanted: { end: 'CompletionsReached', stopped: [undefined, 2, undefined], succeeded: 2, failed: 0 },
  },
  {
    name: 'an adopted pod that succeeded counts towards the completions',
    job: { ...manual, completions: 2 },
    pods: { byOrder: [{ after: 6, exit: 0 }, { after: 0.5, exit: 0 }] },
    options: { actions: [{ at: 2.4, op: 'createPod', name: 'p', labels: { app: 'a' } }] },
    wanted: { end: 'CompletionsReached', pods: 2, succeeded: 2 },
  },
];

test.each(statements)('$name', expectStatement);
