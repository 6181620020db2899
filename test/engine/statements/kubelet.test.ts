import { type Statement, expectStatement, template, works } from './statement';

const onFailure = (more: object = {}): object => template({ restartPolicy: 'OnFailure', ...more });
const init = { initContainers: [{ name: 'init', image: 'x' }] };
const sidecar = { initContainers: [{ name: 'proxy', image: 'x', restartPolicy: 'Always' }] };
const rules = (action: string): object => template({
  restartPolicy: 'Never',
  containers: [{ name: 'main', image: 'x', restartPolicy: 'Never', restartPolicyRules: [{ action, exitCodes: { operator: 'In', values: [42] } }] }],
});
const run = (exit: number): { readonly after: number; readonly exit: number } => ({ after: 1, exit });

const statements: readonly Statement[] = [
  {
    name: 'the first restart is immediate, the next wait 10, 20, 40 seconds',
    job: onFailure(),
    pods: { default: { runs: [run(1), run(1), run(1), run(1), run(0)] } },
    wanted: { containerStarts: [0, 1, 12, 33, 74], failed: 0, succeeded: 1 },
  },
  {
    name: 'with OnFailure limits 0 and 1 are alike',
    job: { ...onFailure(), backoffLimit: 1 },
    pods: { default: { runs: [run(1), { after: 60, exit: 0 }] } },
    wanted: { end: 'BackoffLimitExceeded', failed: 1 },
  },
  {
    name: 'with OnFailure limit 2 fails on the second restart',
    job: { ...onFailure(), backoffLimit: 2 },
    pods: { default: { runs: [run(1), run(1), { after: 60, exit: 0 }] } },
    wanted: { end: 'BackoffLimitExceeded', containerStarts: [0, 1, 12], failed: 1 },
  },
  {
    name: 'restarts of init containers count as well',
    job: { ...onFailure(init), backoffLimit: 2 },
    pods: { default: { initRuns: [run(1), run(1), run(0)] } },
    wanted: { end: 'BackoffLimitExceeded', containerStarts: [], failed: 1 },
  },
  {
    name: 'an init container that fails is restarted with OnFailure',
    job: onFailure(init),
    pods: { default: { initRuns: [run(1), run(0)], after: 1, exit: 0 } },
    wanted: { end: 'CompletionsReached', containerStarts: [2], failed: 0 },
  },
  {
    name: 'with Never it fails the pod',
    job: { ...template({ restartPolicy: 'Never', ...init }), backoffLimit: 0 },
    pods: { default: { initExit: 3, after: 1 } },
    wanted: { failed: 1, exitCodes: [3], containerStarts: [] },
  },
  {
    name: 'a sidecar does not keep a pod from its end, nor change how it ends',
    job: template({ restartPolicy: 'Never', ...sidecar }),
    pods: { default: { after: 2, exit: 0 } },
    wanted: { succeeded: 1, failed: 0, elapsed: 4 },
  },
  {
    name: 'the end of a sidecar is the end of the pod',
    job: template({ restartPolicy: 'Never', ...sidecar }),
    pods: { default: { after: 2, exit: 0, onDelete: { after: 7, exit: 1 } } },
    wanted: { succeeded: 1, elapsed: 10 },
  },
  {
    name: 'the wait for the next pod counts from the end of the sidecar',
    job: template({ restartPolicy: 'Never', ...sidecar }),
    pods: { byOrder: [{ after: 1, exit: 1, onDelete: { after: 4, exit: 143 } }, { after: 1, exit: 0 }] },
    wanted: { end: 'CompletionsReached', starts: [0, 15], failed: 1 },
  },
  {
    name: 'a pod with a sidecar fails with its main container',
    job: { ...template({ restartPolicy: 'Never', ...sidecar }), backoffLimit: 0 },
    pods: { default: { after: 2, exit: 5, onDelete: { after: 1, exit: 0 } } },
    wanted: { end: 'BackoffLimitExceeded', failed: 1 },
  },
  {
    name: 'a rule restarts a container of a pod that never does',
    job: rules('Restart'),
    pods: { default: { runs: [run(42), run(42), run(0)] } },
    wanted: { end: 'CompletionsReached', pods: 1, containerStarts: [0, 1, 12], failed: 0 },
  },
  {
    name: 'another exit code fails that pod',
    job: { ...rules('Restart'), backoffLimit: 0 },
    pods: { default: { runs: [run(42), run(1)] } },
    wanted: { end: 'BackoffLimitExceeded', failed: 1, containerStarts: [0, 1] },
  },
  {
    name: 'restarts in a pod that never restarts do not count towards the limit',
    job: { ...rules('Restart'), backoffLimit: 0 },
    pods: { default: { runs: [run(42), run(42), run(0)] } },
    wanted: { end: 'CompletionsReached' },
  },
  {
    name: 'with one of two containers done and one restarting the pod goes on',
    job: onFailure({ containers: [{ name: 'main', image: 'x' }, { name: 'side', image: 'x' }] }),
    pods: { default: { runs: [run(1), run(0)] } },
    wanted: { succeeded: 1, pods: 1 },
  },
  {
    name: 'two containers end a pod with the worse of both',
    job: { ...template({ restartPolicy: 'Never', containers: [{ name: 'main', image: 'x' }, { name: 'side', image: 'x' }] }), backoffLimit: 0 },
    pods: { default: { after: 1, exits: { main: 0, side: 7 } } },
    wanted: { failed: 1, exitCodes: [7] },
  },
  {
    name: 'an evicted pod has failed whatever its policy',
    job: onFailure(),
    pods: { byOrder: [{ after: 2, exit: 137, phase: 'Failed', podReason: 'Evicted' }, { runs: [works] }] },
    wanted: { failed: 1, starts: [0, 12] },
  },
  {
    name: 'the own deadline of a pod fails it',
    job: { template: { spec: { activeDeadlineSeconds: 4 } }, backoffLimit: 1 },
    pods: { default: { hang: true } },
    wanted: { end: 'BackoffLimitExceeded', failed: 2, starts: [0, 15] },
  },
  {
    name: 'a pod that stays pending is active',
    pods: { default: { pending: true } },
    options: { until: 60 },
    wanted: { active: 1, ready: 0, condition: null },
  },
  {
    name: 'a pod that is never ready still completes',
    pods: { default: { after: 3, exit: 0, ready: false } },
    wanted: { end: 'CompletionsReached' },
  },
];

test.each(statements)('$name', expectStatement);
