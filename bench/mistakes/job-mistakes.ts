import { container, inJob, inKind, inSchedule, type Mistake, object } from './mistake';

const policy = (...rules: readonly string[]): string => `{ rules: [${rules.join(', ')}] }`;
const onExit = (action: string, requirement: string): string => `{ action: '${action}', onExitCodes: { ${requirement} } }`;
const always = { restartPolicy: 'kplus.RestartPolicy.ALWAYS' };
const job = { restartPolicy: "'Never'", containers: `[${container()}]` };

/** What can be wrong with the fields of a Job. */
export const jobMistakes: readonly Mistake[] = [
  inJob(1, 'restartPolicy: Always', { restartPolicy: "'Always'" }, always),
  inJob(2, 'restartPolicy that turns out undefined', { restartPolicy: 'undefined' }, { restartPolicy: 'undefined' }),
  inKind('WorkQueueJob', 3, 'parallelism: -1', { parallelism: '-1' }),
  inKind('FixedCompletionJob', 4, 'completions: -1', { completions: '-1' }),
  inKind('IndexedJob', 5, 'Indexed without completions', { completions: '', parallelism: '2' }),
  inKind('IndexedJob', 6, 'Indexed, parallelism above its limit', { completions: '200000', parallelism: '200000' }),
  inKind('FixedCompletionJob', 7, "completionMode: 'indexed', in lower case", { completionMode: "'indexed'" }),
  inJob(8, 'podFailurePolicy with restartPolicy OnFailure', {
    restartPolicy: "'OnFailure'", podFailurePolicy: policy(onExit('FailJob', "operator: 'In', values: [42]")),
  }, 'no field'),
  inKind('IndexedJob', 9, 'FailIndex without backoffLimitPerIndex', {
    podFailurePolicy: policy(onExit('FailIndex', "operator: 'In', values: [42]")),
  }),
  inJob(10, 'exit codes In [0]', { podFailurePolicy: policy(onExit('FailJob', "operator: 'In', values: [0]")) }, 'no field'),
  inJob(11, 'a failure rule for a container that is not there', {
    podFailurePolicy: policy(onExit('FailJob', "containerName: 'mian', operator: 'In', values: [42]")),
  }, 'no field'),
  inJob(12, 'exit codes out of order and twice', { podFailurePolicy: policy(onExit('FailJob', "operator: 'In', values: [5, 3, 5]")) }, 'no field'),
  inJob(13, 'a failure rule with exit codes and pod conditions', {
    podFailurePolicy: policy("{ action: 'Ignore', onExitCodes: { operator: 'In', values: [42] }, onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }"),
  }, 'no field'),
  inJob(14, 'backoffLimit: -1', { backoffLimit: '-1' }, { backoffLimit: '-1' }),
  inJob(15, 'backoffLimit: 2.5', { backoffLimit: '2.5' }, { backoffLimit: '2.5' }),
  inJob(16, 'backoffLimit: Number(undefined)', { backoffLimit: 'Number(undefined)' }, { backoffLimit: 'Number(undefined)' }),
  inKind('FixedCompletionJob', 17, 'backoffLimitPerIndex without Indexed', { backoffLimitPerIndex: '1' }),
  inKind('IndexedJob', 18, 'maxFailedIndexes without backoffLimitPerIndex', { maxFailedIndexes: '1' }),
  inKind('IndexedJob', 19, 'maxFailedIndexes above completions', { backoffLimitPerIndex: '1', maxFailedIndexes: '9' }),
  inJob(20, 'a negative time to live', { ttlSecondsAfterFinished: '-1' }, { ttlAfterFinished: 'cdk8s.Duration.seconds(-1)' }),
  inJob(21, 'activeDeadlineSeconds: 0', { activeDeadlineSeconds: '0' }, { activeDeadline: 'cdk8s.Duration.seconds(0)' }),
  inJob(22, 'a deadline of 1.5 s', { activeDeadlineSeconds: '1.5' }, { activeDeadline: 'cdk8s.Duration.millis(1500)' }),
  inJob(23, 'a selector without manualSelector', { selector: "{ matchLabels: { app: 'x' } }", podMetadata: "{ labels: { app: 'x' } }" }, 'no field'),
  inSchedule(24, 'a selector in a schedule', { job: object({ ...job, selector: "{ matchLabels: { app: 'x' } }" }) }, 'no field', {
    raw: { jobTemplate: `{ spec: { selector: { matchLabels: { app: 'x' } }, template: { spec: ${object(job)} } } }` },
  }),
  inJob(25, 'podReplacementPolicy TerminatingOrFailed with podFailurePolicy', {
    podReplacementPolicy: "'TerminatingOrFailed'", podFailurePolicy: policy(onExit('FailJob', "operator: 'In', values: [42]")),
  }, 'no field'),
  inKind('FixedCompletionJob', 26, 'successPolicy without Indexed', { successPolicy: "{ rules: [{ succeededIndexes: '0' }] }" }),
  inKind('IndexedJob', 27, 'successPolicy for indexes that there are not', { successPolicy: "{ rules: [{ succeededIndexes: '7-9' }] }" }),
  inJob(28, 'managedBy without a domain', { managedBy: "'me'" }, 'no field'),
  inKind('FixedCompletionJob', 29, 'parallelism: 1.5', { parallelism: '1.5' }),
  inKind('FixedCompletionJob', 30, 'paralelism, misspelt', { paralelism: '2' }, { plus: { paralelism: '2' } }),
  inJob(31, "suspend: 'true', as text", { suspend: "'true'" }, { suspend: "'true'" }),
];
