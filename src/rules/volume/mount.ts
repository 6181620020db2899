// Long because it is a table of rules.
import { type Decoded } from '../../api/decoded';
import { type Container, type VolumeDevice, type VolumeMount } from '../../api/kubernetes';
import { type FieldPath } from '../../core/field-path';
import { forbidden, oneOf, required, supportedValues, unique, wellNamed } from '../rule/makers/makers';
import { descendingPath } from '../rule/makers/names';
import { hasBackstep } from '../rule/paths';
import { type RuleGroup, type Scope } from '../rule/rule';
import { inPod, minimalContainer } from '../rule/wrap';

type Target = Decoded<Container>;

const bindOptions: readonly string[] = ['nodev', 'noexec', 'nosuid'];
const bindSource = 'pkg/apis/core/validation/validation.go validateBindMountOptions (v1.37)';
const volumes = [{ name: 'data', emptyDir: {} }, { name: 'image', image: { reference: 'a' } }, { name: 'disk', persistentVolumeClaim: { claimName: 'c' } }];

/** The mounts of a container. These rules leave out the index where the API server does. */
const mountGroup: RuleGroup<Target> = {
  at: 'spec.template.spec.containers[*]',
  source: 'pkg/apis/core/validation/validation.go ValidateVolumeMounts (v1.37)',
  wrap: inMounting,
  rules: [
    required({
      id: 'mount-name-given',
      field: 'volumeMounts[*].name',
      examples: { bad: [mounting({ name: '' })], good: [mounting({})] },
    }),
    {
      id: 'mounted-volume-exists',
      field: 'volumeMounts[*].name',
      type: 'NotFound',
      message: '',
      finds: ({ volumeMounts }, scope) => volumeMounts?.forEach(({ name = '' }, position) => {
        if (!scope.volumes.has(name)) scope.report(name, scope.at.child('volumeMounts').index(position).child('name'));
      }),
      examples: { bad: [mounting({ name: 'other' })], good: [mounting({})] },
    },
    required({
      id: 'mount-path-given',
      field: 'volumeMounts[*].mountPath',
      examples: { bad: [mounting({ mountPath: '' })], good: [mounting({ mountPath: 'relative' })] },
    }),
    unique({
      id: 'mount-paths-unique',
      field: 'volumeMounts[*].mountPath',
      type: 'Invalid',
      message: 'must be unique',
      examples: {
        bad: [{ volumeMounts: [{ name: 'data', mountPath: '/x' }, { name: 'disk', mountPath: '/x' }] }],
        good: [{ volumeMounts: [{ name: 'data', mountPath: '/x' }, { name: 'disk', mountPath: '/x/' }] }],
      },
    }),
    {
      id: 'mounted-volume-is-no-device',
      field: 'volumeMounts[*].name',
      type: 'Invalid',
      message: 'must not already exist in volumeDevices',
      finds: ({ volumeMounts, volumeDevices = [] }, scope) => {
        if (volumeMounts === undefined || volumeDevices.length === 0) return;
        const devices = new Set(volumeDevices.map(({ name = '' }) => name));
        volumeMounts.forEach(({ name = '' }, position) => {
          if (devices.has(name)) scope.report(name, scope.at.child('volumeMounts').index(position).child('name'));
        });
      },
      examples: { bad: [{ ...mounting({ name: 'disk' }), volumeDevices: [{ name: 'disk', devicePath: '/dev/x' }] }], good: [mounting({ name: 'disk' })] },
    },
    {
      id: 'mount-path-is-no-device',
      field: 'volumeMounts[*].mountPath',
      type: 'Invalid',
      message: 'must not already exist as a path in volumeDevices',
      finds: ({ volumeMounts, volumeDevices = [] }, scope) => {
        if (volumeMounts === undefined || volumeDevices.length === 0) return;
        const devices = lastPaths(volumeDevices, 'devicePath');
        volumeMounts.forEach(({ mountPath = '' }, position) => {
          if (devices.has(mountPath)) scope.report(mountPath, scope.at.child('volumeMounts').index(position).child('mountPath'));
        });
      },
      examples: { bad: [{ ...mounting({ mountPath: '/dev/x' }), volumeDevices: [{ name: 'disk', devicePath: '/dev/x' }] }], good: [mounting({})] },
    },
    wellNamed({
      id: 'sub-path-stays-inside',
      field: 'volumeMounts.subPath',
      reads: 'volumeMounts[*].subPath',
      as: descendingPath,
      examples: { bad: [mounting({ subPath: '/a' }), mounting({ subPath: '../a' })], good: [mounting({ subPath: 'a/..b' })] },
    }),
    wellNamed({
      id: 'sub-path-expression-stays-inside',
      field: 'volumeMounts.subPathExpr',
      reads: 'volumeMounts[*].subPathExpr',
      as: descendingPath,
      examples: { bad: [mounting({ subPathExpr: '/a' })], good: [mounting({ subPathExpr: '$(POD)' })] },
    }),
    {
      id: 'sub-path-or-expression',
      field: 'volumeMounts[*].subPathExpr',
      type: 'Invalid',
      message: 'subPathExpr and subPath are mutually exclusive',
      finds: ({ volumeMounts }, scope) => volumeMounts?.forEach(({ subPath = '', subPathExpr = '' }, position) => {
        if (subPath !== '' && subPathExpr !== '') scope.report(subPathExpr, scope.at.child('volumeMounts').index(position).child('subPathExpr'));
      }),
      examples: { bad: [mounting({ subPath: 'a', subPathExpr: 'b' })], good: [mounting({ subPath: 'a' })] },
    },
    oneOf({
      id: 'mount-propagation-known',
      field: 'volumeMounts.mountPropagation',
      reads: 'volumeMounts[*].mountPropagation',
      source: 'pkg/apis/core/validation/validation.go validateMountPropagation (v1.37)',
      values: ['Bidirectional', 'HostToContainer', 'None'],
      examples: { bad: [mounting({ mountPropagation: 'Both' })], good: [mounting({ mountPropagation: 'HostToContainer' })] },
    }),
    {
      id: 'bidirectional-mount-needs-privilege',
      field: 'volumeMounts.mountPropagation',
      type: 'Forbidden',
      message: 'Bidirectional mount propagation is available only to privileged containers',
      source: 'pkg/apis/core/validation/validation.go validateMountPropagation (v1.37)',
      finds: ({ volumeMounts, securityContext }, scope) => {
        if (securityContext?.privileged === true) return;
        for (const { mountPropagation } of volumeMounts ?? []) if (mountPropagation === 'Bidirectional') scope.report();
      },
      examples: {
        bad: [mounting({ mountPropagation: 'Bidirectional' })],
        good: [{ ...mounting({ mountPropagation: 'Bidirectional' }), securityContext: { privileged: true } }],
      },
    },
    {
      id: 'bind-mount-option-known',
      field: 'volumeMounts[*].bindMountOptions[*]',
      type: 'NotSupported',
      message: supportedValues(bindOptions),
      gate: 'VolumeBindMountOptions',
      source: bindSource,
      finds: (container, scope) => eachBindOption(container, scope, (option, _, at) => {
        if (!bindOptions.includes(option)) scope.report(option, at);
      }),
      examples: { bad: [mounting({ bindMountOptions: ['ro'] })], good: [mounting({ bindMountOptions: ['noexec'] })] },
    },
    {
      id: 'bind-mount-options-unique',
      field: 'volumeMounts[*].bindMountOptions[*]',
      type: 'Duplicate',
      message: '',
      gate: 'VolumeBindMountOptions',
      source: bindSource,
      finds: (container, scope) => eachBindOption(container, scope, (option, before, at) => {
        if (before.includes(option)) scope.report(option, at);
      }),
      examples: { bad: [mounting({ bindMountOptions: ['noexec', 'noexec'] })], good: [mounting({ bindMountOptions: ['noexec', 'nodev'] })] },
    },
    {
      id: 'bind-mount-options-without-image',
      field: 'volumeMounts[*].bindMountOptions',
      type: 'Invalid',
      message: 'bindMountOptions may not be used with image volumes',
      gate: 'VolumeBindMountOptions',
      source: 'pkg/apis/core/validation/validation.go ValidateVolumeMounts (v1.37)',
      finds: ({ volumeMounts }, scope) => volumeMounts?.forEach(({ name = '', bindMountOptions = [] }, position) => {
        if (bindMountOptions.length === 0 || scope.volumes.get(name)?.image === undefined) return;
        scope.report(bindMountOptions, scope.at.child('volumeMounts').index(position).child('bindMountOptions'));
      }),
      examples: { bad: [mounting({ name: 'image', bindMountOptions: ['noexec'] })], good: [mounting({ bindMountOptions: ['noexec'] })] },
    },
    {
      id: 'recursive-read-only-needs-read-only',
      field: 'volumeMounts.recursiveReadOnly',
      type: 'Forbidden',
      message: 'may only be specified when readOnly is true',
      source: 'pkg/apis/core/validation/validation.go validateMountRecursiveReadOnly (v1.37)',
      finds: ({ volumeMounts }, scope) => {
        for (const mount of volumeMounts ?? []) if (isRecursive(mount) && mount.readOnly !== true) scope.report();
      },
      examples: { bad: [mounting({ recursiveReadOnly: 'Enabled' })], good: [mounting({ recursiveReadOnly: 'Enabled', readOnly: true })] },
    },
    {
      id: 'recursive-read-only-without-propagation',
      field: 'volumeMounts.recursiveReadOnly',
      type: 'Forbidden',
      message: 'may only be specified when mountPropagation is None or not specified',
      source: 'pkg/apis/core/validation/validation.go validateMountRecursiveReadOnly (v1.37)',
      finds: ({ volumeMounts }, scope) => {
        for (const mount of volumeMounts ?? []) if (isRecursive(mount) && (mount.mountPropagation ?? 'None') !== 'None') scope.report();
      },
      examples: {
        bad: [mounting({ recursiveReadOnly: 'Enabled', readOnly: true, mountPropagation: 'HostToContainer' })],
        good: [mounting({ recursiveReadOnly: 'IfPossible', readOnly: true, mountPropagation: 'None' })],
      },
    },
    oneOf({
      id: 'recursive-read-only-known',
      field: 'volumeMounts.recursiveReadOnly',
      reads: 'volumeMounts[*].recursiveReadOnly',
      source: 'pkg/apis/core/validation/validation.go validateMountRecursiveReadOnly (v1.37)',
      values: ['Disabled', 'Enabled', 'IfPossible'],
      examples: { bad: [mounting({ recursiveReadOnly: 'Yes' })], good: [mounting({ recursiveReadOnly: 'Disabled' })] },
    }),
  ],
};

/** The block devices of a container. */
const deviceGroup: RuleGroup<Target> = {
  at: 'spec.template.spec.containers[*]',
  source: 'pkg/apis/core/validation/validation.go ValidateVolumeDevices (v1.37)',
  wrap: inMounting,
  rules: [
    required({
      id: 'device-name-given',
      field: 'volumeDevices[*].name',
      examples: { bad: [device({ name: '' })], good: [device({})] },
    }),
    {
      id: 'device-names-unique',
      field: 'volumeDevices[*].name',
      type: 'Invalid',
      message: 'must be unique',
      finds: ({ volumeDevices }, scope) => volumeDevices?.forEach(({ name = '' }, position) => {
        if (name !== '' && volumeDevices.findIndex((other) => other.name === name) < position) {
          scope.report(name, scope.at.child('volumeDevices').index(position).child('name'));
        }
      }),
      examples: { bad: [{ volumeDevices: [{ name: 'disk', devicePath: '/a' }, { name: 'disk', devicePath: '/b' }] }], good: [device({})] },
    },
    {
      id: 'device-is-a-claim',
      field: 'volumeDevices[*].name',
      type: 'Invalid',
      message: 'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode',
      finds: ({ volumeDevices }, scope) => volumeDevices?.forEach(({ name = '' }, position) => {
        const volume = scope.volumes.get(name);
        if (volume !== undefined && volume.persistentVolumeClaim === undefined && volume.ephemeral === undefined) {
          scope.report(name, scope.at.child('volumeDevices').index(position).child('name'));
        }
      }),
      examples: { bad: [device({ name: 'data' })], good: [device({})] },
    },
    {
      id: 'device-volume-exists',
      field: 'volumeDevices[*].name',
      type: 'NotFound',
      message: '',
      finds: ({ volumeDevices }, scope) => volumeDevices?.forEach(({ name = '' }, position) => {
        if (!scope.volumes.has(name)) scope.report(name, scope.at.child('volumeDevices').index(position).child('name'));
      }),
      examples: { bad: [device({ name: 'other' })], good: [device({})] },
    },
    required({
      id: 'device-path-given',
      field: 'volumeDevices[*].devicePath',
      examples: { bad: [device({ devicePath: '' })], good: [device({})] },
    }),
    {
      id: 'device-paths-unique',
      field: 'volumeDevices[*].devicePath',
      type: 'Invalid',
      message: 'must be unique',
      finds: ({ volumeDevices }, scope) => {
        const seen = new Set<string>();
        volumeDevices?.forEach(({ devicePath = '' }, position) => {
          if (seen.has(devicePath)) scope.report(devicePath, scope.at.child('volumeDevices').index(position).child('devicePath'));
          if (!hasBackstep(devicePath)) seen.add(devicePath);
        });
      },
      examples: { bad: [{ volumeDevices: [{ name: 'disk', devicePath: '/a' }, { name: 'data', devicePath: '/a' }] }], good: [device({})] },
    },
    {
      id: 'device-path-without-backstep',
      field: 'volumeDevices[*].devicePath',
      type: 'Invalid',
      message: 'can not contain backsteps (\'..\')',
      finds: ({ volumeDevices }, scope) => volumeDevices?.forEach(({ devicePath = '' }, position) => {
        if (hasBackstep(devicePath)) scope.report(devicePath, scope.at.child('volumeDevices').index(position).child('devicePath'));
      }),
      examples: { bad: [device({ devicePath: '/dev/../x' })], good: [device({})] },
    },
    {
      id: 'device-is-not-mounted',
      field: 'volumeDevices[*].name',
      type: 'Invalid',
      message: 'must not already exist in volumeMounts',
      finds: ({ volumeDevices, volumeMounts = [] }, scope) => {
        if (volumeDevices === undefined || volumeMounts.length === 0) return;
        const mounts = new Set(volumeMounts.map(({ name = '' }) => name));
        volumeDevices.forEach(({ name = '' }, position) => {
          if (mounts.has(name)) scope.report(name, scope.at.child('volumeDevices').index(position).child('name'));
        });
      },
      examples: { bad: [{ ...device({}), volumeMounts: [{ name: 'disk', mountPath: '/x' }] }], good: [device({})] },
    },
    {
      id: 'device-path-is-not-mounted',
      field: 'volumeDevices[*].devicePath',
      type: 'Invalid',
      message: 'must not already exist as a path in volumeMounts',
      finds: ({ volumeDevices, volumeMounts = [] }, scope) => {
        if (volumeDevices === undefined || volumeMounts.length === 0) return;
        const mounts = lastPaths(volumeMounts, 'mountPath');
        volumeDevices.forEach(({ devicePath = '' }, position) => {
          if (mounts.has(devicePath)) scope.report(devicePath, scope.at.child('volumeDevices').index(position).child('devicePath'));
        });
      },
      examples: { bad: [{ ...device({}), volumeMounts: [{ name: 'data', mountPath: '/dev/x' }] }], good: [device({})] },
    },
    forbidden({
      id: 'devices-need-host-users',
      field: 'volumeDevices',
      message: 'when `hostUsers` is false',
      since: 34,
      source: 'pkg/apis/core/validation/validation.go validateHostUsers (v1.37)',
      checks: 'filled',
      where: (_, { pod }) => pod.hostUsers === false,
      // Needs `hostUsers: false` in the pod: tested with the vectors.
      examples: { bad: [], good: [device({})] },
    }),
  ],
};

/** The groups about what a container mounts. */
export const mountRules = { mount: mountGroup, device: deviceGroup };

/** The API server keeps one path for each name: the last. */
function lastPaths(list: readonly (Decoded<VolumeMount> & Decoded<VolumeDevice>)[], field: 'mountPath' | 'devicePath'): ReadonlySet<string> {
  return new Set(new Map(list.map((entry) => [entry.name ?? '', entry[field] ?? ''])).values());
}

function isRecursive({ recursiveReadOnly }: Decoded<VolumeMount>): boolean {
  return recursiveReadOnly === 'Enabled' || recursiveReadOnly === 'IfPossible';
}

function mounting(mount: object): object {
  return { volumeMounts: [{ name: 'data', mountPath: '/data', ...mount }] };
}

function device(entry: object): object {
  return { volumeDevices: [{ name: 'disk', devicePath: '/dev/x', ...entry }] };
}

function inMounting(container: object): object {
  return inPod({ volumes, containers: [{ ...minimalContainer, ...container }] });
}

/** Visits the options of bind mounts, each with those before it in its list. */
function eachBindOption(
  { volumeMounts }: Target, scope: Scope, visit: (option: string, before: readonly string[], at: FieldPath) => void,
): void {
  volumeMounts?.forEach(({ bindMountOptions = [] }, position) => {
    const at = scope.at.child('volumeMounts').index(position).child('bindMountOptions');
    bindMountOptions.forEach((option, index) => visit(option, bindMountOptions.slice(0, index), at.index(index)));
  });
}
