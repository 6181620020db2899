import { type Decoded } from '../../api/decoded';
import { type ObjectMeta } from '../../api/kubernetes';
import { foregroundFinalizer, orphanFinalizer } from '../../api/labels';
import { required, wellNamed } from '../rule/makers/makers';
import { annotationsWithinLimit, wellFormedAnnotationKeys, wellFormedLabels } from '../rule/makers/maps';
import { dnsLabel, dnsSubdomain, dnsSubdomainPrefix, qualifiedName } from '../rule/makers/names';
import { type RuleGroup } from '../rule/rule';
import { inMetadata } from '../rule/wrap';

const source = 'staging/src/k8s.io/apimachinery/pkg/api/validation/objectmeta.go ValidateObjectMetaAccessor (v1.37)';
const standardFinalizers = ['kubernetes', orphanFinalizer, foregroundFinalizer];
const largestAnnotations = 256 * 1024;

/** The names of Jobs and CronJobs alike, on create. */
const namesGroup: RuleGroup<Decoded<ObjectMeta>> = {
  at: 'metadata',
  source,
  wrap: inMetadata,
  rules: [
    required({
      id: 'name-given',
      field: 'name',
      message: 'name or generateName is required',
      examples: { bad: [{ name: '' }], good: [{ name: 'demo' }, { name: '', generateName: 'demo-' }] },
    }),
    wellNamed({
      id: 'name-is-a-subdomain',
      field: 'name',
      message: 'a lowercase RFC 1123 subdomain of at most 253 characters',
      as: dnsSubdomain,
      examples: { bad: [{ name: 'My_Job' }, { name: 'a..b' }], good: [{ name: 'my-job.v1' }] },
    }),
    wellNamed({
      id: 'generate-name-is-a-subdomain',
      field: 'generateName',
      message: 'a lowercase RFC 1123 subdomain, a dash at its end aside',
      as: dnsSubdomainPrefix,
      examples: { bad: [{ generateName: 'Bad-' }], good: [{ generateName: 'demo-' }] },
    }),
    wellNamed({
      id: 'namespace-is-a-label',
      field: 'namespace',
      message: 'a lowercase RFC 1123 label of at most 63 characters',
      as: dnsLabel,
      examples: { bad: [{ namespace: 'My_NS' }, { namespace: 'a.b' }], good: [{ namespace: 'team-a' }] },
    }),
  ],
};

/** Labels and annotations of Jobs and CronJobs alike. */
const commonGroup: RuleGroup<Decoded<ObjectMeta>> = {
  at: 'metadata',
  source,
  wrap: inMetadata,
  rules: [
    wellFormedLabels({
      id: 'labels-well-formed',
      field: 'labels',
      examples: { bad: [{ labels: { 'a/b/c': 'x' } }, { labels: { app: 'a b' } }], good: [{ labels: { 'app.kubernetes.io/name': 'x', 'a': '' } }] },
    }),
    wellFormedAnnotationKeys({
      id: 'annotation-keys-well-formed',
      field: 'annotations',
      examples: { bad: [{ annotations: { 'a b': 'x' } }], good: [{ annotations: { 'Example.com/a': 'any text, of any length' } }] },
    }),
    annotationsWithinLimit({
      id: 'annotations-within-limit',
      field: 'annotations',
      examples: { bad: [{ annotations: { key: 'x'.repeat(largestAnnotations) } }], good: [{ annotations: { key: 'x'.repeat(1000) } }] },
    }),
    {
      id: 'one-controller',
      field: 'ownerReferences',
      type: 'Invalid',
      message: 'Only one reference can have Controller set to true',
      when: 'ownerReferences',
      finds: ({ ownerReferences }, scope) => {
        const controllers = ownerReferences?.filter(({ controller }) => controller === true) ?? [];
        const [first, ...others] = controllers.map(({ kind = '', name = '' }) => `${kind}/${name}`);
        for (const other of others) {
          scope.report(ownerReferences, undefined, `Only one reference can have Controller set to true. Found "true" in references for ${first} and ${other}`);
        }
      },
      examples: {
        bad: [{ ownerReferences: [owner('1', { controller: true }), owner('2', { controller: true })] }],
        good: [{ ownerReferences: [owner('1', { controller: true }), owner('2')] }],
      },
    },
  ],
};

/** Finalizers of Jobs and CronJobs alike. */
const finalizersGroup: RuleGroup<Decoded<ObjectMeta>> = {
  at: 'metadata',
  source,
  wrap: inMetadata,
  rules: [
    wellNamed({
      id: 'finalizers-are-qualified-names',
      field: 'finalizers',
      reads: 'finalizers[*]',
      message: 'a finalizer must be a qualified name',
      checks: 'all',
      as: qualifiedName,
      examples: { bad: [{ finalizers: ['a b'] }], good: [{ finalizers: ['example.com/hold'] }] },
    }),
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

/** What else Kubernetes' own objects demand of finalizers. */
const domainsGroup: RuleGroup<Decoded<ObjectMeta>> = {
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

/** The groups about the metadata of Jobs and CronJobs alike. */
export const metadataRules = { names: namesGroup, common: commonGroup };

/** The groups about finalizers. */
export const finalizerRules = { finalizers: finalizersGroup, domains: domainsGroup };

function owner(uid: string, more: object = {}): object {
  return { apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid, ...more };
}
