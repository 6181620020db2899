// Long because it is a table of rules.
import { type Decoded } from '../../api/decoded';
import { type Container, type ContainerRestartRule, type PodSpec } from '../../api/kubernetes';
import { kebab } from '../rule/makers/make-rule';
import { forbidden, oneOf, required, unique, wellNamed, withinItems } from '../rule/makers/makers';
import { dnsLabel } from '../rule/makers/names';
import { type Rule, type RuleGroup } from '../rule/rule';
import { inContainer, inPod, minimalContainer } from '../rule/wrap';

type Target = Decoded<Container>;

const restartPolicies = ['Always', 'Never', 'OnFailure'];
const initMessage = 'may not be set for init containers without restartPolicy=Always';
const newInit = { name: 'prepare', image: 'busybox' };

/** Any container: main, init or ephemeral. */
const anyGroup: RuleGroup<Target> = {
  at: 'spec.template.spec.containers[*]',
  source: 'pkg/apis/core/validation/validation.go validateContainerCommon (v1.37)',
  wrap: inContainer,
  rules: [
    required({
      id: 'container-name-given',
      field: 'name',
      examples: { bad: [{ name: '' }], good: [{ name: 'main' }] },
    }),
    wellNamed({
      id: 'container-name-is-a-label',
      field: 'name',
      as: dnsLabel,
      examples: { bad: [{ name: 'Main_1' }, { name: 'a.b' }], good: [{ name: 'main-1' }] },
    }),
    required({
      id: 'container-image-given',
      field: 'image',
      examples: { bad: [{ image: '' }, { image: undefined }], good: [{ image: 'busybox:1' }] },
    }),
    oneOf({
      id: 'termination-message-policy-known',
      field: 'terminationMessagePolicy',
      values: ['File', 'FallbackToLogsOnError'],
      examples: { bad: [{ terminationMessagePolicy: 'Logs' }], good: [{ terminationMessagePolicy: 'FallbackToLogsOnError' }] },
    }),
    oneOf({
      id: 'image-pull-policy-known',
      field: 'imagePullPolicy',
      source: 'pkg/apis/core/validation/validation.go validatePullPolicy (v1.37)',
      values: ['Always', 'IfNotPresent', 'Never'],
      examples: { bad: [{ imagePullPolicy: 'always' }], good: [{ imagePullPolicy: 'Never' }] },
    }),
  ],
};

/** Restart rules against the restart policy, since 1.35. */
const restartNeedGroup: RuleGroup<Target> = {
  at: 'spec.template.spec.containers[*]',
  source: 'pkg/apis/core/validation/validation.go validateContainerRestartPolicy (v1.37)',
  wrap: inContainer,
  rules: [
    required({
      id: 'restart-rules-need-restart-policy',
      field: 'restartPolicy',
      message: 'must specify restartPolicy when restart rules are used',
      gate: 'ContainerRestartRules',
      when: 'restartPolicyRules',
      takesEmpty: true,
      where: ({ restartPolicyRules = [] }) => restartPolicyRules.length > 0,
      examples: {
        bad: [{ restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] } }] }],
        good: [{ restartPolicy: 'Never', restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] } }] }],
      },
    }),
  ],
};

/** All restart rules of a container, since 1.35. */
const restartListGroup: RuleGroup<Target> = {
  at: 'spec.template.spec.containers[*]',
  source: 'pkg/apis/core/validation/validation.go validateContainerRestartPolicy (v1.37)',
  wrap: inContainer,
  rules: [
    withinItems({
      id: 'within-20-restart-rules',
      field: 'restartPolicyRules',
      gate: 'ContainerRestartRules',
      most: 20,
      examples: {
        bad: [{ restartPolicy: 'Never', restartPolicyRules: Array.from({ length: 21 }, () => ({ action: 'Restart', exitCodes: { operator: 'In', values: [1] } })) }],
        good: [{ restartPolicy: 'Never', restartPolicyRules: [] }],
      },
    }),
  ],
};

/** One of a container's restart rules, since 1.35. */
const restartRuleGroup: RuleGroup<Decoded<ContainerRestartRule>> = {
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
      gate: 'ContainerRestartRules',
      finds: ({ action = '' }, scope) => {
        if (action !== 'Restart' && !(action === 'RestartAllContainers' && scope.has('RestartAllContainersOnContainerExits'))) scope.report(action);
      },
      examples: { bad: [{ action: 'Stop' }], good: [{ action: 'RestartAllContainers' }] },
    },
    required({
      id: 'restart-rule-has-exit-codes',
      field: 'exitCodes',
      message: 'must be specified',
      gate: 'ContainerRestartRules',
      takesEmpty: true,
      examples: { bad: [{ exitCodes: undefined }], good: [{}] },
    }),
    oneOf({
      id: 'restart-rule-operator-known',
      field: 'exitCodes.operator',
      gate: 'ContainerRestartRules',
      checks: 'all',
      values: ['In', 'NotIn'],
      examples: { bad: [{ exitCodes: { operator: 'Exists', values: [1] } }], good: [{ exitCodes: { operator: 'NotIn', values: [0] } }] },
    }),
    withinItems({
      id: 'within-255-restart-exit-codes',
      field: 'exitCodes.values',
      gate: 'ContainerRestartRules',
      most: 255,
      examples: { bad: [{ exitCodes: { operator: 'In', values: Array.from({ length: 256 }, (_, code) => code) } }], good: [{}] },
    }),
  ],
};

/** A main container of the pod. */
const mainGroup: RuleGroup<Target> = {
  at: 'spec.template.spec.containers[*]',
  source: 'pkg/apis/core/validation/validation.go validateContainers (v1.37)',
  wrap: inContainer,
  rules: [
    forbidden({
      id: 'restart-policy-only-on-init-containers',
      field: 'restartPolicy',
      message: 'may not be set for non-init containers',
      until: 33,
      examples: { bad: [{ restartPolicy: 'Always' }], good: [{}] },
    }),
    oneOf({
      id: 'container-restart-policy-known',
      field: 'restartPolicy',
      gate: 'ContainerRestartRules',
      values: restartPolicies,
      examples: { bad: [{ restartPolicy: 'never' }], good: [{ restartPolicy: 'OnFailure' }] },
    }),
  ],
};

/** A container that runs before the others, sidecars included. */
const initGroup: RuleGroup<Target> = {
  at: 'spec.template.spec.initContainers[*]',
  source: 'pkg/apis/core/validation/validation.go validateInitContainers (v1.37)',
  wrap: (container) => inPod({ initContainers: [{ ...newInit, ...container }] }),
  rules: [
    oneOf({
      id: 'init-restart-policy-always',
      field: 'restartPolicy',
      until: 33,
      values: ['Always'],
      examples: { bad: [{ restartPolicy: 'Never' }], good: [{ restartPolicy: 'Always' }] },
    }),
    oneOf({
      id: 'init-restart-policy-known',
      field: 'restartPolicy',
      gate: 'ContainerRestartRules',
      values: restartPolicies,
      examples: { bad: [{ restartPolicy: 'always' }], good: [{ restartPolicy: 'Never' }] },
    }),
    forbidden({
      id: 'sidecar-without-restart-rules',
      field: 'restartPolicyRules',
      message: 'restartPolicyRules are not allowed for init containers with restart policy Always',
      gate: 'ContainerRestartRules',
      until: 35,
      checks: 'filled',
      where: ({ restartPolicy }) => restartPolicy === 'Always',
      examples: {
        bad: [{ restartPolicy: 'Always', restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values: [1] } }] }],
        good: [{ restartPolicy: 'Always' }],
      },
    }),
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
const namesGroup: RuleGroup<Decoded<PodSpec>> = {
  at: 'spec.template.spec',
  source: 'pkg/apis/core/validation/validation.go validateContainers, validateInitContainers (v1.37)',
  wrap: inPod,
  rules: [
    required({
      id: 'containers-given',
      field: 'containers',
      examples: { bad: [{ containers: [] }, { containers: undefined }], good: [{ containers: [minimalContainer] }] },
    }),
    unique({
      id: 'container-names-unique',
      field: 'containers[*].name',
      examples: { bad: [{ containers: [minimalContainer, minimalContainer] }], good: [{ containers: [minimalContainer, { ...minimalContainer, name: 'other' }] }] },
    }),
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

/** The groups about containers. */
export const containerRules = {
  names: namesGroup,
  any: anyGroup,
  main: mainGroup,
  init: initGroup,
  restartNeed: restartNeedGroup,
  restartList: restartListGroup,
  restartRule: restartRuleGroup,
};

function onlySidecar(field: 'lifecycle' | 'livenessProbe' | 'readinessProbe' | 'startupProbe', value: object): Rule<Target> {
  return forbidden({
    id: `init-container-without-${kebab(field)}`,
    field,
    message: initMessage,
    where: ({ restartPolicy }) => restartPolicy !== 'Always',
    examples: { bad: [{ [field]: value }], good: [{ [field]: value, restartPolicy: 'Always' }] },
  });
}
