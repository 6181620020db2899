// Long because it is a table of rules.
import { profileTypes } from './seccomp';
import { type Decoded } from '../../api/decoded';
import { type AppArmorProfile, type PodSecurityContext, type SecurityContext, type WindowsSecurityContextOptions } from '../../api/kubernetes';
import { byteLength } from '../../api/names';
import { kebab } from '../rule/makers/make-rule';
import { forbidden, inRange, oneOf, required, wellNamed, withinBytes } from '../rule/makers/makers';
import { dnsSubdomain } from '../rule/makers/names';
import { type Rule, type RuleGroup } from '../rule/rule';
import { inContainer, inPod } from '../rule/wrap';

const highestId = 2_147_483_647;
const sysctlName = /^(?:[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/;

/** The numbers that a security context may hold. */
interface Ids {
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly fsGroup?: number;
}

/** The security context of a container. */
const containerGroup: RuleGroup<Decoded<SecurityContext>> = {
  at: 'spec.template.spec.containers[*].securityContext',
  source: 'pkg/apis/core/validation/validation.go ValidateSecurityContext (v1.37)',
  wrap: (securityContext) => inContainer({ securityContext }),
  rules: [
    idRule<Decoded<SecurityContext>>('runAsUser', 'container'),
    idRule<Decoded<SecurityContext>>('runAsGroup', 'container'),
    oneOf({
      id: 'proc-mount-known',
      field: 'procMount',
      gate: 'ProcMountType',
      values: ['Default', 'Unmasked'],
      examples: { bad: [{ procMount: 'Masked' }], good: [{ procMount: 'Default' }] },
    }),
    {
      id: 'unmasked-proc-needs-user-namespace',
      field: 'procMount',
      type: 'Invalid',
      message: '`hostUsers` must be false to use `Unmasked`',
      gate: 'ProcMountType',
      when: 'procMount',
      finds: ({ procMount }, scope) => { if (procMount === 'Unmasked' && scope.pod.hostUsers !== false) scope.report(procMount); },
      examples: { bad: [{ procMount: 'Unmasked' }], good: [{}] },
    },
    {
      id: 'privileged-may-escalate',
      field: '',
      type: 'Invalid',
      message: 'cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
      finds: (context, scope) => { if (context.allowPrivilegeEscalation === false && context.privileged === true) scope.report(context); },
      examples: { bad: [{ allowPrivilegeEscalation: false, privileged: true }], good: [{ privileged: true }] },
    },
    {
      id: 'sys-admin-may-escalate',
      field: '',
      type: 'Invalid',
      message: 'cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN',
      when: 'capabilities',
      finds: (context, scope) => {
        if (context.allowPrivilegeEscalation !== false || (scope.minor >= 37 && scope.old?.hasSysAdmin === true)) return;
        for (const capability of context.capabilities?.add ?? []) if (capability === 'CAP_SYS_ADMIN') scope.report(context);
      },
      examples: {
        bad: [{ allowPrivilegeEscalation: false, capabilities: { add: ['CAP_SYS_ADMIN'] } }],
        good: [{ allowPrivilegeEscalation: false, capabilities: { add: ['SYS_ADMIN'] } }],
      },
    },
  ],
};

/** The security context of the pod. */
const securityPodGroup: RuleGroup<Decoded<PodSecurityContext>> = {
  at: 'spec.template.spec.securityContext',
  source: 'pkg/apis/core/validation/validation.go validatePodSpecSecurityContext (v1.37)',
  wrap: (securityContext) => inPod({ securityContext }),
  rules: [
    idRule<Decoded<PodSecurityContext>>('fsGroup', 'pod'),
    idRule<Decoded<PodSecurityContext>>('runAsUser', 'pod'),
    idRule<Decoded<PodSecurityContext>>('runAsGroup', 'pod'),
    inRange({
      id: 'supplemental-groups-in-range',
      field: 'supplementalGroups[*]',
      min: 0,
      max: highestId,
      examples: { bad: [{ supplementalGroups: [1, -1] }], good: [{ supplementalGroups: [0] }] },
    }),
    required({
      id: 'sysctl-name-given',
      field: 'sysctls[*].name',
      examples: { bad: [{ sysctls: [{ name: '', value: '1' }] }], good: [{ sysctls: [{ name: 'kernel.shm_rmid_forced', value: '1' }] }] },
    }),
    {
      id: 'sysctl-name-well-formed',
      field: 'sysctls[*].name',
      type: 'Invalid',
      message: 'must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$',
      when: 'sysctls',
      finds: ({ sysctls }, scope) => sysctls?.forEach(({ name = '' }, position) => {
        if (name !== '' && !isSysctl(name)) scope.report(name, scope.at.child('sysctls').index(position).child('name'));
      }),
      examples: { bad: [{ sysctls: [{ name: 'Net.Core', value: '1' }] }], good: [{ sysctls: [{ name: 'net/core/somaxconn', value: '1' }] }] },
    },
    {
      id: 'sysctl-names-unique',
      field: 'sysctls[*].name',
      type: 'Duplicate',
      message: '',
      when: 'sysctls',
      finds: ({ sysctls }, scope) => {
        const seen = new Set<string>();
        sysctls?.forEach(({ name = '' }, position) => {
          if (isSysctl(name) && seen.has(name)) scope.report(name, scope.at.child('sysctls').index(position).child('name'));
          seen.add(name);
        });
      },
      examples: { bad: [{ sysctls: [{ name: 'kernel.a', value: '1' }, { name: 'kernel.a', value: '2' }] }], good: [{ sysctls: [{ name: 'kernel.a', value: '1' }] }] },
    },
    {
      id: 'sysctl-not-of-the-host',
      field: 'sysctls[*].name',
      type: 'Invalid',
      message: 'may not be specified when \'hostNetwork\' or \'hostIPC\' is true',
      source: 'pkg/apis/core/validation/validation.go ValidateHostSysctl (v1.37)',
      when: 'sysctls',
      finds: ({ sysctls }, scope) => sysctls?.forEach(({ name = '' }, position) => {
        const namespace = namespaceOfSysctl(name);
        const at = scope.at.child('sysctls').index(position).child('name');
        if (namespace === 'net' && scope.pod.hostNetwork === true) scope.report(name, at, 'may not be specified when \'hostNetwork\' is true');
        else if (namespace === 'ipc' && scope.pod.hostIPC === true) scope.report(name, at, 'may not be specified when \'hostIPC\' is true');
      }),
      // Needs `hostNetwork: true` in the pod: tested with the vectors.
      examples: { bad: [], good: [{ sysctls: [{ name: 'net.core.somaxconn', value: '1' }] }] },
    },
    oneOf({
      id: 'fs-group-change-policy-known',
      field: 'fsGroupChangePolicy',
      values: ['Always', 'OnRootMismatch'],
      examples: { bad: [{ fsGroupChangePolicy: 'Never' }], good: [{ fsGroupChangePolicy: 'OnRootMismatch' }] },
    }),
    oneOf({
      id: 'supplemental-groups-policy-known',
      field: 'supplementalGroupsPolicy',
      gate: 'SupplementalGroupsPolicy',
      values: ['Merge', 'Strict'],
      examples: { bad: [{ supplementalGroupsPolicy: 'Loose' }], good: [{ supplementalGroupsPolicy: 'Strict' }] },
    }),
    {
      id: 'se-linux-change-policy-known',
      field: 'seLinuxChangePolicy',
      type: 'NotSupported',
      message: 'supported values: "MountOption", "Recursive"',
      gate: 'SELinuxChangePolicy',
      source: 'pkg/apis/core/validation/validation.go validateSELinuxChangePolicy (v1.37)',
      when: 'seLinuxChangePolicy',
      finds: ({ seLinuxChangePolicy = 'Recursive' }, scope) => {
        if (seLinuxChangePolicy === 'Recursive' || (seLinuxChangePolicy === 'MountOption' && scope.has('SELinuxMount'))) return;
        scope.report(seLinuxChangePolicy, undefined, scope.has('SELinuxMount') ? undefined : 'supported values: "Recursive"');
      },
      examples: { bad: [{ seLinuxChangePolicy: 'Fast' }, { seLinuxChangePolicy: '' }], good: [{ seLinuxChangePolicy: 'MountOption' }] },
    },
  ],
};

/** An AppArmor profile, of the pod or a container. */
const appArmorGroup: RuleGroup<Decoded<AppArmorProfile>> = {
  at: 'spec.template.spec.containers[*].securityContext.appArmorProfile',
  source: 'pkg/apis/core/validation/validation.go ValidateAppArmorProfileField (v1.37)',
  wrap: (appArmorProfile) => inContainer({ securityContext: { appArmorProfile } }),
  rules: [
    required({
      id: 'app-armor-type-given',
      field: 'type',
      message: 'type is required when appArmorProfile is set',
      examples: { bad: [{}], good: [{ type: 'RuntimeDefault' }] },
    }),
    oneOf({
      id: 'app-armor-type-known',
      field: 'type',
      checks: 'filled',
      values: profileTypes,
      examples: { bad: [{ type: 'Default' }], good: [{ type: 'Unconfined' }] },
    }),
    required({
      id: 'app-armor-profile-given',
      field: 'localhostProfile',
      message: 'must be set when AppArmor type is Localhost',
      where: isLocalhost,
      examples: { bad: [{ type: 'Localhost' }, { type: 'Localhost', localhostProfile: '' }], good: [{ type: 'Localhost', localhostProfile: 'p' }] },
    }),
    {
      id: 'app-armor-profile-not-padded',
      field: 'localhostProfile',
      type: 'Invalid',
      message: 'must not be padded with whitespace',
      finds: ({ type, localhostProfile = '' }, scope) => {
        if (type === 'Localhost' && localhostProfile.trim() !== localhostProfile) scope.report(localhostProfile);
      },
      examples: { bad: [{ type: 'Localhost', localhostProfile: ' p' }], good: [{ type: 'Localhost', localhostProfile: 'a b' }] },
    },
    withinBytes({
      id: 'app-armor-profile-within-limit',
      field: 'localhostProfile',
      most: 4095,
      where: isLocalhost,
      examples: { bad: [{ type: 'Localhost', localhostProfile: 'x'.repeat(4096) }], good: [{ type: 'Localhost', localhostProfile: 'x' }] },
    }),
    forbidden({
      id: 'app-armor-profile-only-for-localhost',
      field: 'localhostProfile',
      type: 'Invalid',
      message: 'can only be set when AppArmor type is Localhost',
      where: ({ type }) => type === 'RuntimeDefault' || type === 'Unconfined',
      examples: { bad: [{ type: 'RuntimeDefault', localhostProfile: 'x' }], good: [{ type: 'RuntimeDefault' }] },
    }),
  ],
};

/** Options for Windows, of the pod or a container. */
const windowsGroup: RuleGroup<Decoded<WindowsSecurityContextOptions>> = {
  at: 'spec.template.spec.containers[*].securityContext.windowsOptions',
  source: 'pkg/apis/core/validation/validation.go validateWindowsSecurityContextOptions (v1.37)',
  wrap: (windowsOptions) => inContainer({ securityContext: { windowsOptions } }),
  rules: [
    wellNamed({
      id: 'gmsa-name-is-a-subdomain',
      field: 'gmsaCredentialSpecName',
      checks: 'given',
      as: dnsSubdomain,
      examples: { bad: [{ gmsaCredentialSpecName: 'A B' }], good: [{ gmsaCredentialSpecName: 'a' }] },
    }),
    {
      id: 'gmsa-spec-within-limit',
      field: 'gmsaCredentialSpec',
      type: 'Invalid',
      message: 'gmsaCredentialSpec must have between 1 byte and 64 KiB',
      finds: ({ gmsaCredentialSpec: spec }, scope) => {
        if (spec === '') scope.report(spec, undefined, 'gmsaCredentialSpec cannot be an empty string');
        else if (spec !== undefined && byteLength(spec) > 65_536) scope.report(undefined, undefined, 'gmsaCredentialSpec size must be under 64 KiB');
      },
      examples: { bad: [{ gmsaCredentialSpec: '' }, { gmsaCredentialSpec: 'x'.repeat(65_537) }], good: [{ gmsaCredentialSpec: 'x' }] },
    },
    wellNamed({
      id: 'windows-user-well-formed',
      field: 'runAsUserName',
      message: 'must be a user, or a domain, a backslash and a user',
      checks: 'given',
      as: { message: 'must be a user, or a domain, a backslash and a user', check: checkWindowsUser },
      examples: { bad: [{ runAsUserName: '' }, { runAsUserName: 'a\\b\\c' }, { runAsUserName: '...' }], good: [{ runAsUserName: 'NT AUTHORITY\\SYSTEM' }] },
    }),
  ],
};

/** The groups about security contexts. */
export const securityRules = {
  pod: securityPodGroup,
  container: containerGroup,
  appArmor: appArmorGroup,
  windows: windowsGroup,
};

function idRule<Target extends Ids>(field: keyof Ids, owner: string): Rule<Target> {
  return inRange({ id: `${owner}-${kebab(field)}-in-range`, field, min: 0, max: highestId });
}

function isLocalhost({ type }: { readonly type?: string }): boolean {
  return type === 'Localhost';
}

function isSysctl(name: string): boolean {
  return name.length <= 253 && sysctlName.test(name);
}

/** The sysctls that each IPC namespace has for itself, besides those of its message queues. */
const ipcSysctls: ReadonlySet<string> = new Set([
  'kernel.sem', 'kernel.shm', 'kernel.shmall', 'kernel.shmmax', 'kernel.shmmni', 'kernel.shm_rmid_forced',
  'kernel.msg', 'kernel.msgmax', 'kernel.msgmnb', 'kernel.msgmni',
]);

/**
 * The kernel namespace that a sysctl belongs to; slashes may stand for dots, and what follows a star counts for nothing.
 *
 * @source staging/src/k8s.io/component-helpers/node/util/sysctl/namespace.go GetNamespace (v1.37)
 */
function namespaceOfSysctl(name: string): 'net' | 'ipc' | undefined {
  const firstSeparator = /[./]/.exec(name)?.[0];
  const dotted = firstSeparator === '/' ? name.replace(/[./]/g, (separator) => (separator === '/' ? '.' : '/')) : name;
  const [known = ''] = dotted.split('*', 1);
  if (known.startsWith('net.')) return 'net';
  return ipcSysctls.has(known) || known.startsWith('fs.mqueue.') ? 'ipc' : undefined;
}

function checkWindowsUser(name: string): readonly string[] {
  if (name === '') return ['runAsUserName cannot be an empty string'];
  if (/[\x00-\x1f\x7f]/.test(name)) return ['runAsUserName cannot contain control characters'];
  const parts = name.split('\\');
  if (parts.length > 2) return ['runAsUserName cannot contain more than one backslash'];
  const domain = parts.length === 2 ? parts[0] ?? '' : undefined;
  const user = parts.at(-1) ?? '';
  const problems: string[] = [];
  if (domain !== undefined && byteLength(domain) >= 256) problems.push('runAsUserName\'s Domain length must be under 256 characters');
  if (domain !== undefined && !isWindowsDomain(domain)) problems.push('runAsUserName\'s Domain doesn\'t match the NetBios nor the DNS format');
  if (user === '') problems.push('runAsUserName\'s User cannot be empty');
  else if (byteLength(user) > 104) problems.push('runAsUserName\'s User length must not be longer than 104 characters');
  if (/^[. ]+$/.test(user)) problems.push('runAsUserName\'s User cannot contain only periods or spaces');
  if (/["/\\:;|=,+*?<>@[\]]/.test(user)) problems.push('runAsUserName\'s User cannot contain the following characters: "/\\:;|=,+*?<>@[]');
  return problems;
}

function isWindowsDomain(domain: string): boolean {
  const label = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/;
  return /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/.test(domain) || domain.split('.').every((part) => label.test(part));
}
