import { type Decoded } from '../../api/decoded';
import { type PodFailurePolicy, type PodFailurePolicyOnExitCodesRequirement, type PodFailurePolicyRule } from '../../api/kubernetes';
import { oneOf, required, unique, validValues, wellNamed, withinItems } from '../rule/makers/makers';
import { qualifiedName } from '../rule/makers/names';
import { type RuleGroup } from '../rule/rule';
import { inJob } from '../rule/wrap';

const source = 'pkg/apis/batch/validation/validation.go validatePodFailurePolicy (v1.37)';
const actions = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
const statuses = ['False', 'True', 'Unknown'];
const operators = ['In', 'NotIn'];

/** The pod failure policy as a whole. */
const policyGroup: RuleGroup<Decoded<PodFailurePolicy>> = {
  at: 'spec.podFailurePolicy',
  source,
  wrap: (podFailurePolicy) => inJob({ podFailurePolicy }),
  rules: [withinItems({
    id: 'failure-policy-within-20-rules',
    field: 'rules',
    most: 20,
    examples: { bad: [{ rules: repeated(21, onExit({})) }], good: [{ rules: repeated(20, onExit({})) }, { rules: [] }] },
  })],
};

/** One rule of the pod failure policy. */
const ruleGroup: RuleGroup<Decoded<PodFailurePolicyRule>> = {
  at: 'spec.podFailurePolicy.rules[*]',
  source: 'pkg/apis/batch/validation/validation.go validatePodFailurePolicyRule (v1.37)',
  wrap: (rule) => inFailureRule({ ...onExit({}), ...rule }),
  rules: [
    required({
      id: 'failure-action-given',
      field: 'action',
      message: validValues(actions),
      examples: { bad: [{ action: undefined }, { action: '' }], good: [{ action: 'Ignore' }] },
    }),
    {
      id: 'fail-index-needs-backoff-limit-per-index',
      field: 'action',
      type: 'Invalid',
      message: 'requires the backoffLimitPerIndex to be set',
      finds: ({ action }, scope) => { if (action === 'FailIndex' && scope.job.backoffLimitPerIndex === undefined) scope.report(action); },
      examples: { bad: [{ action: 'FailIndex' }], good: [{ action: 'FailJob' }] },
    },
    oneOf({
      id: 'failure-action-known',
      field: 'action',
      checks: 'filled',
      values: actions,
      examples: { bad: [{ action: 'Fail' }], good: [{ action: 'Count' }] },
    }),
    {
      id: 'exit-codes-exclude-pod-conditions',
      field: '',
      type: 'Invalid',
      message: 'specifying both OnExitCodes and OnPodConditions is not supported',
      finds: ({ onExitCodes, onPodConditions = [] }, scope) => {
        if (onExitCodes !== undefined && onPodConditions.length > 0) {
          scope.report();
        }
      },
      examples: { bad: [{ onPodConditions: [{ type: 'DisruptionTarget' }] }], good: [{ onPodConditions: [] }] },
    },
    {
      id: 'exit-codes-or-pod-conditions',
      field: '',
      type: 'Invalid',
      message: 'specifying one of OnExitCodes and OnPodConditions is required',
      finds: ({ onExitCodes, onPodConditions = [] }, scope) => {
        if (onExitCodes === undefined && onPodConditions.length === 0) {
          scope.report();
        }
      },
      examples: { bad: [{ onExitCodes: undefined }], good: [{ onExitCodes: undefined, onPodConditions: [{ type: 'DisruptionTarget' }] }] },
    },
    withinItems({
      id: 'within-20-pod-conditions',
      field: 'onPodConditions',
      most: 20,
      examples: {
        bad: [{ onExitCodes: undefined, onPodConditions: repeated(21, { type: 'DisruptionTarget' }) }],
        good: [{ onExitCodes: undefined, onPodConditions: repeated(20, { type: 'DisruptionTarget' }) }],
      },
    }),
    wellNamed({
      id: 'pod-condition-type-is-a-qualified-name',
      field: 'onPodConditions[*].type',
      checks: 'all',
      as: qualifiedName,
      examples: { bad: [onCondition({ type: 'Bad Type' }), onCondition({})], good: [onCondition({ type: 'example.com/Lost' })] },
    }),
    required({
      id: 'pod-condition-status-given',
      field: 'onPodConditions[*].status',
      message: validValues(statuses),
      // Defaulted everywhere but in CronJobs up to 1.33.
      examples: { bad: [], good: [onCondition({ type: 'DisruptionTarget' })] },
    }),
    oneOf({
      id: 'pod-condition-status-known',
      field: 'onPodConditions[*].status',
      checks: 'filled',
      values: statuses,
      examples: { bad: [onCondition({ type: 'DisruptionTarget', status: 'Yes' })], good: [onCondition({ type: 'DisruptionTarget', status: 'False' })] },
    }),
  ],
};

/** What a rule of the pod failure policy says about exit codes. */
const exitCodesGroup: RuleGroup<Decoded<PodFailurePolicyOnExitCodesRequirement>> = {
  at: 'spec.podFailurePolicy.rules[*].onExitCodes',
  source: 'pkg/apis/batch/validation/validation.go validatePodFailurePolicyRuleOnExitCodes (v1.37)',
  wrap: (onExitCodes) => inFailureRule(onExit(onExitCodes)),
  rules: [
    required({
      id: 'exit-code-operator-given',
      field: 'operator',
      message: validValues(operators),
      examples: { bad: [{ operator: '' }], good: [{ operator: 'In' }] },
    }),
    oneOf({
      id: 'exit-code-operator-known',
      field: 'operator',
      checks: 'filled',
      values: operators,
      examples: { bad: [{ operator: 'Exists' }], good: [{ operator: 'NotIn' }] },
    }),
    {
      id: 'exit-code-container-exists',
      field: 'containerName',
      type: 'Invalid',
      message: 'must be one of the container or initContainer names in the pod template',
      finds: ({ containerName }, scope) => {
        if (containerName === undefined) return;
        const isNamed = ({ name }: { name?: string }) => (name ?? '') === containerName;
        if (!(scope.pod.containers ?? []).some(isNamed) && !(scope.pod.initContainers ?? []).some(isNamed)) scope.report(containerName);
      },
      examples: { bad: [{ containerName: 'sidecar' }, { containerName: '' }], good: [{ containerName: 'main' }] },
    },
    {
      id: 'exit-codes-given',
      field: 'values',
      type: 'Invalid',
      message: 'at least one value is required',
      finds: ({ values = [] }, scope) => { if (values.length === 0) scope.report(values); },
      examples: { bad: [{ values: [] }], good: [{ values: [1] }] },
    },
    withinItems({
      id: 'within-255-exit-codes',
      field: 'values',
      most: 255,
      examples: { bad: [{ values: codes(256) }], good: [{ values: codes(255) }] },
    }),
    {
      id: 'exit-code-zero-not-in',
      field: 'values[*]',
      type: 'Invalid',
      message: 'must not be 0 for the In operator',
      finds: ({ operator, values = [] }, scope) => {
        if (operator !== 'In') return;
        values.forEach((value, position) => { if (value === 0) scope.report(0, scope.at.child('values').index(position)); });
      },
      examples: { bad: [{ values: [0, 1] }], good: [{ operator: 'NotIn', values: [0] }] },
    },
    unique({
      id: 'exit-codes-unique',
      field: 'values[*]',
      examples: { bad: [{ values: [1, 1] }], good: [{ values: [1, 2] }] },
    }),
    {
      id: 'exit-codes-ordered',
      field: 'values',
      type: 'Invalid',
      message: 'must be ordered',
      finds: ({ values = [] }, scope) => {
        if (values.some((value, position) => position > 0 && (values[position - 1] ?? value) > value)) scope.report(values);
      },
      examples: { bad: [{ values: [2, 1] }], good: [{ values: [-1, 2, 300] }] },
    },
  ],
};

/** The groups about the pod failure policy. */
export const failurePolicyRules = { policy: policyGroup, rule: ruleGroup, exitCodes: exitCodesGroup };

function onExit(onExitCodes: object): object {
  return { action: 'FailJob', onExitCodes: { operator: 'In', values: [42], ...onExitCodes } };
}

function onCondition(pattern: object): object {
  return { onExitCodes: undefined, onPodConditions: [pattern] };
}

function inFailureRule(rule: object): object {
  return inJob({ podFailurePolicy: { rules: [rule] } });
}

function repeated(times: number, item: object): object[] {
  return Array.from({ length: times }, () => item);
}

function codes(count: number): number[] {
  return Array.from({ length: count }, (_, position) => position + 1);
}
