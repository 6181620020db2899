// Long because it is a table of rules.
import { type Decoded } from '../../api/decoded';
import { type Volume } from '../../api/kubernetes';
import { kebab } from '../rule/makers/make-rule';
import { inRange, oneOf, required, wellNamed } from '../rule/makers/makers';
import { dnsLabel } from '../rule/makers/names';
import { type Rule, type RuleGroup } from '../rule/rule';
import { inVolume } from '../rule/wrap';

type Target = Decoded<Volume>;

const iqnMessage = 'must be valid format starting with iqn, eui, or naa';
/** The pattern of a name, by its first three letters. */
const initiatorPatterns: ReadonlyMap<string, RegExp> = new Map([
  ['iqn', /iqn\.\d{4}-\d{2}\.[A-Za-z0-9.-]+:[^,;*&$|\t\n\f\r ]+$/],
  ['eui', /^eui.[A-Za-z0-9]{16}$/],
  ['naa', /^naa.[A-Za-z0-9]{32}$/],
]);
const quobyteRegistry = 'must be a host:port pair or multiple pairs separated by commas';
const managedDisk = '"/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}"';
const blobDisk = '"https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd"';
const disk = { diskName: 'd', diskURI: 'https://x' };
const iscsi = { targetPortal: 'p', iqn: 'iqn.2001-04.com.example:x', lun: 0 };

/** Kinds of volumes that most clusters no longer serve; a second kind is not checked. */
const sourceGroup: RuleGroup<Target> = {
  at: 'spec.template.spec.volumes[*]',
  source: 'pkg/apis/core/validation/validation.go validateVolumeSource (v1.37)',
  wrap: inVolume,
  rules: [
    given('gcePersistentDisk', 'pdName', { pdName: 'd' }, 'persistentDisk'),
    partition('gcePersistentDisk', { pdName: 'd' }, 'persistentDisk'),
    given('awsElasticBlockStore', 'volumeID', { volumeID: 'v' }),
    partition('awsElasticBlockStore', { volumeID: 'v' }),
    given('iscsi', 'targetPortal', iscsi),
    given('iscsi', 'iqn', iscsi),
    {
      id: 'iscsi-iqn-well-formed',
      field: 'iscsi.iqn',
      type: 'Invalid',
      message: iqnMessage,
      finds: ({ iscsi: { iqn = '' } = {} }, scope) => {
        const problem = iqn === '' ? undefined : initiatorProblem(iqn);
        if (problem !== undefined) scope.report(iqn, undefined, problem);
      },
      examples: { bad: [{ iscsi: { ...iscsi, iqn: 'x' } }, { iscsi: { ...iscsi, iqn: 'iqn.2001-04.com.example' } }], good: [{ iscsi }] },
    },
    inRange({
      id: 'iscsi-lun-in-range',
      field: 'iscsi.lun',
      min: 0,
      max: 255,
      examples: { bad: [{ iscsi: { ...iscsi, lun: 256 } }], good: [{ iscsi: { ...iscsi, lun: 255 } }] },
    }),
    {
      id: 'iscsi-secret-given',
      field: 'iscsi.secretRef',
      type: 'Required',
      message: '',
      finds: ({ iscsi: source }, scope) => {
        if ((source?.chapAuthDiscovery === true || source?.chapAuthSession === true) && source.secretRef === undefined) scope.report();
      },
      examples: { bad: [{ iscsi: { ...iscsi, chapAuthSession: true } }], good: [{ iscsi: { ...iscsi, chapAuthSession: true, secretRef: { name: 's' } } }] },
    },
    {
      id: 'iscsi-initiator-well-formed',
      field: 'iscsi.initiatorname',
      type: 'Invalid',
      message: iqnMessage,
      finds: ({ iscsi: source }, scope) => {
        const problem = source?.initiatorName === undefined ? undefined : initiatorProblem(source.initiatorName);
        if (problem !== undefined) scope.report(source?.initiatorName, undefined, problem);
      },
      examples: { bad: [{ iscsi: { ...iscsi, initiatorName: 'x' } }, { iscsi: { ...iscsi, initiatorName: 'naa.0123456789abcdef' } }], good: [{ iscsi: { ...iscsi, initiatorName: 'eui.0123456789abcdef' } }] },
    },
    given('glusterfs', 'endpoints', { endpoints: 'e', path: 'p' }),
    given('glusterfs', 'path', { endpoints: 'e', path: 'p' }),
    {
      id: 'flocker-dataset-given',
      field: 'flocker',
      type: 'Required',
      message: 'one of datasetName and datasetUUID is required',
      finds: ({ flocker }, scope) => { if (flocker !== undefined && (flocker.datasetName ?? '') === '' && (flocker.datasetUUID ?? '') === '') scope.report(); },
      examples: { bad: [{ flocker: {} }], good: [{ flocker: { datasetName: 'd' } }] },
    },
    {
      id: 'flocker-one-dataset',
      field: 'flocker',
      type: 'Invalid',
      message: 'datasetName and datasetUUID can not be specified simultaneously',
      finds: ({ flocker }, scope) => { if ((flocker?.datasetName ?? '') !== '' && (flocker?.datasetUUID ?? '') !== '') scope.report('resource'); },
      examples: { bad: [{ flocker: { datasetName: 'd', datasetUUID: 'u' } }], good: [{ flocker: { datasetUUID: 'u' } }] },
    },
    {
      id: 'flocker-dataset-without-slash',
      field: 'flocker.datasetName',
      type: 'Invalid',
      message: 'must not contain \'/\'',
      finds: ({ flocker }, scope) => { if (flocker?.datasetName?.includes('/') === true) scope.report(flocker.datasetName); },
      examples: { bad: [{ flocker: { datasetName: 'a/b' } }], good: [{ flocker: { datasetName: 'a' } }] },
    },
    given('rbd', 'monitors', { monitors: ['m'], image: 'i' }),
    given('rbd', 'image', { monitors: ['m'], image: 'i' }),
    given('cinder', 'volumeID', { volumeID: 'v' }),
    secretName('cinder', { volumeID: 'v' }),
    given('cephfs', 'monitors', { monitors: ['m'] }),
    given('quobyte', 'registry', { registry: 'h:1', volume: 'v' }, 'quobyte', quobyteRegistry),
    {
      id: 'quobyte-tenant-within-64-characters',
      field: 'quobyte.tenant',
      type: 'Required',
      message: 'must be a UUID and may not exceed a length of 64 characters',
      finds: ({ quobyte }, scope) => { if ((quobyte?.registry ?? '') !== '' && (quobyte?.tenant ?? '').length >= 65) scope.report(); },
      examples: { bad: [{ quobyte: { registry: 'h:1', volume: 'v', tenant: 't'.repeat(65) } }], good: [{ quobyte: { registry: 'h:1', volume: 'v' } }] },
    },
    {
      id: 'quobyte-registry-well-formed',
      field: 'quobyte.registry',
      type: 'Invalid',
      message: quobyteRegistry,
      finds: ({ quobyte }, scope) => {
        const registry = quobyte?.registry ?? '';
        if (registry === '' || (quobyte?.tenant ?? '').length >= 65) return;
        for (const pair of registry.split(',')) if (!isHostPort(pair)) scope.report(registry);
      },
      examples: { bad: [{ quobyte: { registry: 'host', volume: 'v' } }], good: [{ quobyte: { registry: 'h:1,[::1]:2', volume: 'v' } }] },
    },
    given('quobyte', 'volume', { registry: 'h:1', volume: 'v' }),
    {
      id: 'fc-target-given',
      field: 'fc.targetWWNs',
      type: 'Required',
      message: 'must specify either targetWWNs or wwids, but not both',
      finds: ({ fc }, scope) => {
        if (fc !== undefined && (fc.targetWWNs ?? []).length === 0 && (fc.wwids ?? []).length === 0) {
          scope.report();
        }
      },
      examples: { bad: [{ fc: {} }], good: [{ fc: { wwids: ['w'] } }] },
    },
    {
      id: 'fc-one-target',
      field: 'fc.targetWWNs',
      type: 'Invalid',
      message: 'targetWWNs and wwids can not be specified simultaneously',
      finds: ({ fc }, scope) => { if ((fc?.targetWWNs ?? []).length > 0 && (fc?.wwids ?? []).length > 0) scope.report(fc?.targetWWNs); },
      examples: { bad: [{ fc: { targetWWNs: ['t'], wwids: ['w'], lun: 0 } }], good: [{ fc: { targetWWNs: ['t'], lun: 0 } }] },
    },
    required({
      id: 'fc-lun-given',
      field: 'fc.lun',
      message: 'lun is required if targetWWNs is specified',
      takesEmpty: true,
      where: hasTargets,
      examples: { bad: [{ fc: { targetWWNs: ['t'] } }], good: [{ fc: { targetWWNs: ['t'], lun: 255 } }] },
    }),
    inRange({
      id: 'fc-lun-in-range',
      field: 'fc.lun',
      min: 0,
      max: 255,
      where: hasTargets,
      examples: { bad: [{ fc: { targetWWNs: ['t'], lun: 256 } }], good: [{ fc: { wwids: ['w'], lun: 256 } }] },
    }),
    given('flexVolume', 'driver', { driver: 'd' }),
    {
      id: 'flex-volume-options-not-reserved',
      field: 'flexVolume.options[*]',
      type: 'Invalid',
      message: 'kubernetes.io and k8s.io namespaces are reserved',
      finds: ({ flexVolume }, scope) => {
        for (const key of Object.keys(flexVolume?.options ?? {})) {
          const namespace = `.${(key.split('/')[0] ?? '').toLowerCase()}`;
          if (namespace.endsWith('.kubernetes.io') || namespace.endsWith('.k8s.io')) scope.report(key, scope.at.child('flexVolume', 'options').key(key));
        }
      },
      examples: { bad: [{ flexVolume: { driver: 'd', options: { 'k8s.io/a': 'b' } } }], good: [{ flexVolume: { driver: 'd', options: { a: 'b' } } }] },
    },
    given('azureFile', 'secretName', { secretName: 's', shareName: 's' }),
    given('azureFile', 'shareName', { secretName: 's', shareName: 's' }),
    given('vsphereVolume', 'volumePath', { volumePath: 'p' }),
    given('photonPersistentDisk', 'pdID', { pdID: 'p' }),
    given('portworxVolume', 'volumeID', { volumeID: 'v' }),
    given('azureDisk', 'diskName', disk),
    given('azureDisk', 'diskURI', disk),
    known('azureDisk', 'cachingMode', ['None', 'ReadOnly', 'ReadWrite'], disk),
    known('azureDisk', 'kind', ['Dedicated', 'Managed', 'Shared'], disk),
    {
      id: 'azure-disk-uri-fits-kind',
      field: 'azureDisk.diskURI',
      type: 'NotSupported',
      message: `supported values: ${managedDisk} for a managed disk, ${blobDisk} for others`,
      finds: ({ azureDisk }, scope) => {
        if (azureDisk?.kind === undefined) return;
        const { kind, diskURI = '' } = azureDisk;
        const [prefix, pattern] = kind === 'Managed' ? ['/subscriptions/', managedDisk] as const : ['https://', blobDisk] as const;
        if (!diskURI.startsWith(prefix)) scope.report(diskURI, undefined, `supported values: ${pattern}`);
      },
      examples: { bad: [{ azureDisk: { ...disk, kind: 'Managed' } }], good: [{ azureDisk: { ...disk, kind: 'Shared' } }] },
    },
    given('storageos', 'volumeName', { volumeName: 'v' }),
    label('storageos', 'volumeName', { volumeName: 'v' }),
    label('storageos', 'volumeNamespace', { volumeName: 'v' }),
    secretName('storageos', { volumeName: 'v' }),
    given('scaleIO', 'gateway', { gateway: 'g', system: 's', volumeName: 'v' }),
    given('scaleIO', 'system', { gateway: 'g', system: 's', volumeName: 'v' }),
    given('scaleIO', 'volumeName', { gateway: 'g', system: 's', volumeName: 'v' }),
  ],
};

/** The groups about legacy volumes. */
export const legacyVolumeRules = { source: sourceGroup };

function given(kind: keyof Volume, field: string, good: Readonly<Record<string, unknown>>, blamed: string = kind, message = ''): Rule<Target> {
  const empty = Array.isArray(good[field]) ? [] : '';
  return required({
    id: `${kebab(kind)}-${kebab(field)}-given`,
    field: `${blamed}.${field}`,
    reads: `${kind}.${field}`,
    message,
    examples: { bad: [{ [kind]: { ...good, [field]: empty } }], good: [{ [kind]: good }] },
  });
}

function partition(kind: keyof Volume, good: object, blamed: string = kind): Rule<Target> {
  return inRange({
    id: `${kebab(kind)}-partition-in-range`,
    field: `${blamed}.partition`,
    reads: `${kind}.partition`,
    // The API server takes 0, whatever it says.
    message: 'must be between 1 and 255, inclusive',
    min: 0,
    max: 255,
    examples: { bad: [{ [kind]: { ...good, partition: 256 } }], good: [{ [kind]: { ...good, partition: 255 } }] },
  });
}

function known(kind: keyof Volume, field: string, values: readonly string[], good: object): Rule<Target> {
  return oneOf({
    id: `${kebab(kind)}-${kebab(field)}-known`,
    field: `${kind}.${field}`,
    values,
    examples: { bad: [{ [kind]: { ...good, [field]: 'Other' } }], good: [{ [kind]: good }] },
  });
}

function label(kind: keyof Volume, field: string, good: object): Rule<Target> {
  return wellNamed({
    id: `${kebab(kind)}-${kebab(field)}-is-a-label`,
    field: `${kind}.${field}`,
    as: dnsLabel,
    examples: { bad: [{ [kind]: { ...good, [field]: 'A' } }], good: [{ [kind]: { ...good, [field]: 'a' } }] },
  });
}

function secretName(kind: keyof Volume, good: object): Rule<Target> {
  return required({
    id: `${kebab(kind)}-secret-name-given`,
    field: `${kind}.secretRef.name`,
    examples: { bad: [{ [kind]: { ...good, secretRef: {} } }], good: [{ [kind]: { ...good, secretRef: { name: 's' } } }] },
  });
}

function hasTargets({ fc }: Target): boolean {
  return (fc?.targetWWNs ?? []).length > 0;
}

/** What is wrong with the name of an iSCSI initiator or target; undefined when it is well-formed. */
function initiatorProblem(text: string): string | undefined {
  const pattern = initiatorPatterns.get(text.slice(0, 3));
  if (pattern === undefined) return 'must be valid format starting with iqn, eui, or naa';
  return pattern.test(text) ? undefined : 'must be valid format';
}

function isHostPort(pair: string): boolean {
  return /^(?:\[[^[\]]*\]|[^:[\]]*):[^:[\]]*$/.test(pair);
}
