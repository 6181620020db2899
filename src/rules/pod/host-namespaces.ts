import { type Decoded } from '../../api/decoded';
import { type PodSpec } from '../../api/kubernetes';
import { type Rule, type RuleGroup } from '../rule/rule';
import { inPod } from '../rule/wrap';

/** What containers share with the node or with each other. */
const podGroup: RuleGroup<Decoded<PodSpec>> = {
  at: 'spec.template.spec',
  source: 'pkg/apis/core/validation/validation.go validatePodSpecSecurityContext, validateHostUsers (v1.37)',
  wrap: inPod,
  rules: [
    {
      id: 'process-namespace-shared-once',
      field: 'shareProcessNamespace',
      type: 'Invalid',
      message: 'ShareProcessNamespace and HostPID cannot both be enabled',
      finds: ({ shareProcessNamespace, hostPID }, scope) => {
        if (shareProcessNamespace !== true || hostPID !== true) return;
        scope.report(true, scope.minor >= 37 ? undefined : scope.at.child('securityContext', 'shareProcessNamespace'));
      },
      examples: { bad: [{ shareProcessNamespace: true, hostPID: true }], good: [{ shareProcessNamespace: true }] },
    },
    noHost('host-network-needs-host-users', 'hostNetwork', 'hostNetwork'),
    noHost('host-pid-needs-host-users', 'hostPID', 'HostPID'),
    noHost('host-ipc-needs-host-users', 'hostIPC', 'HostIPC'),
  ],
};

/** The groups about namespaces of the node. */
export const hostNamespaceRules = { pod: podGroup };

function noHost(id: string, field: 'hostNetwork' | 'hostPID' | 'hostIPC', blamed: string): Rule<Decoded<PodSpec>> {
  return {
    id,
    field: blamed,
    type: 'Forbidden',
    message: 'when `hostUsers` is false',
    gate: 'UserNamespacesSupport',
    when: 'hostUsers',
    finds: (pod, scope) => {
      if (pod.hostUsers !== false || pod[field] !== true) return;
      if (field !== 'hostNetwork' || !scope.has('UserNamespacesHostNetworkSupport')) scope.report();
    },
    examples: { bad: [{ hostUsers: false, [field]: true }], good: [{ hostUsers: true, [field]: true }] },
  };
}
