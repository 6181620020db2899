import { type Decoded } from '../../api/decoded';
import { type Container, type EnvFromSource, type EnvVar, type FileKeySelector, type Volume } from '../../api/kubernetes';
import { checkEnvName } from '../../api/names';
import { required, wellNamed } from '../rule/makers/makers';
import { configMapKey, dnsLabel, dnsSubdomain, dnsSubdomainPrefix, envName, steadyPath } from '../rule/makers/names';
import { type RuleGroup, type Scope } from '../rule/rule';
import { inContainer, inPod, minimalContainer } from '../rule/wrap';

type Variable = Decoded<EnvVar>;
type KeyRef = { name?: string; key?: string };

const sourceNames = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'] as const;

/** One environment variable. */
const variableGroup: RuleGroup<Variable> = {
  at: 'spec.template.spec.containers[*].env[*]',
  source: 'pkg/apis/core/validation/validation.go ValidateEnv (v1.37)',
  wrap: (variable) => inContainer({ env: [{ name: 'A', ...variable }] }),
  rules: [
    required({
      id: 'env-name-given',
      field: 'name',
      examples: { bad: [{ name: '' }], good: [{ name: 'A' }] },
    }),
    wellNamed({
      id: 'env-name-well-formed',
      field: 'name',
      as: envName,
      examples: { bad: [{ name: 'A=B' }, { name: 'É' }], good: [{ name: 'A_1' }] },
    }),
    {
      id: 'env-value-source-given',
      field: 'valueFrom',
      type: 'Invalid',
      message: 'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
      when: 'valueFrom',
      finds: ({ valueFrom }, scope) => { if (valueFrom !== undefined && countSources(valueFrom) === 0) scope.report(''); },
      examples: { bad: [{ valueFrom: {} }], good: [{ valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] },
    },
    {
      id: 'env-value-or-source',
      field: 'valueFrom',
      type: 'Invalid',
      message: 'may not be specified when `value` is not empty',
      finds: ({ value = '', valueFrom }, scope) => { if (valueFrom !== undefined && value !== '' && countSources(valueFrom) > 0) scope.report(''); },
      examples: {
        bad: [{ value: 'x', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
        good: [{ value: '', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
      },
    },
    {
      id: 'env-one-source',
      field: 'valueFrom',
      type: 'Invalid',
      message: 'may not have more than one field specified at a time',
      finds: ({ value = '', valueFrom }, scope) => { if (valueFrom !== undefined && value === '' && countSources(valueFrom) > 1) scope.report(''); },
      examples: {
        bad: [{ valueFrom: { configMapKeyRef: { name: 'c', key: 'k' }, secretKeyRef: { name: 's', key: 'k' } } }],
        good: [{ valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }],
      },
    },
  ],
};

/** A key of a ConfigMap or Secret. */
const keyGroup: RuleGroup<KeyRef> = {
  at: 'spec.template.spec.containers[*].env[*].valueFrom.{configMapKeyRef,secretKeyRef}',
  source: 'pkg/apis/core/validation/validation.go validateConfigMapKeySelector, validateSecretKeySelector (v1.37)',
  wrap: (secretKeyRef) => inContainer({ env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k', ...secretKeyRef } } }] }),
  rules: [
    wellNamed({
      id: 'key-reference-name-is-a-subdomain',
      field: 'name',
      checks: 'all',
      as: dnsSubdomain,
      examples: { bad: [{ name: 'Secret' }, { name: '' }], good: [{ name: 'my.secret' }] },
    }),
    required({
      id: 'key-reference-key-given',
      field: 'key',
      examples: { bad: [{ key: '' }], good: [{ key: 'k' }] },
    }),
    wellNamed({
      id: 'key-reference-key-well-formed',
      field: 'key',
      as: configMapKey,
      examples: { bad: [{ key: 'a/b' }, { key: '..x' }], good: [{ key: 'tls.crt' }] },
    }),
  ],
};

/** A key of a file in a volume, since 1.35. */
const fileKeyGroup: RuleGroup<Decoded<FileKeySelector>> = {
  at: 'spec.template.spec.containers[*].env[*].valueFrom.fileKeyRef',
  source: 'pkg/apis/core/validation/validation.go validateFileKeySelector (v1.37)',
  wrap: (fileKeyRef) => inPod({
    volumes: [{ name: 'data', emptyDir: {} }, { name: 'secret', secret: { secretName: 's' } }],
    containers: [{ ...minimalContainer, env: [{ name: 'A', valueFrom: { fileKeyRef: { key: 'K', path: 'p', volumeName: 'data', ...fileKeyRef } } }] }],
  }),
  rules: [
    required({
      id: 'file-key-given',
      field: 'key',
      examples: { bad: [{ key: '' }], good: [{}] },
    }),
    wellNamed({
      id: 'file-key-is-an-env-name',
      field: 'key',
      message: 'must be the name of an environment variable',
      as: { message: 'must be the name of an environment variable', check: checkEnvName },
      examples: { bad: [{ key: 'A=B' }], good: [{ key: 'A B' }] },
    }),
    required({
      id: 'file-key-volume-given',
      field: 'volumeName',
      examples: { bad: [{ volumeName: '' }], good: [{}] },
    }),
    wellNamed({
      id: 'file-key-volume-is-a-label',
      field: 'volumeName',
      as: dnsLabel,
      examples: { bad: [{ volumeName: 'My_Vol' }], good: [{}] },
    }),
    {
      id: 'file-key-volume-exists',
      field: 'volumeName',
      type: 'NotFound',
      message: '',
      source: 'pkg/apis/core/validation/validation.go validateFileKeyRefVolumes (v1.37)',
      finds: ({ volumeName = '' }, scope) => { if (findVolume(volumeName, scope) === undefined) scope.report(volumeName); },
      examples: { bad: [{ volumeName: 'other' }, { volumeName: '' }], good: [{}] },
    },
    {
      id: 'file-key-volume-is-an-empty-dir',
      field: 'volumeName',
      type: 'Invalid',
      message: 'referenced volume must be of type emptyDir',
      source: 'pkg/apis/core/validation/validation.go validateFileKeyRefVolumes (v1.37)',
      finds: ({ volumeName = '' }, scope) => {
        const volume = findVolume(volumeName, scope);
        if (volume !== undefined && volume.emptyDir === undefined) scope.report(volumeName);
      },
      examples: { bad: [{ volumeName: 'secret' }], good: [{}] },
    },
    required({
      id: 'file-key-path-given',
      field: 'path',
      examples: { bad: [{ path: '' }], good: [{}] },
    }),
    wellNamed({
      id: 'file-key-path-stays-inside',
      field: 'path',
      message: 'must not contain \'..\'',
      source: 'pkg/apis/core/validation/validation.go validatePathNoBacksteps (v1.37)',
      as: steadyPath,
      examples: { bad: [{ path: '../x' }], good: [{ path: 'a/b' }, { path: '/a/..b' }] },
    }),
  ],
};

/** One source of many variables. */
const fromGroup: RuleGroup<Decoded<EnvFromSource>> = {
  at: 'spec.template.spec.containers[*].envFrom[*]',
  source: 'pkg/apis/core/validation/validation.go ValidateEnvFrom (v1.37)',
  wrap: (source) => inContainer({ envFrom: [source] }),
  rules: [
    wellNamed({
      id: 'env-prefix-well-formed',
      field: 'prefix',
      as: envName,
      examples: { bad: [{ prefix: 'A=', configMapRef: { name: 'c' } }], good: [{ prefix: 'A_', configMapRef: { name: 'c' } }] },
    }),
    required({
      id: 'env-config-map-name-given',
      field: 'configMapRef.name',
      examples: { bad: [{ configMapRef: {} }], good: [{ configMapRef: { name: 'c' } }] },
    }),
    wellNamed({
      id: 'env-config-map-name-is-a-subdomain',
      field: 'configMapRef.name',
      as: dnsSubdomainPrefix,
      examples: { bad: [{ configMapRef: { name: 'Config' } }], good: [{ configMapRef: { name: 'abc-' } }] },
    }),
    required({
      id: 'env-secret-name-given',
      field: 'secretRef.name',
      examples: { bad: [{ secretRef: {} }], good: [{ secretRef: { name: 's' } }] },
    }),
    wellNamed({
      id: 'env-secret-name-is-a-subdomain',
      field: 'secretRef.name',
      as: dnsSubdomainPrefix,
      examples: { bad: [{ secretRef: { name: 'Secret' } }], good: [{ secretRef: { name: 'a.b' } }] },
    }),
  ],
};

/** The sources of many variables; faults are blamed on the list, not on the element. */
const fromListGroup: RuleGroup<Decoded<Container>> = {
  at: 'spec.template.spec.containers[*]',
  source: 'pkg/apis/core/validation/validation.go ValidateEnvFrom (v1.37)',
  wrap: inContainer,
  rules: [
    {
      id: 'env-from-source-given',
      field: 'envFrom',
      type: 'Invalid',
      message: 'must specify one of: `configMapRef` or `secretRef`',
      finds: ({ envFrom }, scope) => {
        for (const { configMapRef, secretRef } of envFrom ?? []) if (configMapRef === undefined && secretRef === undefined) scope.report('');
      },
      examples: { bad: [{ envFrom: [{}] }], good: [{ envFrom: [{ secretRef: { name: 's' } }] }] },
    },
    {
      id: 'env-from-one-source',
      field: 'envFrom',
      type: 'Invalid',
      message: 'may not have more than one field specified at a time',
      finds: ({ envFrom }, scope) => {
        for (const { configMapRef, secretRef } of envFrom ?? []) if (configMapRef !== undefined && secretRef !== undefined) scope.report('');
      },
      examples: { bad: [{ envFrom: [{ secretRef: { name: 's' }, configMapRef: { name: 'c' } }] }], good: [{ envFrom: [{ configMapRef: { name: 'c' } }] }] },
    },
  ],
};

/** The groups about environment variables. */
export const envRules = { variable: variableGroup };

/** The groups about where variables come from. */
export const envSourceRules = { key: keyGroup, fileKey: fileKeyGroup, fromList: fromListGroup, from: fromGroup };

/** The last volume of that name, whether it has faults of its own or not. */
function findVolume(name: string, { pod }: Scope): Decoded<Volume> | undefined {
  return pod.volumes?.filter((volume) => (volume.name ?? '') === name).at(-1);
}

function countSources(valueFrom: NonNullable<Variable['valueFrom']>): number {
  let count = 0;
  for (const name of sourceNames) if (valueFrom[name] !== undefined) count += 1;
  return count;
}
