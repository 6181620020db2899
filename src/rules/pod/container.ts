// Long because it is a table of rules.
import { type Decoded } from '../../api/decoded';
import { type Container, type ContainerRestartRule, type PodSpec } from '../../api/kubernetes';
import { checkDnsLabel } from '../../api/names';
import { type Rule, type RuleGroup, type Scope } from '../rule/rule';
import { inContainer, inPod, minimalContainer } from '../rule/wrap';

type Target = Decoded<Container>;

const pullPolicies = ['Always', 'IfNotPresent', 'Never'];
const restartPolicies = ['Always', 'Never', 'OnFailure'];
const initMessage = 'may not be set for init containers without restartPolicy=Always';
const newInit = { name: 'prepare', image: 'busybox' };

/** Any container: of the pod, before it, or ephemeral. */
export const containerRules: RuleGroup<Target> = {
  at: 'spec.template.spec.containers[*]',
  source: 'pkg/apis/core/validation/validation.go validateContainerCommon (v1.37)',
  wrap: inContainer,
  rules: [
    {
      id: 'container-name-given',
      field: 'name',
      type: 'Required',
      message: '',
      finds: ({ name = '' }, scope) => { if (name === '') scope.report(); },
      examples: { bad: [{ name: '' }], good: [{ name: 'main' }] },
    },
    {
      id: 'container-name-is-a-label',
      field: 'name',
      type: 'Invalid',
      message: 'must be a lowercase RFC 1123 label',
      finds: ({ name = '' }, scope) => { if (name !== '') scope.reportAll(checkDnsLabel(name), name); },
      examples: { bad: [{ name: 'Main_1' }, { name: 'a.b' }], good: [{ name: 'main-1' }] },
    },
    {
      id: 'container-image-given',
      field: 'image',
      type: 'Required',
      message: '',
      finds: ({ image = '' }, scope) => { if (image === '') scope.report(); },
      examples: { bad: [{ image: '' }, { image: undefined }], good: [{ image: 'busybox:1' }] },
    },
    {
      id: 'termination-message-policy-known',
      field: 'terminationMessagePolicy',
      type: 'NotSupported',
      message: 'supported values: "File", "FallbackToLogsOnError"',
      finds: ({ terminationMessagePolicy = 'File' }, scope) => {
        if (terminationMessagePolicy !== 'File' && terminationMessagePolicy !== 'FallbackToLogsOnError') scope.report(terminationMessagePolicy);
      },
      examples: { bad: [{ terminationMessagePolicy: 'Logs' }], good: [{ terminationMessagePolicy: 'FallbackToLogsOnError' }] },
    },
    {
      id: 'image-pull-policy-known',
      field: 'imagePullPolicy',
      type: 'NotSupported',
      message: 'supported values: "Always", "IfNotPresent", "Never"',
      source: 'pkg/apis/core/validation/validation.go validatePullPolicy (v1.37)',
      finds: ({ imagePullPolicy = 'Always' }, scope) => { if (!pullPolicies.includes(imagePullPolicy)) scope.report(imagePullPolicy); },
      examples: { bad: [{ imagePullPolicy: 'always' }], good: [{ imagePullPolicy: 'Never' }] },
    },
  ],
};

/** Restart rules against the restart policy, since 1.35. */
export const restartNeedRules: RuleGroup<Target> = {
  at: 'spec.template.spec.containers[*]',
  source: 'pkg/apis/core/validation/validation.go validateContainerRestartPolicy (v1.37)',
  wrap: inContainer,
  rules: [
    {
      id: 'restart-rules-need-restart-policy',
      field: 'restartPolicy',
      type: 'Required',
      message: 'must specify restartPolicy when restart rules are used',
      since: 35,
      when: 'restartPolicyRules',
      finds: ({ restartPolicy, restartPolicyRules = [] }, scope) => {
        if (restartPolicyRules.length > 0 && restartPolicy === undefined) scope.report();
      },
      examples: {
        bad: [{ restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] } }] }],
        good: [{ restartPolicy: 'Never', restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] } }] }],
      },
    },
  ],
};

/** All restart rules of a container, since 1.35. */
export const restartListRules: RuleGroup<Target> = {
  at: 'spec.template.spec.containers[*]',
  source: 'pkg/apis/core/validation/validation.go validateContainerRestartPolicy (v1.37)',
  wrap: inContainer,
  rules: [
    {
      id: 'within-20-restart-rules',
      field: 'restartPolicyRules',
      type: 'TooMany',
      message: 'must have at most 20 items',
      since: 35,
      finds: ({ restartPolicyRules = [] }, scope) => { if (restartPolicyRules.length > 20) scope.report(restartPolicyRules.length); },
      examples: {
        bad: [{ restartPolicy: 'Never', restartPolicyRules: Array.from({ length: 21 }, () => ({ action: 'Restart', exitCodes: { operator: 'In', values: [1] } })) }],
        good: [{ restartPolicy: 'Never', restartPolicyRules: [] }],
      },
    },
  ],
};

/** One of a container's restart rules, since 1.35. */
export const restartRuleRules: RuleGroup<Decoded<ContainerRestartRule>> = {
  at: 'spec.template.spec.containers[*].restartPolicyRules[*]',
  source: 'pkg/apis/core/validation/validation.go validateContainerRestartPolicy (v1.37)',
  wrap: (rule) => inContainer({
    restartPolicy: 'Never', restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] }, ...rule }],
  }),
  rules: [
    {
      id: 'restart-rule-action-known',
      field: 'action',
      type: 'NotSupported',
      message: 'supported values: "Restart", "RestartAllContainers"',
      since: 35,
      finds: ({ action = '' }, scope) => {
        if (action !== 'Restart' && !(action === 'RestartAllContainers' && scope.minor >= 36)) scope.report(action);
      },
      examples: { bad: [{ action: 'Stop' }], good: [{ action: 'RestartAllContainers' }] },
    },
    {
      id: 'restart-rule-has-exit-codes',
      field: 'exitCodes',
      type: 'Required',
      message: 'must be specified',
      since: 35,
      finds: ({ exitCodes }, scope) => { if (exitCodes === undefined) scope.report(); },
      examples: { bad: [{ exitCodes: undefined }], good: [{}] },
    },
    {
      id: 'restart-rule-operator-known',
      field: 'exitCodes.operator',
      type: 'NotSupported',
      message: 'supported values: "In", "NotIn"',
      since: 35,
      finds: ({ exitCodes }, scope) => {
        if (exitCodes !== undefined && exitCodes.operator !== 'In' && exitCodes.operator !== 'NotIn') scope.report(exitCodes.operator ?? '');
      },
      examples: { bad: [{ exitCodes: { operator: 'Exists', values: [1] } }], good: [{ exitCodes: { operator: 'NotIn', values: [0] } }] },
    },
    {
      id: 'within-255-restart-exit-codes',
      field: 'exitCodes.values',
      type: 'TooMany',
      message: 'must have at most 255 items',
      since: 35,
      finds: ({ exitCodes }, scope) => { if ((exitCodes?.values?.length ?? 0) > 255) scope.report(exitCodes?.values?.length); },
      examples: { bad: [{ exitCodes: { operator: 'In', values: Array.from({ length: 256 }, (_, code) => code) } }], good: [{}] },
    },
  ],
};

/** A container of the pod proper. */
export const mainContainerRules: RuleGroup<Target> = {
  at: 'spec.template.spec.containers[*]',
  source: 'pkg/apis/core/validation/validation.go validateContainers (v1.37)',
  wrap: inContainer,
  rules: [
    {
      id: 'restart-policy-only-on-init-containers',
      field: 'restartPolicy',
      type: 'Forbidden',
      message: 'may not be set for non-init containers',
      until: 33,
      finds: ({ restartPolicy }, scope) => { if (restartPolicy !== undefined) scope.report(); },
      examples: { bad: [{ restartPolicy: 'Always' }], good: [{}] },
    },
    {
      id: 'container-restart-policy-known',
      field: 'restartPolicy',
      type: 'NotSupported',
      message: 'supported values: "Always", "Never", "OnFailure"',
      since: 35,
      when: 'restartPolicy',
      finds: checkRestartPolicy,
      examples: { bad: [{ restartPolicy: 'never' }], good: [{ restartPolicy: 'OnFailure' }] },
    },
  ],
};

/** A container that runs before the others, sidecars included. */
export const initContainerRules: RuleGroup<Target> = {
  at: 'spec.template.spec.initContainers[*]',
  source: 'pkg/apis/core/validation/validation.go validateInitContainers (v1.37)',
  wrap: (container) => inPod({ initContainers: [{ ...newInit, ...container }] }),
  rules: [
    {
      id: 'init-restart-policy-always',
      field: 'restartPolicy',
      type: 'NotSupported',
      message: 'supported values: "Always"',
      until: 33,
      finds: ({ restartPolicy = 'Always' }, scope) => { if (restartPolicy !== 'Always') scope.report(restartPolicy); },
      examples: { bad: [{ restartPolicy: 'Never' }], good: [{ restartPolicy: 'Always' }] },
    },
    {
      id: 'init-restart-policy-known',
      field: 'restartPolicy',
      type: 'NotSupported',
      message: 'supported values: "Always", "Never", "OnFailure"',
      since: 35,
      finds: checkRestartPolicy,
      examples: { bad: [{ restartPolicy: 'always' }], good: [{ restartPolicy: 'Never' }] },
    },
    {
      id: 'sidecar-without-restart-rules',
      field: 'restartPolicyRules',
      type: 'Forbidden',
      message: 'restartPolicyRules are not allowed for init containers with restart policy Always',
      since: 35,
      until: 35,
      finds: ({ restartPolicy, restartPolicyRules = [] }, scope) => {
        if (restartPolicy === 'Always' && restartPolicyRules.length > 0) scope.report();
      },
      examples: {
        bad: [{ restartPolicy: 'Always', restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values: [1] } }] }],
        good: [{ restartPolicy: 'Always' }],
      },
    },
    onlySidecar('lifecycle', { preStop: { exec: { command: ['true'] } } }),
    onlySidecar('livenessProbe', { exec: { command: ['true'] } }),
    onlySidecar('readinessProbe', { exec: { command: ['true'] } }),
    onlySidecar('startupProbe', { exec: { command: ['true'] } }),
    {
      id: 'init-resize-restarts-nothing',
      field: 'resizePolicy[*].restartPolicy',
      type: 'Invalid',
      message: 'must not be set to \'RestartContainer\' for non-sidecar initContainers',
      since: 36,
      finds: ({ restartPolicy, resizePolicy }, scope) => {
        if (restartPolicy === 'Always') return;
        resizePolicy?.forEach((policy, position) => {
          if (policy.restartPolicy === 'RestartContainer') {
            scope.report(policy.restartPolicy, scope.at.child('resizePolicy').index(position).child('restartPolicy'));
          }
        });
      },
      examples: { bad: [{ resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'RestartContainer' }] }], good: [{ resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'NotRequired' }] }] },
    },
  ],
};

/** Names of containers against each other. */
export const containerNamesRules: RuleGroup<Decoded<PodSpec>> = {
  at: 'spec.template.spec',
  source: 'pkg/apis/core/validation/validation.go validateContainers, validateInitContainers (v1.37)',
  wrap: inPod,
  rules: [
    {
      id: 'containers-given',
      field: 'containers',
      type: 'Required',
      message: '',
      finds: ({ containers = [] }, scope) => { if (containers.length === 0) scope.report(); },
      examples: { bad: [{ containers: [] }, { containers: undefined }], good: [{ containers: [minimalContainer] }] },
    },
    {
      id: 'container-names-unique',
      field: 'containers[*].name',
      type: 'Duplicate',
      message: '',
      finds: ({ containers = [] }, scope) => {
        const seen = new Set<string>();
        if (containers.length < 2) return;
        containers.forEach(({ name = '' }, position) => {
          if (seen.has(name)) scope.report(name, scope.at.child('containers').index(position).child('name'));
          seen.add(name);
        });
      },
      examples: { bad: [{ containers: [minimalContainer, minimalContainer] }], good: [{ containers: [minimalContainer, { ...minimalContainer, name: 'other' }] }] },
    },
    {
      id: 'init-container-names-unique',
      field: 'initContainers[*].name',
      type: 'Duplicate',
      message: '',
      when: 'initContainers',
      finds: ({ containers = [], initContainers = [] }, scope) => {
        if (initContainers.length === 0) return;
        const seen = new Set(containers.map(({ name = '' }) => name));
        initContainers.forEach(({ name = '' }, position) => {
          if (seen.has(name)) scope.report(name, scope.at.child('initContainers').index(position).child('name'));
          else if (name !== '') seen.add(name);
        });
      },
      examples: {
        bad: [{ initContainers: [minimalContainer] }, { initContainers: [newInit, newInit] }],
        good: [{ initContainers: [newInit] }],
      },
    },
  ],
};

function onlySidecar(field: 'lifecycle' | 'livenessProbe' | 'readinessProbe' | 'startupProbe', value: object): Rule<Target> {
  const name = field.replace(/[A-Z]/, (letter) => `-${letter.toLowerCase()}`);
  return {
    id: `init-container-without-${name}`,
    field,
    type: 'Forbidden',
    message: initMessage,
    finds: (container, scope) => { if (container[field] !== undefined && container.restartPolicy !== 'Always') scope.report(); },
    examples: { bad: [{ [field]: value }], good: [{ [field]: value, restartPolicy: 'Always' }] },
  };
}

function checkRestartPolicy({ restartPolicy }: Target, scope: Scope): void {
  if (restartPolicy !== undefined && !restartPolicies.includes(restartPolicy)) scope.report(restartPolicy);
}
