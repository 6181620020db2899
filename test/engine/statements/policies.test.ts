import { type Statement, expectStatement, fails, indexed, play, template, works } from './statement';

const rule = (action: string, operator: string, values: readonly number[], containerName?: string): object =>
  ({ action, onExitCodes: { operator, values, ...(containerName === undefined ? {} : { containerName }) } });
const policy = (...rules: readonly object[]): object => ({ podFailurePolicy: { rules } });
const twoContainers = template({ restartPolicy: 'Never', containers: [{ name: 'main', image: 'x' }, { name: 'side', image: 'x' }] });
const onDisruption = (action: string, status?: string): object =>
  ({ action, onPodConditions: [{ type: 'DisruptionTarget', ...(status === undefined ? {} : { status }) }] });
const success = (...rules: readonly object[]): object => ({ successPolicy: { rules } });

const statements: readonly Statement[] = [
  {
    name: 'FailJob ends the Job on the first match',
    job: policy(rule('FailJob', 'In', [42])),
    pods: { default: { after: 1, exit: 42 } },
    wanted: { end: 'PodFailurePolicy', failed: 1, pods: 1 },
  },
  {
    name: 'a code that no rule is for counts',
    job: { backoffLimit: 1, ...policy(rule('FailJob', 'In', [42])) },
    pods: { default: fails },
    wanted: { end: 'BackoffLimitExceeded', failed: 2 },
  },
  {
    name: 'Ignore counts nothing, and waits',
    job: { backoffLimit: 0, ...policy(rule('Ignore', 'In', [5])) },
    pods: { byOrder: [{ after: 1, exit: 5 }, works] },
    wanted: { starts: [0, 11], failed: 0 },
  },
  {
    name: 'ignored failures raise the wait',
    job: { backoffLimit: 0, ...policy(rule('Ignore', 'In', [5])) },
    pods: { byOrder: [{ after: 1, exit: 5 }, { after: 1, exit: 5 }, { after: 1, exit: 5 }, works] },
    wanted: { starts: [0, 11, 32, 73] },
  },
  {
    name: 'the first rule that matches decides',
    job: policy(rule('Ignore', 'In', [5]), rule('FailJob', 'In', [5])),
    pods: { byOrder: [{ after: 1, exit: 5 }, works] },
    wanted: { end: 'CompletionsReached', failed: 0 },
  },
  {
    name: 'Count hides later rules',
    job: policy(rule('Count', 'In', [5]), rule('FailJob', 'NotIn', [7])),
    pods: { byOrder: [{ after: 1, exit: 5 }, works] },
    wanted: { end: 'CompletionsReached', failed: 1 },
  },
  {
    name: 'NotIn matches every other code but 0',
    job: { backoffLimit: 0, ...twoContainers, ...policy(rule('FailJob', 'NotIn', [1])) },
    pods: { default: { after: 1, exits: { main: 1, side: 0 } } },
    wanted: { end: 'BackoffLimitExceeded' },
  },
  {
    name: 'of two conditions that match, the pod\'s first is named',
    job: policy({ action: 'FailJob', onPodConditions: [{ type: 'Late' }, { type: 'Early' }] }),
    pods: { default: { after: 2, exit: 1, condition: { type: 'Late' } } },
    options: { actions: [{ at: 1, op: 'patchPodStatus', condition: { type: 'Early' } }] },
    wanted: { end: 'PodFailurePolicy', message: expect.stringMatching(/has condition Early matching FailJob rule at index 0$/) as string },
  },
  {
    name: 'a container name narrows a rule',
    job: { backoffLimit: 0, ...twoContainers, ...policy(rule('FailJob', 'In', [4], 'side')) },
    pods: { default: { after: 1, exits: { main: 4, side: 0 } } },
    wanted: { end: 'BackoffLimitExceeded' },
  },
  {
    name: 'the message names the container of the rule',
    job: { ...twoContainers, ...policy(rule('Ignore', 'In', [1]), rule('FailJob', 'In', [4], 'side')) },
    pods: { default: { after: 1, exits: { main: 0, side: 4 } } },
    wanted: { end: 'PodFailurePolicy', message: expect.stringMatching(/^Container side for pod default\/j-\w{5} failed with exit code 4 matching FailJob rule at index 1$/) as string },
  },
  {
    name: 'a failed pod that is evicted before it is counted has the condition too',
    job: { backoffLimit: 0, ...policy(onDisruption('Ignore')) },
    pods: { byOrder: [{ after: 2.2, exit: 1 }, works] },
    options: { actions: [{ at: 2.6, op: 'evictPod' }] },
    wanted: { end: 'CompletionsReached', failed: 0, pods: 2 },
  },
  {
    name: 'an evicted pod has a condition that rules can match',
    job: { backoffLimit: 0, ...policy(onDisruption('Ignore')) },
    pods: { byOrder: [{ hang: true, onDelete: { after: 2, exit: 143 } }, works] },
    options: { actions: [{ at: 2, op: 'evictPod' }] },
    wanted: { failed: 0, succeeded: 1, starts: [0, 14] },
  },
  {
    name: 'a condition of another status does not match',
    job: { backoffLimit: 0, ...policy(onDisruption('Ignore', 'False')) },
    pods: { default: { hang: true } },
    options: { actions: [{ at: 2, op: 'evictPod' }] },
    wanted: { end: 'BackoffLimitExceeded', failed: 1 },
  },
  {
    name: 'a deleted pod without a condition counts, once it has ended',
    job: { backoffLimit: 0, ...policy(onDisruption('Ignore')) },
    pods: { default: { hang: true, onDelete: { after: 3, exit: 143 } } },
    options: { actions: [{ at: 2, op: 'deletePod' }] },
    wanted: { end: 'BackoffLimitExceeded', failed: 1, elapsed: 6 },
  },
  {
    name: 'FailJob deletes what runs and counts it as failed, but what the policy ignores',
    job: { completions: 3, parallelism: 3, ...policy(rule('FailJob', 'In', [42])) },
    pods: { byOrder: [{ after: 2, exit: 42 }, { hang: true }, { hang: true }] },
    wanted: { end: 'PodFailurePolicy', failed: 3 },
  },
  {
    name: 'FailJob beats the limit in the same sync',
    job: { backoffLimit: 0, ...policy(rule('FailJob', 'In', [42])) },
    pods: { default: { after: 1, exit: 42 } },
    wanted: { end: 'PodFailurePolicy' },
  },
  {
    name: 'a list of indexes must succeed as a whole',
    job: { ...indexed(3), ...success({ succeededIndexes: '0,2' }) },
    pods: { byIndex: { 1: [{ hang: true }], 2: [{ after: 6, exit: 0 }] } },
    wanted: { end: 'SuccessPolicy', elapsed: 9, completedIndexes: '0,2', succeeded: 2, failed: 0 },
  },
  {
    name: 'a count alone counts all indexes',
    job: { ...indexed(4), ...success({ succeededCount: 2 }) },
    pods: { byIndex: { 0: [{ hang: true }], 3: [{ hang: true }] } },
    wanted: { end: 'SuccessPolicy', completedIndexes: '1,2' },
  },
  {
    name: 'a count with a list counts the list',
    job: { ...indexed(4), ...success({ succeededIndexes: '2,3', succeededCount: 1 }) },
    pods: { byIndex: { 2: [{ hang: true }], 3: [{ after: 9, exit: 0 }] } },
    wanted: { end: 'SuccessPolicy', completedIndexes: '0,1,3', elapsed: 12 },
  },
  {
    name: 'the rule that is met is named',
    job: { ...indexed(2), ...success({ succeededIndexes: '0' }, { succeededIndexes: '1' }) },
    pods: { byIndex: { 0: [{ hang: true }] } },
    wanted: { message: 'Matched rules at index 1' },
  },
  {
    name: 'the success policy comes before the completions',
    job: { ...indexed(2), ...success({ succeededCount: 2 }) },
    wanted: { end: 'SuccessPolicy' },
  },
  {
    name: 'what runs is deleted and counted neither way, even when it exits with 0',
    job: { ...indexed(2), ...success({ succeededIndexes: '0' }) },
    pods: { byIndex: { 0: [works] }, default: { hang: true, onDelete: { after: 3, exit: 0 } } },
    wanted: { succeeded: 1, failed: 0, elapsed: 6, completedIndexes: '0' },
  },
  {
    name: 'a failure beats the success policy in the same sync',
    job: { ...indexed(2), backoffLimit: 0, ...success({ succeededIndexes: '0' }) },
    pods: { byIndex: { 0: [works], 1: [fails] } },
    wanted: { end: 'BackoffLimitExceeded', succeeded: 1 },
  },
  {
    name: 'the deadline beats the success policy in the same sync',
    job: { ...indexed(2), activeDeadlineSeconds: 3, ...success({ succeededIndexes: '0' }) },
    pods: { byIndex: { 0: [{ after: 2.5, exit: 0 }], 1: [{ hang: true }] } },
    wanted: { end: 'DeadlineExceeded', succeeded: 1, failed: 1 },
  },
  {
    name: 'a failed index does not stand in the way of the success policy',
    job: { ...indexed(3), backoffLimitPerIndex: 0, ...success({ succeededIndexes: '2' }) },
    pods: { byIndex: { 0: [fails], 1: [{ hang: true }], 2: [{ after: 5, exit: 0 }] } },
    wanted: { end: 'SuccessPolicy', failedIndexes: '0', failed: 1 },
  },
  {
    name: 'failed indexes win when all are decided',
    job: { ...indexed(2), backoffLimitPerIndex: 0, ...success({ succeededIndexes: '1' }) },
    pods: { byIndex: { 0: [fails], 1: [works] } },
    wanted: { end: 'FailedIndexes' },
  },
  {
    name: 'without any success no rule is met',
    job: { ...indexed(2), ...success({ succeededIndexes: '0' }) },
    pods: { default: { hang: true } },
    options: { until: 20 },
    wanted: { condition: null, active: 2 },
  },
];

test.each(statements)('$name', expectStatement);

test('once success is decided a later failure changes nothing', () => {
  const trace = play({
    name: '',
    job: { ...indexed(2), backoffLimit: 0, ...success({ succeededIndexes: '0' }) },
    pods: { byIndex: { 0: [works] }, default: { hang: true, onDelete: { after: 4, exit: 1 } } },
    wanted: {},
  });
  expect(trace.reason).toBe('SuccessPolicy');
  expect(trace.condition).toBe('Complete');
});
