// Long because it is a table of rules.
import { type Decoded } from '../../api/decoded';
import { type DownwardAPIVolumeFile, type KeyToPath, type Volume } from '../../api/kubernetes';
import { byteLength, checkDnsSubdomain } from '../../api/names';
import { tryParseQuantity } from '../../api/quantity';
import { inRange, oneOf, required, wellNamed } from '../rule/makers/makers';
import { descendingPath, dnsLabel, dnsSubdomain, steadyPath, volumePath } from '../rule/makers/names';
import { type Rule, type RuleGroup, type Scope } from '../rule/rule';
import { inVolume } from '../rule/wrap';

type Target = Decoded<Volume>;

const highestUser = 2_147_483_647;
const userSource = 'pkg/apis/core/validation/validation.go validateUserField (v1.37)';
const modeMessage = 'must be a number between 0 and 0777 (octal), both inclusive';

/** The kinds of volumes in the order in which the API server looks for them, with the name by which it blames a second kind. */
const volumeKinds = [
  ['emptyDir'], ['hostPath'], ['gitRepo'], ['gcePersistentDisk'], ['awsElasticBlockStore'], ['secret'], ['nfs'], ['iscsi'], ['glusterfs'], ['flocker'],
  ['persistentVolumeClaim'], ['rbd'], ['cinder'], ['cephfs', 'cephFS'], ['quobyte'], ['downwardAPI', 'downwarAPI'], ['fc'], ['flexVolume'], ['configMap'],
  ['azureFile'], ['vsphereVolume'], ['photonPersistentDisk'], ['portworxVolume'], ['azureDisk'], ['storageos'], ['projected'], ['scaleIO'], ['csi'],
  ['ephemeral'], ['image'],
] as const satisfies readonly (readonly [keyof Volume, string?])[];

/** The first kind that a volume has, the only one that is checked. */
export function kindOfVolume(volume: Target): (typeof volumeKinds)[number][0] | undefined {
  return volumeKinds.find(([name]) => volume[name] !== undefined)?.[0];
}

/** Beside a configMap only the gated users of that are dropped; those of a downwardAPI are checked although no version uses them. */
function checksDownwardUsers(volume: Target, scope: Scope): boolean {
  return (volume.configMap !== undefined || scope.has('AtomicWriteVolumeUserFields')) && kindOfVolume(volume) === 'downwardAPI';
}

/** Whether it is given, and nobody can have it as a number on Linux. */
function isNoUser(user: number | undefined): boolean {
  return user !== undefined && (user < 0 || user > highestUser);
}

/** Any volume. */
const volumeGroup: RuleGroup<Target> = {
  at: 'spec.template.spec.volumes[*]',
  source: 'pkg/apis/core/validation/validation.go ValidateVolumes, validateVolumeSource (v1.37)',
  wrap: inVolume,
  rules: [
    required({
      id: 'volume-name-given',
      field: 'name',
      examples: { bad: [{ name: '' }], good: [{ name: 'data' }] },
    }),
    wellNamed({
      id: 'volume-name-is-a-label',
      field: 'name',
      as: dnsLabel,
      examples: { bad: [{ name: 'My_Vol' }], good: [{ name: 'my-vol' }] },
    }),
    {
      id: 'volume-names-unique',
      field: 'name',
      type: 'Duplicate',
      message: '',
      finds: ({ name = '' }, scope) => { if (name !== '' && scope.volumes.has(name)) scope.report(name); },
      // Needs two volumes: tested with the pod.
      examples: { bad: [], good: [{}] },
    },
    {
      id: 'volume-of-one-kind',
      field: '',
      type: 'Forbidden',
      message: 'may not specify more than 1 volume type',
      finds: (volume, scope) => {
        let kinds = 0;
        for (const [name, blamed] of volumeKinds) {
          if (volume[name] !== undefined && (kinds += 1) > 1) scope.report(undefined, scope.at.child(blamed ?? name));
        }
      },
      examples: { bad: [{ emptyDir: {}, hostPath: { path: '/x' } }], good: [{ emptyDir: {} }] },
    },
    {
      id: 'downward-api-default-user-in-range',
      field: 'downwardAPI.defaultUser',
      type: 'Invalid',
      message: 'must be between 0 and 2147483647, inclusive',
      source: 'pkg/apis/core/validation/validation.go validateUserField (v1.37)',
      since: 37,
      when: 'downwardAPI',
      finds: (volume, scope) => {
        const user = volume.downwardAPI?.defaultUser;
        if (checksDownwardUsers(volume, scope) && isNoUser(user)) scope.report(user);
      },
      examples: {
        bad: [{ configMap: { name: 'c' }, downwardAPI: { defaultUser: -1 } }],
        good: [{ downwardAPI: { defaultUser: -1 } }],
      },
    },
    {
      id: 'downward-api-user-in-range',
      field: 'downwardAPI.user',
      type: 'Invalid',
      message: 'must be between 0 and 2147483647, inclusive',
      source: 'pkg/apis/core/validation/validation.go validateUserField (v1.37)',
      since: 37,
      when: 'downwardAPI',
      finds: (volume, scope) => {
        if (!checksDownwardUsers(volume, scope)) return;
        for (const { user } of volume.downwardAPI?.items ?? []) if (isNoUser(user)) scope.report(user);
      },
      examples: {
        bad: [{ configMap: { name: 'c' }, downwardAPI: { items: [{ path: 'p', fieldRef: { fieldPath: 'metadata.name' }, user: -1 }] } }],
        good: [{ downwardAPI: { items: [{ path: 'p', fieldRef: { fieldPath: 'metadata.name' }, user: -1 }] } }],
      },
    },
    {
      id: 'iscsi-name-and-portal-within-64-characters',
      field: 'name',
      type: 'Invalid',
      message: 'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.',
      finds: ({ name = '', iscsi: source }, scope) => {
        if (source?.initiatorName !== undefined && byteLength(`${name}:${source.targetPortal ?? ''}`) > 64) scope.report(name);
      },
      examples: {
        bad: [{ iscsi: { targetPortal: 'p'.repeat(64), iqn: 'iqn.2001-04.com.example:x', initiatorName: 'eui.0123456789abcdef' } }],
        good: [{ iscsi: { targetPortal: 'p', iqn: 'iqn.2001-04.com.example:x', initiatorName: 'eui.0123456789abcdef' } }],
      },
    },
  ],
};

/** The kinds of volumes that today's manifests use; a second kind is not checked. */
const sourceGroup: RuleGroup<Target> = {
  at: 'spec.template.spec.volumes[*]',
  source: 'pkg/apis/core/validation/validation.go validateVolumeSource (v1.37)',
  wrap: inVolume,
  rules: [
    {
      id: 'empty-dir-size-not-negative',
      field: 'emptyDir.sizeLimit',
      type: 'Forbidden',
      message: 'SizeLimit field must be a valid resource quantity',
      finds: ({ emptyDir }, scope) => {
        if (emptyDir?.sizeLimit !== undefined && (tryParseQuantity(emptyDir.sizeLimit)?.nano ?? 0n) < 0n) scope.report();
      },
      examples: { bad: [{ emptyDir: { sizeLimit: '-1' } }], good: [{ emptyDir: { sizeLimit: '1Gi' } }] },
    },
    given('host-path-given', 'hostPath', 'path', {}, { path: '/x' }),
    wellNamed({
      id: 'host-path-without-backstep',
      field: 'hostPath.path',
      message: 'must not contain \'..\'',
      as: steadyPath,
      examples: { bad: [{ hostPath: { path: '/a/../b' } }], good: [{ hostPath: { path: '/a/..b' } }] },
    }),
    oneOf({
      id: 'host-path-type-known',
      field: 'hostPath.type',
      values: ['', 'BlockDevice', 'CharDevice', 'Directory', 'DirectoryOrCreate', 'File', 'FileOrCreate', 'Socket'],
      where: ({ hostPath }) => (hostPath?.path ?? '') !== '',
      examples: { bad: [{ hostPath: { path: '/x', type: 'Dir' } }], good: [{ hostPath: { path: '/x', type: 'File' } }] },
    }),
    given('secret-name-given', 'secret', 'secretName', {}, { secretName: 's' }),
    mode('secret-mode-in-range', 'secret', { secretName: 's' }),
    given('config-map-name-given', 'configMap', 'name', {}, { name: 'c' }),
    mode('config-map-mode-in-range', 'configMap', { name: 'c' }),
    given('claim-name-given', 'persistentVolumeClaim', 'claimName', {}, { claimName: 'c' }),
    given('nfs-server-given', 'nfs', 'server', { path: '/x' }, { server: 's', path: '/x' }),
    given('nfs-path-given', 'nfs', 'path', { server: 's' }, { server: 's', path: '/x' }),
    {
      id: 'nfs-path-absolute',
      field: 'nfs.path',
      type: 'Invalid',
      message: 'must be an absolute path',
      finds: ({ nfs }, scope) => { if (nfs !== undefined && nfs.path?.startsWith('/') !== true) scope.report(nfs.path ?? ''); },
      examples: { bad: [{ nfs: { server: 's', path: 'x' } }], good: [{ nfs: { server: 's', path: '/x' } }] },
    },
    mode('downward-api-mode-in-range', 'downwardAPI', {}),
    mode('projected-mode-in-range', 'projected', {}),
    defaultUser('secret-default-user-in-range', 'secret', { secretName: 's' }),
    defaultUser('config-map-default-user-in-range', 'configMap', { name: 'c' }),
    defaultUser('projected-default-user-in-range', 'projected', {}),
    inRange({
      id: 'empty-dir-mode-in-range',
      field: 'emptyDir.mode',
      gate: 'EmptyDirVolumeMode',
      message: 'must be a number between 0 and 01777 (octal), both inclusive',
      min: 0,
      max: 0o1777,
      examples: { bad: [{ emptyDir: { mode: 0o2000 } }, { emptyDir: { mode: -1 } }], good: [{ emptyDir: { mode: 0o1777 } }] },
    }),
    given('csi-driver-given', 'csi', 'driver', {}, { driver: 'd.example.com' }),
    {
      id: 'csi-driver-within-63-bytes',
      field: 'csi.driver',
      type: 'TooLong',
      message: 'may not be more than 63 bytes',
      finds: ({ csi }, scope) => { if ((csi?.driver?.length ?? 0) > 63) scope.report(); },
      examples: { bad: [{ csi: { driver: 'd'.repeat(64) } }], good: [{ csi: { driver: 'd'.repeat(63) } }] },
    },
    {
      id: 'csi-driver-is-a-subdomain',
      field: 'csi.driver',
      type: 'Invalid',
      message: 'in lower case, must be an RFC 1123 subdomain',
      finds: ({ csi }, scope) => {
        if (csi === undefined || ((csi.driver ?? '') === '' && scope.minor >= 35)) return;
        scope.reportAll(checkDnsSubdomain((csi.driver ?? '').toLowerCase()), csi.driver ?? '');
      },
      examples: { bad: [{ csi: { driver: 'a_b' } }], good: [{ csi: { driver: 'Csi.Example.COM' } }] },
    },
    required({
      id: 'csi-secret-name-given',
      field: 'csi.nodePublishSecretRef.name',
      examples: { bad: [{ csi: { driver: 'd', nodePublishSecretRef: {} } }], good: [{ csi: { driver: 'd', nodePublishSecretRef: { name: 's' } } }] },
    }),
    wellNamed({
      id: 'csi-secret-name-is-a-subdomain',
      field: 'csi.name',
      reads: 'csi.nodePublishSecretRef.name',
      as: dnsSubdomain,
      examples: { bad: [{ csi: { driver: 'd', nodePublishSecretRef: { name: 'S' } } }], good: [{ csi: { driver: 'd', nodePublishSecretRef: { name: 's' } } }] },
    }),
    required({
      id: 'claim-template-given',
      field: 'ephemeral.volumeClaimTemplate',
      takesEmpty: true,
      examples: {
        bad: [{ ephemeral: {} }],
        good: [{ ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } } } }],
      },
    }),
    oneOf({
      id: 'image-volume-pull-policy-known',
      field: 'image.pullPolicy',
      gate: 'ImageVolume',
      values: ['Always', 'IfNotPresent', 'Never'],
      examples: { bad: [{ image: { reference: 'r', pullPolicy: 'always' } }], good: [{ image: { reference: 'r', pullPolicy: 'Never' } }] },
    }),
    required({
      id: 'image-volume-reference-given',
      field: 'image.reference',
      since: 37,
      where: (_, { old }) => old?.hasEmptyImageReference !== true,
      examples: { bad: [{ image: {} }], good: [{ image: { reference: 'example/x:1' } }] },
    }),
    given('git-repository-given', 'gitRepo', 'repository', {}, { repository: 'r' }),
    wellNamed({
      id: 'git-directory-stays-inside',
      field: 'gitRepo.directory',
      as: descendingPath,
      examples: { bad: [{ gitRepo: { repository: 'r', directory: '/x' } }], good: [{ gitRepo: { repository: 'r', directory: 'x' } }] },
    }),
  ],
};

/** A file of a ConfigMap or Secret. */
const keyToPathGroup: RuleGroup<Decoded<KeyToPath>> = {
  at: 'spec.template.spec.volumes[*].{secret,configMap}.items[*]',
  source: 'pkg/apis/core/validation/validation.go validateKeyToPath (v1.37)',
  wrap: (item) => inVolume({ configMap: { name: 'c', items: [{ key: 'k', path: 'p', ...item }] } }),
  rules: [
    required({
      id: 'item-key-given',
      field: 'key',
      examples: { bad: [{ key: '' }], good: [{}] },
    }),
    required({
      id: 'item-path-given',
      field: 'path',
      examples: { bad: [{ path: '' }], good: [{}] },
    }),
    wellNamed({
      id: 'item-path-stays-inside',
      field: 'path',
      as: volumePath,
      examples: { bad: [{ path: '/a' }, { path: 'a/../b' }, { path: '..data' }], good: [{ path: 'a/b' }] },
    }),
    inRange({
      id: 'item-mode-in-range',
      field: 'mode',
      message: modeMessage,
      min: 0,
      max: 0o777,
      examples: { bad: [{ mode: 512 }, { mode: -1 }], good: [{ mode: 511 }] },
    }),
    inRange({ id: 'item-user-in-range', field: 'user', gate: 'AtomicWriteVolumeUserFields', source: userSource, min: 0, max: highestUser }),
  ],
};

/** A file of the downward API; the API server leaves out its index. */
const downwardFileGroup: RuleGroup<Decoded<DownwardAPIVolumeFile>> = {
  at: 'spec.template.spec.volumes[*].downwardAPI',
  source: 'pkg/apis/core/validation/validation.go validateDownwardAPIVolumeFile (v1.37)',
  wrap: (file) => inVolume({ downwardAPI: { items: [{ path: 'p', fieldRef: { fieldPath: 'metadata.name' }, ...file }] } }),
  rules: [
    required({
      id: 'downward-path-given',
      field: 'path',
      examples: { bad: [{ path: '' }], good: [{}] },
    }),
    wellNamed({
      id: 'downward-path-stays-inside',
      field: 'path',
      as: volumePath,
      examples: { bad: [{ path: '/a' }, { path: '..' }], good: [{ path: 'a' }] },
    }),
    {
      id: 'downward-reference-given',
      field: '',
      type: 'Required',
      message: 'one of fieldRef and resourceFieldRef is required',
      finds: ({ fieldRef, resourceFieldRef }, scope) => { if (fieldRef === undefined && resourceFieldRef === undefined) scope.report(); },
      examples: { bad: [{ fieldRef: undefined }], good: [{}] },
    },
    {
      id: 'downward-one-reference',
      field: '',
      type: 'Invalid',
      message: 'fieldRef and resourceFieldRef can not be specified simultaneously',
      finds: ({ fieldRef, resourceFieldRef }, scope) => { if (fieldRef !== undefined && resourceFieldRef !== undefined) scope.report('resource'); },
      examples: { bad: [{ resourceFieldRef: { containerName: 'main', resource: 'limits.cpu' } }], good: [{}] },
    },
    inRange({
      id: 'downward-mode-in-range',
      field: 'mode',
      message: modeMessage,
      min: 0,
      max: 0o777,
      examples: { bad: [{ mode: 512 }], good: [{ mode: 256 }] },
    }),
  ],
};

/** The groups about volumes. */
export const volumeRules = { volume: volumeGroup, source: sourceGroup, keyToPath: keyToPathGroup, downwardFile: downwardFileGroup };

function given(id: string, kind: keyof Volume, field: string, bad: object, good: object): Rule<Target> {
  return required({ id, field: `${kind}.${field}`, examples: { bad: [{ [kind]: bad }], good: [{ [kind]: good }] } });
}

function mode(id: string, kind: 'secret' | 'configMap' | 'downwardAPI' | 'projected', base: object): Rule<Target> {
  return inRange({
    id,
    field: `${kind}.defaultMode`,
    message: modeMessage,
    min: 0,
    max: 0o777,
    examples: { bad: [{ [kind]: { ...base, defaultMode: 512 } }], good: [{ [kind]: { ...base, defaultMode: 0 } }] },
  });
}

function defaultUser(id: string, kind: 'secret' | 'configMap' | 'projected', base: object): Rule<Target> {
  const example = (user: number): object => ({ [kind]: { ...base, defaultUser: user } });
  return inRange({
    id,
    field: `${kind}.defaultUser`,
    gate: 'AtomicWriteVolumeUserFields',
    source: userSource,
    min: 0,
    max: highestUser,
    examples: { bad: [example(-1)], good: [example(0)] },
  });
}
