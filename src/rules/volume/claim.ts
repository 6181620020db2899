import { type Decoded } from '../../api/decoded';
import { type PersistentVolumeClaimSpec, type PersistentVolumeClaimTemplate } from '../../api/kubernetes';
import { tryParseQuantity } from '../../api/quantity';
import { given } from '../../core/given';
import { oneOf, required, wellNamed } from '../rule/makers/makers';
import { annotationsWithinLimit, wellFormedAnnotationKeys, wellFormedLabels } from '../rule/makers/maps';
import { dnsLabel, dnsSubdomain } from '../rule/makers/names';
import { type Rule, type RuleGroup } from '../rule/rule';
import { inVolume } from '../rule/wrap';

type Target = Decoded<PersistentVolumeClaimTemplate>;

const source = 'pkg/apis/core/validation/validation.go ValidatePersistentVolumeClaimSpec (v1.37)';
const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];

/** The claim that is made for an ephemeral volume. */
const templateGroup: RuleGroup<Target> = {
  at: 'spec.template.spec.volumes[*].ephemeral.volumeClaimTemplate',
  source,
  wrap: ({ metadata, ...spec }: { metadata?: object }) => inVolume({
    ephemeral: {
      volumeClaimTemplate: {
        ...given({ metadata }),
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
    wellFormedLabels({
      id: 'claim-template-labels-well-formed',
      field: 'metadata.labels',
      examples: { bad: [{ metadata: { labels: { a: 'b c' } } }], good: [{ metadata: { labels: { a: 'b' } } }] },
    }),
    wellFormedAnnotationKeys({
      id: 'claim-template-annotation-keys-well-formed',
      field: 'metadata.annotations',
      examples: { bad: [{ metadata: { annotations: { 'a b': 'x' } } }], good: [{ metadata: { annotations: { a: 'x' } } }] },
    }),
    annotationsWithinLimit({
      id: 'claim-template-annotations-within-limit',
      field: 'metadata.annotations',
      examples: { bad: [{ metadata: { annotations: { a: 'x'.repeat(262_144) } } }], good: [{}] },
    }),
    {
      id: 'access-modes-given',
      field: 'spec.accessModes',
      type: 'Required',
      message: 'at least 1 access mode is required',
      finds: ({ spec }, scope) => { if ((spec?.accessModes ?? []).length === 0) scope.report(); },
      examples: { bad: [{ accessModes: [] }], good: [{}] },
    },
    oneOf({
      id: 'access-modes-known',
      field: 'spec.accessModes',
      reads: 'spec.accessModes[*]',
      checks: 'all',
      values: accessModes,
      examples: { bad: [{ accessModes: ['ReadWrite'] }], good: [{ accessModes: ['ReadWriteMany'] }] },
    }),
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
    oneOf({
      id: 'volume-mode-known',
      field: 'spec.volumeMode',
      values: ['Block', 'Filesystem'],
      examples: { bad: [{ volumeMode: 'Raw' }], good: [{ volumeMode: 'Block' }] },
    }),
    ...dataSource('dataSource'),
    ...dataSource('dataSourceRef'),
    wellNamed({
      id: 'data-source-namespace-is-a-label',
      field: 'spec.dataSourceRef.namespace',
      as: dnsLabel,
      examples: { bad: [{ dataSourceRef: { kind: 'PersistentVolumeClaim', name: 'c', namespace: 'A' } }], good: [{}] },
    }),
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
    // Attribute classes have been checked since their gate came.
    className('volume-attributes-class-name', 'volumeAttributesClassName', 34),
  ],
};

/** The groups about claims that are made for a volume. */
export const claimRules = { template: templateGroup };

function className(id: string, field: 'storageClassName' | 'volumeAttributesClassName', since: number = 0): Rule<Target> {
  return wellNamed({
    id: `${id}-is-a-subdomain`,
    field: `spec.${field}`,
    since,
    as: dnsSubdomain,
    examples: { bad: [{ [field]: 'Fast' }], good: [{ [field]: 'fast' }, { [field]: '' }] },
  });
}

function dataSource(field: 'dataSource' | 'dataSourceRef'): Rule<Target>[] {
  const name = field === 'dataSource' ? 'data-source' : 'data-source-reference';
  const from = 'pkg/apis/core/validation/validation.go validateDataSource (v1.37)';
  const good = [{ [field]: { kind: 'PersistentVolumeClaim', name: 'c' } }];
  return [
    required({
      id: `${name}-name-given`,
      field: `spec.${field}.name`,
      source: from,
      examples: { bad: [{ [field]: { kind: 'PersistentVolumeClaim' } }], good },
    }),
    required({
      id: `${name}-kind-given`,
      field: `spec.${field}.kind`,
      source: from,
      examples: { bad: [{ [field]: { name: 'c', apiGroup: 'a.b' } }], good },
    }),
    {
      id: `${name}-is-a-claim`,
      field: `spec.${field}`,
      type: 'Invalid',
      message: 'must be \'PersistentVolumeClaim\' when referencing the default apiGroup',
      source: from,
      finds: ({ spec }, scope) => {
        const reference: Decoded<PersistentVolumeClaimSpec>['dataSource'] = spec?.[field];
        if (reference !== undefined && (reference.apiGroup ?? '') === '' && reference.kind !== 'PersistentVolumeClaim') scope.report(reference.kind ?? '');
      },
      examples: { bad: [{ [field]: { kind: 'Secret', name: 'c' } }], good },
    },
    wellNamed({
      id: `${name}-group-is-a-subdomain`,
      field: `spec.${field}.apiGroup`,
      source: from,
      as: dnsSubdomain,
      examples: { bad: [{ [field]: { kind: 'X', name: 'c', apiGroup: 'A' } }], good },
    }),
  ];
}

function isZero(value: unknown): boolean {
  return value === '' || value === 0 || value === undefined;
}
