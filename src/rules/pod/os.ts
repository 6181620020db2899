import { eachContainer } from './containers';
import { type Decoded } from '../../api/decoded';
import { type PodSpec } from '../../api/kubernetes';
import { forbidden } from '../rule/makers/makers';
import { type RuleGroup, type Scope } from '../rule/rule';
import { inPod, minimalContainer } from '../rule/wrap';

type Target = Decoded<PodSpec>;

const windows = { os: { name: 'windows' } };
const differs = 'pod hostProcess value must be identical if both are specified';
const linuxPodFields = [
  'appArmorProfile', 'seLinuxOptions', 'seccompProfile', 'fsGroup', 'fsGroupChangePolicy', 'runAsUser', 'runAsGroup', 'supplementalGroups',
  'supplementalGroupsPolicy', 'seLinuxChangePolicy',
] as const;
const linuxContainerFields = [
  'appArmorProfile', 'seLinuxOptions', 'seccompProfile', 'capabilities', 'readOnlyRootFilesystem', 'privileged', 'allowPrivilegeEscalation', 'procMount',
  'runAsUser', 'runAsGroup',
] as const;

/** What a pod may not ask for on the operating system that it names. */
const podGroup: RuleGroup<Target> = {
  at: 'spec.template.spec',
  source: 'pkg/apis/core/validation/validation.go validateLinux, validateWindows (v1.37)',
  wrap: inPod,
  rules: [
    {
      id: 'linux-pod-without-windows-options',
      field: '**.securityContext.windowsOptions',
      type: 'Forbidden',
      message: 'windows options cannot be set for a linux pod',
      when: 'os',
      finds: (pod, scope) => {
        if (pod.os?.name !== 'linux') return;
        if (pod.securityContext?.windowsOptions !== undefined) scope.report(undefined, scope.at.child('securityContext', 'windowsOptions'));
        eachContainer(pod, scope.at, ({ securityContext }, at) => {
          if (securityContext?.windowsOptions !== undefined) scope.report(undefined, at.child('securityContext', 'windowsOptions'));
        });
      },
      examples: { bad: [{ os: { name: 'linux' }, securityContext: { windowsOptions: {} } }], good: [{ os: { name: 'linux' } }] },
    },
    {
      id: 'windows-pod-without-linux-fields',
      field: '**',
      type: 'Forbidden',
      message: 'cannot be set for a windows pod',
      when: 'os',
      finds: (pod, scope) => {
        if (pod.os?.name !== 'windows') return;
        reportLinuxPod(pod, scope);
        eachContainer(pod, scope.at, ({ securityContext = {} }, at) => {
          for (const field of linuxContainerFields) if (securityContext[field] !== undefined) scope.report(undefined, at.child('securityContext', field));
        });
      },
      examples: {
        bad: [{ ...windows, hostPID: true }, { ...windows, securityContext: { fsGroup: 1 } }],
        good: [{ ...windows, securityContext: { windowsOptions: { runAsUserName: 'ContainerUser' } } }],
      },
    },
    forbidden({
      id: 'windows-pod-without-resources',
      field: 'resources',
      message: 'may not be set for a windows pod',
      gate: 'PodLevelResources',
      source: 'pkg/apis/core/validation/validation.go validatePodResources (v1.37)',
      where: ({ os }) => os?.name === 'windows',
      examples: { bad: [{ ...windows, resources: { limits: { cpu: '1' } } }], good: [{ resources: { limits: { cpu: '1' } } }] },
    }),
  ],
};

/** Processes of a Windows host, where the pod has options for Windows. */
const hostProcessGroup: RuleGroup<Target> = {
  at: 'spec.template.spec',
  source: 'pkg/apis/core/validation/validation.go validateWindowsHostProcessPod (v1.37)',
  wrap: inPod,
  rules: [
    {
      id: 'host-process-same-everywhere',
      field: '**.securityContext.windowsOptions.hostProcess',
      type: 'Invalid',
      message: differs,
      finds: (pod, scope) => {
        const ofPod = pod.securityContext?.windowsOptions?.hostProcess;
        if (ofPod === undefined) return;
        eachContainer(pod, scope.at, ({ securityContext }, at) => {
          const ofContainer = securityContext?.windowsOptions?.hostProcess;
          if (ofContainer !== undefined && ofContainer !== ofPod) {
            scope.report(ofContainer, at.child('securityContext', 'windowsOptions', 'hostProcess'), `${differs}, was ${String(ofPod)}`);
          }
        });
      },
      examples: {
        bad: [{
          hostNetwork: true,
          securityContext: { windowsOptions: { hostProcess: true } },
          containers: [{ ...minimalContainer, securityContext: { windowsOptions: { hostProcess: false } } }],
        }],
        good: [{ hostNetwork: true, securityContext: { windowsOptions: { hostProcess: true } } }],
      },
    },
    {
      id: 'host-process-in-all-containers',
      field: '',
      type: 'Invalid',
      message: 'If pod contains any hostProcess containers then all containers must be HostProcess containers',
      finds: (pod, scope) => {
        const { all, host } = countHostProcesses(pod, scope);
        if (host > 0 && host !== all) scope.report('');
      },
      examples: {
        bad: [{
          hostNetwork: true,
          containers: [{ ...minimalContainer, securityContext: { windowsOptions: { hostProcess: true } } }, { name: 'other', image: 'busybox' }],
        }],
        good: [{ hostNetwork: true, securityContext: { windowsOptions: { hostProcess: true } } }],
      },
    },
    {
      id: 'host-process-needs-host-network',
      field: 'hostNetwork',
      type: 'Invalid',
      message: 'hostNetwork must be true if pod contains any hostProcess containers',
      finds: (pod, scope) => { if (pod.hostNetwork !== true && countHostProcesses(pod, scope).host > 0) scope.report(false); },
      examples: {
        bad: [{ securityContext: { windowsOptions: { hostProcess: true } } }],
        good: [{ hostNetwork: true, securityContext: { windowsOptions: { hostProcess: true } } }],
      },
    },
  ],
};

/** The groups about operating systems. */
export const osRules = { pod: podGroup, hostProcess: hostProcessGroup };

function reportLinuxPod(pod: Target, scope: Scope): void {
  const { securityContext = {} } = pod;
  for (const field of linuxPodFields) if (securityContext[field] !== undefined) scope.report(undefined, scope.at.child('securityContext', field));
  if ((securityContext.sysctls ?? []).length > 0) scope.report(undefined, scope.at.child('securityContext', 'sysctls'));
  if (pod.hostUsers !== undefined) scope.report(undefined, scope.at.child('hostUsers'));
  if (pod.hostPID === true) scope.report(undefined, scope.at.child('hostPID'));
  if (pod.hostIPC === true) scope.report(undefined, scope.at.child('hostIPC'));
  if (pod.shareProcessNamespace !== undefined) scope.report(undefined, scope.at.child('shareProcessNamespace'));
}

function countHostProcesses(pod: Target, scope: Scope): { readonly all: number; readonly host: number } {
  const ofPod = pod.securityContext?.windowsOptions?.hostProcess === true;
  const counts = { all: 0, host: 0 };
  eachContainer(pod, scope.at, ({ securityContext }) => {
    counts.all += 1;
    if (securityContext?.windowsOptions?.hostProcess ?? ofPod) counts.host += 1;
  });
  return counts;
}
