import { type Decoded } from '../../api/decoded';
import { type ObjectMeta } from '../../api/kubernetes';
import { foregroundFinalizer, orphanFinalizer } from '../../api/labels';
import { byteLength, checkDnsLabel, checkDnsSubdomain, checkLabelValue, checkQualifiedName, checkSubdomainPrefix } from '../../api/names';
import { type RuleGroup, type Scope } from '../rule/rule';
import { inMetadata } from '../rule/wrap';

const source = 'staging/src/k8s.io/apimachinery/pkg/api/validation/objectmeta.go ValidateObjectMetaAccessor (v1.37)';
const standardFinalizers = ['kubernetes', orphanFinalizer, foregroundFinalizer];
const largestAnnotations = 256 * 1024;
const labelsMessage = 'a key must be a qualified name, a value a label value';

/** The names of Jobs and CronJobs alike, on create. */
export const metadataNameRules: RuleGroup<Decoded<ObjectMeta>> = {
  at: 'metadata',
  source,
  wrap: inMetadata,
  rules: [
    {
      id: 'name-given',
      field: 'name',
      type: 'Required',
      message: 'name or generateName is required',
      finds: ({ name }, scope) => { if (isEmpty(name)) scope.report(); },
      examples: { bad: [{ name: '' }], good: [{ name: 'demo' }, { name: '', generateName: 'demo-' }] },
    },
    {
      id: 'name-is-a-subdomain',
      field: 'name',
      type: 'Invalid',
      message: 'a lowercase RFC 1123 subdomain of at most 253 characters',
      finds: ({ name }, scope) => { if (name !== undefined && name !== '') scope.reportAll(checkDnsSubdomain(name), name); },
      examples: { bad: [{ name: 'My_Job' }, { name: 'a..b' }], good: [{ name: 'my-job.v1' }] },
    },
    {
      id: 'generate-name-is-a-subdomain',
      field: 'generateName',
      type: 'Invalid',
      message: 'a lowercase RFC 1123 subdomain, a dash at its end aside',
      when: 'generateName',
      finds: ({ generateName }, scope) => {
        if (generateName !== undefined && generateName !== '') scope.reportAll(checkSubdomainPrefix(generateName), generateName);
      },
      examples: { bad: [{ generateName: 'Bad-' }], good: [{ generateName: 'demo-' }] },
    },
    {
      id: 'namespace-is-a-label',
      field: 'namespace',
      type: 'Invalid',
      message: 'a lowercase RFC 1123 label of at most 63 characters',
      when: 'namespace',
      finds: ({ namespace }, scope) => {
        if (namespace !== undefined && namespace !== '') scope.reportAll(checkDnsLabel(namespace), namespace);
      },
      examples: { bad: [{ namespace: 'My_NS' }, { namespace: 'a.b' }], good: [{ namespace: 'team-a' }] },
    },
  ],
};

/** Labels and annotations of Jobs and CronJobs alike. */
export const metadataRules: RuleGroup<Decoded<ObjectMeta>> = {
  at: 'metadata',
  source,
  wrap: inMetadata,
  rules: [
    {
      id: 'labels-well-formed',
      field: 'labels',
      type: 'Invalid',
      message: labelsMessage,
      when: 'labels',
      finds: ({ labels }, scope) => checkLabels(labels, scope),
      examples: { bad: [{ labels: { 'a/b/c': 'x' } }, { labels: { app: 'a b' } }], good: [{ labels: { 'app.kubernetes.io/name': 'x', 'a': '' } }] },
    },
    {
      id: 'annotation-keys-well-formed',
      field: 'annotations',
      type: 'Invalid',
      message: 'a key in lower case must be a qualified name',
      when: 'annotations',
      finds: ({ annotations }, scope) => checkAnnotationKeys(annotations, scope),
      examples: { bad: [{ annotations: { 'a b': 'x' } }], good: [{ annotations: { 'Example.com/a': 'any text, of any length' } }] },
    },
    {
      id: 'annotations-within-limit',
      field: 'annotations',
      type: 'TooLong',
      message: 'may not be more than 262144 bytes',
      when: 'annotations',
      finds: ({ annotations }, scope) => { if (isTooMuch(annotations)) scope.report(); },
      examples: { bad: [{ annotations: { key: 'x'.repeat(largestAnnotations) } }], good: [{ annotations: { key: 'x'.repeat(1000) } }] },
    },
    {
      id: 'one-controller',
      field: 'ownerReferences',
      type: 'Invalid',
      message: 'only one reference can have controller set to true',
      when: 'ownerReferences',
      finds: ({ ownerReferences }, scope) => {
        const controllers = ownerReferences?.filter(({ controller }) => controller === true) ?? [];
        for (const controller of controllers.slice(1)) scope.report(controller);
      },
      examples: {
        bad: [{ ownerReferences: [owner('1', { controller: true }), owner('2', { controller: true })] }],
        good: [{ ownerReferences: [owner('1', { controller: true }), owner('2')] }],
      },
    },
  ],
};

/** Finalizers of Jobs and CronJobs alike. */
export const finalizerRules: RuleGroup<Decoded<ObjectMeta>> = {
  at: 'metadata',
  source,
  wrap: inMetadata,
  rules: [
    {
      id: 'finalizers-are-qualified-names',
      field: 'finalizers',
      type: 'Invalid',
      message: 'a finalizer must be a qualified name',
      finds: ({ finalizers }, scope) => {
        for (const finalizer of finalizers ?? []) scope.reportAll(checkQualifiedName(finalizer), finalizer);
      },
      examples: { bad: [{ finalizers: ['a b'] }], good: [{ finalizers: ['example.com/hold'] }] },
    },
    {
      id: 'finalizers-exclude-each-other',
      field: 'finalizers',
      type: 'Invalid',
      message: 'finalizer orphan and foregroundDeletion cannot be both set',
      finds: ({ finalizers }, scope) => {
        if (finalizers?.includes(orphanFinalizer) === true && finalizers.includes(foregroundFinalizer)) scope.report(finalizers);
      },
      examples: { bad: [{ finalizers: [orphanFinalizer, foregroundFinalizer] }], good: [{ finalizers: [orphanFinalizer] }] },
    },
  ],
};

/** What Kubernetes' own objects demand of finalizers besides. */
export const finalizerDomainRules: RuleGroup<Decoded<ObjectMeta>> = {
  at: 'metadata',
  source: 'pkg/apis/core/validation/validation.go validateKubeFinalizerName (v1.37)',
  wrap: inMetadata,
  rules: [
    {
      id: 'finalizers-have-a-domain',
      field: 'finalizers',
      type: 'Invalid',
      message: 'name is neither a standard finalizer name nor is it fully qualified',
      finds: ({ finalizers }, scope) => {
        finalizers?.forEach((finalizer, position) => {
          if (!finalizer.includes('/') && !standardFinalizers.includes(finalizer)) {
            scope.report(finalizer, scope.at.child('finalizers').index(position));
          }
        });
      },
      examples: { bad: [{ finalizers: ['hold'] }], good: [{ finalizers: [orphanFinalizer, 'example.com/hold'] }] },
    },
  ],
};

/** Reports keys and values that are no labels, on the map itself. */
export function checkLabels(labels: Readonly<Record<string, string>> | undefined, scope: Scope): void {
  for (const key in labels) {
    scope.reportAll(checkQualifiedName(key), key);
    scope.reportAll(checkLabelValue(labels[key] ?? ''), labels[key]);
  }
}

/** Reports keys that are no names of annotations, on the map itself. */
export function checkAnnotationKeys(annotations: Readonly<Record<string, string>> | undefined, scope: Scope): void {
  for (const key in annotations) scope.reportAll(checkQualifiedName(key.toLowerCase()), key);
}

/** Whether keys and values together are longer than annotations may be. */
export function isTooMuch(annotations: Readonly<Record<string, string>> | undefined): boolean {
  let bytes = 0;
  for (const key in annotations) bytes += byteLength(key) + byteLength(annotations[key] ?? '');
  return bytes > largestAnnotations;
}

function owner(uid: string, more: object = {}): object {
  return { apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid, ...more };
}

function isEmpty(text: string | undefined): boolean {
  return text === undefined || text === '';
}
