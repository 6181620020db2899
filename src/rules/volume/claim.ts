import { type Decoded } from '../../api/decoded';
import { type PersistentVolumeClaimSpec, type PersistentVolumeClaimTemplate } from '../../api/kubernetes';
import { checkDnsLabel, checkDnsSubdomain } from '../../api/names';
import { tryParseQuantity } from '../../api/quantity';
import { checkAnnotationKeys, checkLabels, isTooMuch } from '../job/metadata';
import { type Rule, type RuleGroup } from '../rule/rule';
import { inVolume } from '../rule/wrap';

type Target = Decoded<PersistentVolumeClaimTemplate>;

const source = 'pkg/apis/core/validation/validation.go ValidatePersistentVolumeClaimSpec (v1.37)';
const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];

/** The claim that is made for an ephemeral volume. */
export const claimTemplateRules: RuleGroup<Target> = {
  at: 'spec.template.spec.volumes[*].ephemeral.volumeClaimTemplate',
  source,
  wrap: ({ metadata, ...spec }: { metadata?: object }) => inVolume({
    ephemeral: {
      volumeClaimTemplate: {
        ...metadata === undefined ? {} : { metadata },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec },
      },
    },
  }),
  rules: [
    {
      id: 'claim-template-metadata-limited',
      field: 'metadata.*',
      type: 'Forbidden',
      message: 'cannot be set',
      source: 'pkg/apis/core/validation/validation.go ValidateTemplateObjectMeta (v1.37)',
      finds: ({ metadata = {} }, scope) => {
        for (const [name, value] of Object.entries(metadata)) {
          if (name === 'labels' || name === 'annotations' || (isZero(value) && name !== 'deletionGracePeriodSeconds')) continue;
          scope.report(undefined, scope.at.child('metadata', name === 'uid' ? 'uID' : name));
        }
      },
      examples: { bad: [{ metadata: { name: 'x' } }, { metadata: { deletionGracePeriodSeconds: 0 } }], good: [{ metadata: { labels: { a: 'b' } } }] },
    },
    {
      id: 'claim-template-labels-well-formed',
      field: 'metadata.labels',
      type: 'Invalid',
      message: 'a key must be a qualified name, a value a label value',
      finds: ({ metadata }, scope) => checkLabels(metadata?.labels, scope),
      examples: { bad: [{ metadata: { labels: { a: 'b c' } } }], good: [{ metadata: { labels: { a: 'b' } } }] },
    },
    {
      id: 'claim-template-annotation-keys-well-formed',
      field: 'metadata.annotations',
      type: 'Invalid',
      message: 'a key in lower case must be a qualified name',
      finds: ({ metadata }, scope) => checkAnnotationKeys(metadata?.annotations, scope),
      examples: { bad: [{ metadata: { annotations: { 'a b': 'x' } } }], good: [{ metadata: { annotations: { a: 'x' } } }] },
    },
    {
      id: 'claim-template-annotations-within-limit',
      field: 'metadata.annotations',
      type: 'TooLong',
      message: 'may not be more than 262144 bytes',
      finds: ({ metadata }, scope) => { if (isTooMuch(metadata?.annotations)) scope.report(); },
      examples: { bad: [{ metadata: { annotations: { a: 'x'.repeat(262_144) } } }], good: [{}] },
    },
    {
      id: 'access-modes-given',
      field: 'spec.accessModes',
      type: 'Required',
      message: 'at least 1 access mode is required',
      finds: ({ spec }, scope) => { if ((spec?.accessModes ?? []).length === 0) scope.report(); },
      examples: { bad: [{ accessModes: [] }], good: [{}] },
    },
    {
      id: 'access-modes-known',
      field: 'spec.accessModes',
      type: 'NotSupported',
      message: `supported values: ${accessModes.map((mode) => `"${mode}"`).join(', ')}`,
      finds: ({ spec }, scope) => { for (const mode of spec?.accessModes ?? []) if (!accessModes.includes(mode)) scope.report(mode); },
      examples: { bad: [{ accessModes: ['ReadWrite'] }], good: [{ accessModes: ['ReadWriteMany'] }] },
    },
    {
      id: 'access-mode-once-pod-alone',
      field: 'spec.accessModes',
      type: 'Forbidden',
      message: 'may not use ReadWriteOncePod with other access modes',
      finds: ({ spec }, scope) => {
        const modes = (spec?.accessModes ?? []).filter((mode) => accessModes.includes(mode));
        if (modes.includes('ReadWriteOncePod') && modes.some((mode) => mode !== 'ReadWriteOncePod')) scope.report();
      },
      examples: { bad: [{ accessModes: ['ReadWriteOncePod', 'ReadWriteOnce'] }], good: [{ accessModes: ['ReadWriteOncePod'] }] },
    },
    {
      id: 'storage-request-given',
      field: 'spec.resources[storage]',
      type: 'Required',
      message: '',
      finds: ({ spec }, scope) => {
        if (spec?.resources?.requests?.storage === undefined) scope.report(undefined, scope.at.child('spec', 'resources').key('storage'));
      },
      examples: { bad: [{ resources: {} }], good: [{}] },
    },
    {
      id: 'storage-request-positive',
      field: 'spec.resources[storage]',
      type: 'Invalid',
      message: 'must be greater than zero',
      finds: ({ spec }, scope) => {
        const storage = spec?.resources?.requests?.storage;
        if (storage !== undefined && (tryParseQuantity(storage)?.nano ?? 1n) <= 0n) scope.report(storage, scope.at.child('spec', 'resources').key('storage'));
      },
      examples: { bad: [{ resources: { requests: { storage: '0' } } }], good: [{}] },
    },
    className('storage-class-name', 'storageClassName'),
    {
      id: 'volume-mode-known',
      field: 'spec.volumeMode',
      type: 'NotSupported',
      message: 'supported values: "Block", "Filesystem"',
      finds: ({ spec }, scope) => {
        const mode = spec?.volumeMode;
        if (mode !== undefined && mode !== 'Block' && mode !== 'Filesystem') scope.report(mode);
      },
      examples: { bad: [{ volumeMode: 'Raw' }], good: [{ volumeMode: 'Block' }] },
    },
    ...dataSource('dataSource'),
    ...dataSource('dataSourceRef'),
    {
      id: 'data-source-namespace-is-a-label',
      field: 'spec.dataSourceRef.namespace',
      type: 'Invalid',
      message: 'must be a lowercase RFC 1123 label',
      finds: ({ spec }, scope) => {
        const namespace = spec?.dataSourceRef?.namespace ?? '';
        if (namespace !== '') scope.reportAll(checkDnsLabel(namespace), namespace);
      },
      examples: { bad: [{ dataSourceRef: { kind: 'PersistentVolumeClaim', name: 'c', namespace: 'A' } }], good: [{}] },
    },
    {
      id: 'data-sources-agree',
      field: 'spec',
      type: 'Invalid',
      message: 'dataSource must match dataSourceRef',
      finds: ({ spec }, scope) => {
        const { dataSource: one, dataSourceRef: other } = spec ?? {};
        if (one === undefined || other === undefined) return;
        if ((other.namespace ?? '') !== '') scope.report('dataSource', undefined, 'may not be specified when dataSourceRef.namespace is specified');
        else if (one.apiGroup !== other.apiGroup || one.kind !== other.kind || one.name !== other.name) scope.report('dataSource', undefined, 'must match dataSourceRef');
      },
      examples: {
        bad: [{ dataSource: { kind: 'PersistentVolumeClaim', name: 'a' }, dataSourceRef: { kind: 'PersistentVolumeClaim', name: 'b' } }],
        good: [{ dataSource: { kind: 'PersistentVolumeClaim', name: 'a' }, dataSourceRef: { kind: 'PersistentVolumeClaim', name: 'a' } }],
      },
    },
    className('volume-attributes-class-name', 'volumeAttributesClassName'),
  ],
};

function className(id: string, field: 'storageClassName' | 'volumeAttributesClassName'): Rule<Target> {
  return {
    id: `${id}-is-a-subdomain`,
    field: `spec.${field}`,
    type: 'Invalid',
    message: 'must be a lowercase RFC 1123 subdomain',
    // Attribute classes came to be looked at with their gate.
    ...field === 'volumeAttributesClassName' ? { since: 34 } : {},
    finds: ({ spec }, scope) => {
      const text = spec?.[field] ?? '';
      if (text !== '') scope.reportAll(checkDnsSubdomain(text), text);
    },
    examples: { bad: [{ [field]: 'Fast' }], good: [{ [field]: 'fast' }, { [field]: '' }] },
  };
}

function dataSource(field: 'dataSource' | 'dataSourceRef'): Rule<Target>[] {
  const name = field === 'dataSource' ? 'data-source' : 'data-source-reference';
  const shared = { source: 'pkg/apis/core/validation/validation.go validateDataSource (v1.37)' };
  const good = [{ [field]: { kind: 'PersistentVolumeClaim', name: 'c' } }];
  return [
    {
      ...shared,
      id: `${name}-name-given`,
      field: `spec.${field}.name`,
      type: 'Required',
      message: '',
      finds: ({ spec }, scope) => { if (spec?.[field] !== undefined && (spec[field]?.name ?? '') === '') scope.report(); },
      examples: { bad: [{ [field]: { kind: 'PersistentVolumeClaim' } }], good },
    },
    {
      ...shared,
      id: `${name}-kind-given`,
      field: `spec.${field}.kind`,
      type: 'Required',
      message: '',
      finds: ({ spec }, scope) => { if (spec?.[field] !== undefined && (spec[field]?.kind ?? '') === '') scope.report(); },
      examples: { bad: [{ [field]: { name: 'c', apiGroup: 'a.b' } }], good },
    },
    {
      ...shared,
      id: `${name}-is-a-claim`,
      field: `spec.${field}`,
      type: 'Invalid',
      message: 'must be \'PersistentVolumeClaim\' when referencing the default apiGroup',
      finds: ({ spec }, scope) => {
        const reference: Decoded<PersistentVolumeClaimSpec>['dataSource'] = spec?.[field];
        if (reference !== undefined && (reference.apiGroup ?? '') === '' && reference.kind !== 'PersistentVolumeClaim') scope.report(reference.kind ?? '');
      },
      examples: { bad: [{ [field]: { kind: 'Secret', name: 'c' } }], good },
    },
    {
      ...shared,
      id: `${name}-group-is-a-subdomain`,
      field: `spec.${field}.apiGroup`,
      type: 'Invalid',
      message: 'must be a lowercase RFC 1123 subdomain',
      finds: ({ spec }, scope) => {
        const group = spec?.[field]?.apiGroup ?? '';
        if (group !== '') scope.reportAll(checkDnsSubdomain(group), group);
      },
      examples: { bad: [{ [field]: { kind: 'X', name: 'c', apiGroup: 'A' } }], good },
    },
  ];
}

function isZero(value: unknown): boolean {
  return value === '' || value === 0 || value === undefined;
}
