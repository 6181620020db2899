import { Chart } from 'cdk8s';
import { FixedCompletionJob, FixedCompletionJobProps, IndexedJob, IndexedJobProps, NonParallelJob, NonParallelJobProps, ScheduledJob } from 'cdk8s-jobs';

declare const chart: Chart;
const containers = [{ name: 'main', image: 'busybox' }] as const;

//✗ podFailurePolicy: with restartPolicy 'OnFailure' the kubelet restarts containers itself; use restartPolicy 'Never'
new FixedCompletionJob(chart, 'a', { completions: 3, restartPolicy: 'OnFailure', containers, podFailurePolicy: { rules: [] } });
//✗ FailIndex: only an Indexed Job can fail one index; use IndexedJob with backoffLimitPerIndex, or 'FailJob'
new FixedCompletionJob(chart, 'b', { completions: 3, restartPolicy: 'Never', containers, podFailurePolicy: { rules: [{ action: 'FailIndex', onExitCodes: { operator: 'In', values: [42] } }] } });
//✗ FailIndex: needs backoffLimitPerIndex beside it, or use 'FailJob'
new IndexedJob(chart, 'c', { completions: 3, restartPolicy: 'Never', containers, podFailurePolicy: { rules: [{ action: 'FailIndex', onExitCodes: { operator: 'In', values: [42] } }] } });
//✗ containerName: no container of this pod has that name; write the name of one, or leave it out for any
new FixedCompletionJob(chart, 'd', { completions: 3, restartPolicy: 'Never', containers, podFailurePolicy: { rules: [{ action: 'FailJob', onExitCodes: { containerName: 'sidecar', operator: 'In', values: [42] } }] } });
//✗ a rule looks at exit codes or at pod conditions, not both; write two rules
new FixedCompletionJob(chart, 'e', { completions: 3, restartPolicy: 'Never', containers, podFailurePolicy: { rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [42] }, onPodConditions: [{ type: 'DisruptionTarget' }] }] } });
//✗ values: needs one exit code at least; write those that the rule is for
new FixedCompletionJob(chart, 'f', { completions: 3, restartPolicy: 'Never', containers, podFailurePolicy: { rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [] } }] } });
//✗ 'in' is none of the words that this field takes
new FixedCompletionJob(chart, 'g', { completions: 3, restartPolicy: 'Never', containers, podFailurePolicy: { rules: [{ action: 'FailJob', onExitCodes: { operator: 'in', values: [1] } }] } });
//✗ successPolicy: needs one rule at least, and each rule succeededIndexes, succeededCount or both; write which, or how many
new IndexedJob(chart, 'h', { completions: 3, restartPolicy: 'Never', containers, successPolicy: { rules: [] } });
//✗ successPolicy: needs one rule at least, and each rule succeededIndexes, succeededCount or both; write which, or how many
new IndexedJob(chart, 'i', { completions: 3, restartPolicy: 'Never', containers, successPolicy: { rules: [{}] } });
//✗ FailIndex: only an Indexed Job can fail one index
new ScheduledJob(chart, 'j', { schedule: '@daily', job: { type: 'FixedCompletion', completions: 3, restartPolicy: 'Never', containers, podFailurePolicy: { rules: [{ action: 'FailIndex', onExitCodes: { operator: 'In', values: [42] } }] } } });
//✗ podFailurePolicy: with restartPolicy 'OnFailure' the kubelet restarts containers itself
new ScheduledJob(chart, 'k', { schedule: '@daily', job: { restartPolicy: 'OnFailure', containers, podFailurePolicy: { rules: [] } } });
//✗ podFailurePolicy: with restartPolicy 'OnFailure' the kubelet restarts containers itself
export const props: FixedCompletionJobProps<'OnFailure'> = { completions: 3, restartPolicy: 'OnFailure', containers, podFailurePolicy: { rules: [] } };

declare const given: NonParallelJobProps;
declare const indexed: IndexedJobProps;
//✗ podFailurePolicy: with restartPolicy 'OnFailure' the kubelet restarts containers itself; use restartPolicy 'Never'
new NonParallelJob(chart, 'l', { ...given, restartPolicy: 'OnFailure' });
//✗ selector: Kubernetes makes one for each Job; to bring your own, add manualSelector: true and matching podMetadata.labels
new NonParallelJob(chart, 'm', { ...given, restartPolicy: 'Never', manualSelector: false });
//✗ FailIndex: only an Indexed Job can fail one index
new FixedCompletionJob(chart, 'n', { ...indexed, restartPolicy: 'Never' });
//✗ podFailurePolicy: judges a pod when it has failed; beside it podReplacementPolicy 'Failed' is the only one, write that or leave it out
new NonParallelJob(chart, 'o', { restartPolicy: 'Never', containers, podReplacementPolicy: 'TerminatingOrFailed', podFailurePolicy: { rules: [] } });
//✗ podFailurePolicy: judges a pod when it has failed
new ScheduledJob(chart, 'p', { schedule: '@daily', job: { restartPolicy: 'Never', containers, podReplacementPolicy: 'TerminatingOrFailed', podFailurePolicy: { rules: [] } } });
//✗ FailIndex: only an Indexed Job can fail one index
new ScheduledJob(chart, 'q', { schedule: '@daily', job: { restartPolicy: 'Never', containers, podFailurePolicy: { rules: [{ action: 'FailIndex', onExitCodes: { operator: 'In', values: [42] } }] } } });
//✗ 'Stop' is none of the words that this field takes
new IndexedJob(chart, 'r', { completions: 3, restartPolicy: 'Never', containers, podFailurePolicy: { rules: [{ action: 'Stop', onExitCodes: { operator: 'In', values: [42] } }] } });
//✗ 'Stop' is none of the words that this field takes
new ScheduledJob(chart, 's', { schedule: '@daily', job: { restartPolicy: 'Never', containers, podFailurePolicy: { rules: [{ action: 'Stop', onExitCodes: { operator: 'In', values: [42] } }] } } });

enum Policy { Never = 'Never', OnFailure = 'OnFailure' }
//✗ podFailurePolicy: with restartPolicy 'OnFailure' the kubelet restarts containers itself
new NonParallelJob(chart, 't', { restartPolicy: Policy.OnFailure, containers, podFailurePolicy: { rules: [] } });
