import { type Decoded } from '../../api/decoded';
import { type ObjectFieldSelector, type ResourceFieldSelector } from '../../api/kubernetes';
import { checkQualifiedName } from '../../api/names';
import { formatQuantity, tryParseQuantity } from '../../api/quantity';
import { oneOf, required, supportedValues } from '../rule/makers/makers';
import { type Rule, type RuleGroup } from '../rule/rule';
import { inContainer, inVolume } from '../rule/wrap';

type FieldRef = Decoded<ObjectFieldSelector>;
type ResourceRef = Decoded<ResourceFieldSelector>;

const inEnv = ['metadata.name', 'metadata.namespace', 'metadata.uid', 'spec.nodeName', 'spec.serviceAccountName', 'status.hostIP', 'status.hostIPs', 'status.podIP', 'status.podIPs'];
const inVolumes = ['metadata.annotations', 'metadata.labels', 'metadata.name', 'metadata.namespace', 'metadata.uid'];
/** Every label that the downward API converts; `spec.host` is an old name. */
const convertible = new Set([...inEnv, ...inVolumes, 'spec.host', 'spec.restartPolicy', 'spec.schedulerName', 'status.phase']);
const resources = ['limits.cpu', 'limits.ephemeral-storage', 'limits.memory', 'requests.cpu', 'requests.ephemeral-storage', 'requests.memory'];
const subscripted = /^(metadata\.annotations|metadata\.labels)\['(.*)'\]$/s;
/** @source pkg/fieldpath/fieldpath.go SplitMaybeSubscriptedPath (v1.37) */
const anySubscript = /^(?!\[').+?\['.*'\]$/s;
const cpuDivisors = new Set(['1m', '1']);
const sizeDivisors = new Set(['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei']);

/** A field of the pod, wherever it is referred to. */
const envReferenceFieldGroup: RuleGroup<FieldRef> = {
  at: 'spec.template.spec.containers[*].env[*].valueFrom.fieldRef',
  source: 'pkg/apis/core/validation/validation.go validateObjectFieldSelector (v1.37)',
  wrap: (fieldRef) => inContainer({ env: [{ name: 'A', valueFrom: { fieldRef } }] }),
  rules: [
    required({
      id: 'field-path-given',
      field: 'fieldPath',
      examples: { bad: [{ fieldPath: '' }, {}], good: [{ fieldPath: 'metadata.name' }] },
    }),
    {
      id: 'field-path-convertible',
      field: 'fieldPath',
      type: 'Invalid',
      message: 'error converting fieldPath: field label not supported',
      finds: ({ apiVersion = 'v1', fieldPath = '' }, scope) => {
        if (fieldPath === '') return;
        if (apiVersion !== 'v1') {scope.report(fieldPath, undefined, `error converting fieldPath: unsupported pod version: ${apiVersion}`);} else if (!convertible.has(fieldPath) && !subscripted.test(fieldPath)) {
          const problem = anySubscript.test(fieldPath) ? 'field label does not support subscript' : 'field label not supported';
          scope.report(fieldPath, undefined, `error converting fieldPath: ${problem}: ${fieldPath}`);
        }
      },
      examples: { bad: [{ fieldPath: 'spec.containers' }, { apiVersion: 'v2', fieldPath: 'metadata.name' }], good: [{ fieldPath: 'metadata.labels[\'app\']' }] },
    },
    {
      id: 'field-path-subscript-is-a-qualified-name',
      field: '',
      type: 'Invalid',
      message: 'the subscript must be a qualified name',
      finds: ({ apiVersion = 'v1', fieldPath = '' }, scope) => {
        const match = apiVersion === 'v1' ? subscripted.exec(fieldPath) : null;
        if (match === null) return;
        const key = match[1] === 'metadata.annotations' ? (match[2] ?? '').toLowerCase() : match[2] ?? '';
        scope.reportAll(checkQualifiedName(key), key);
      },
      examples: { bad: [{ fieldPath: 'metadata.labels[\'a b\']' }], good: [{ fieldPath: 'metadata.annotations[\'Example.com/A\']' }] },
    },
  ],
};

/** A field of the pod as an environment variable. */
const envFieldGroup: RuleGroup<FieldRef> = {
  at: 'spec.template.spec.containers[*].env[*].valueFrom.fieldRef',
  source: 'pkg/apis/core/validation/validation.go validateEnvVarValueFrom (v1.37)',
  wrap: (fieldRef) => inContainer({ env: [{ name: 'A', valueFrom: { fieldRef } }] }),
  rules: [{
    id: 'env-field-path-supported',
    field: 'fieldPath',
    type: 'NotSupported',
    message: supportedValues(inEnv),
    finds: (reference, scope) => { if (isOther(reference, inEnv)) scope.report(reference.fieldPath); },
    examples: { bad: [{ fieldPath: 'metadata.labels' }, { fieldPath: 'status.phase' }], good: [{ fieldPath: 'status.podIP' }, { fieldPath: 'spec.host' }] },
  }],
};

/** A field of the pod as a file. */
const fileReferenceFieldGroup: RuleGroup<FieldRef> = {
  at: 'spec.template.spec.volumes[*].downwardAPI.fieldRef',
  source: 'pkg/apis/core/validation/validation.go validateDownwardAPIVolumeFile (v1.37)',
  wrap: (fieldRef) => inVolume({ downwardAPI: { items: [{ path: 'file', fieldRef }] } }),
  rules: [{
    id: 'volume-field-path-supported',
    field: 'fieldPath',
    type: 'NotSupported',
    message: supportedValues(inVolumes),
    finds: (reference, scope) => { if (isOther(reference, inVolumes)) scope.report(reference.fieldPath); },
    examples: { bad: [{ fieldPath: 'spec.nodeName' }], good: [{ fieldPath: 'metadata.labels' }] },
  }],
};

/** A resource of a container, as an environment variable or a file. */
const envReferenceResourceGroup: RuleGroup<ResourceRef> = {
  at: 'spec.template.spec.containers[*].env[*].valueFrom.resourceFieldRef',
  source: 'pkg/apis/core/validation/validation.go validateContainerResourceFieldSelector (v1.37)',
  wrap: (resourceFieldRef) => inContainer({ env: [{ name: 'A', valueFrom: { resourceFieldRef } }] }),
  rules: [
    required({
      id: 'resource-reference-given',
      field: 'resource',
      examples: { bad: [{}], good: [{ resource: 'limits.cpu' }] },
    }),
    oneOf({
      id: 'resource-reference-supported',
      field: 'resource',
      checks: 'filled',
      values: resources,
      where: ({ resource = '' }) => !isHugePages(resource),
      examples: { bad: [{ resource: 'limits.gpu' }], good: [{ resource: 'limits.hugepages-2Mi' }] },
    }),
    divisorRule('resource-divisor-supported'),
  ],
};

/** A resource as a file: the container must be named, and only then is the resource checked. */
const fileReferenceResourceGroup: RuleGroup<ResourceRef> = {
  at: 'spec.template.spec.volumes[*].downwardAPI.resourceFieldRef',
  source: 'pkg/apis/core/validation/validation.go validateContainerResourceFieldSelector (v1.37)',
  wrap: (resourceFieldRef) => inVolume({
    downwardAPI: { items: [{ path: 'file', resourceFieldRef: { containerName: 'main', resource: 'limits.cpu', ...resourceFieldRef } }] },
  }),
  rules: [
    required({
      id: 'volume-resource-container-given',
      field: 'containerName',
      examples: { bad: [{ containerName: '' }], good: [{ containerName: 'any' }] },
    }),
    required({
      id: 'volume-resource-given',
      field: 'resource',
      where: ({ containerName = '' }) => containerName !== '',
      examples: { bad: [{ resource: '' }], good: [{ resource: 'requests.memory' }] },
    }),
    oneOf({
      id: 'volume-resource-supported',
      field: 'resource',
      checks: 'filled',
      values: resources,
      where: ({ containerName = '', resource = '' }) => containerName !== '' && !isHugePages(resource),
      examples: { bad: [{ resource: 'cpu' }], good: [{ resource: 'requests.hugepages-1Gi' }] },
    }),
    divisorRule('volume-resource-divisor-supported'),
  ],
};

/** The groups about references in environment variables; the one about fields applies to files too. */
export const envReferenceRules = { field: envReferenceFieldGroup, envField: envFieldGroup, resource: envReferenceResourceGroup };

/** The groups about references in files. */
export const fileReferenceRules = { field: fileReferenceFieldGroup, resource: fileReferenceResourceGroup };

function divisorRule(id: string): Rule<ResourceRef> {
  return {
    id,
    field: 'divisor',
    type: 'Invalid',
    message: 'only divisor\'s values 1m and 1 are supported with the cpu resource, and 1, 1k to 1E, 1Ki to 1Ei with all others',
    source: 'pkg/apis/core/validation/validation.go validateContainerResourceDivisor (v1.37)',
    finds: ({ resource = '', divisor }, scope) => {
      const quantity = divisor === undefined ? undefined : tryParseQuantity(divisor);
      if (quantity === undefined || quantity.nano === 0n) return;
      const isCpu = resource.endsWith('.cpu');
      if (!resources.includes(resource) && !isHugePages(resource)) return;
      if ((isCpu ? cpuDivisors : sizeDivisors).has(formatQuantity(quantity))) return;
      const size = isHugePages(resource) ? 'hugepages' : resource.endsWith('.memory') ? 'memory' : 'local ephemeral storage';
      const values = isCpu ? '1m and 1' : [...sizeDivisors].join(', ');
      scope.report(resource, undefined, `only divisor's values ${values} are supported with the ${isCpu ? 'cpu' : size} resource`);
    },
    examples: { bad: [{ resource: 'limits.cpu', divisor: '2' }, { resource: 'limits.memory', divisor: '1m' }], good: [{ resource: 'limits.cpu', divisor: '1000m' }] },
  };
}

function isOther({ apiVersion = 'v1', fieldPath = '' }: FieldRef, supported: readonly string[]): boolean {
  const path = fieldPath === 'spec.host' ? 'spec.nodeName' : fieldPath;
  return apiVersion === 'v1' && convertible.has(fieldPath) && !supported.includes(path);
}

function isHugePages(resource: string): boolean {
  return resource.startsWith('limits.hugepages-') || resource.startsWith('requests.hugepages-');
}
