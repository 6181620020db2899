import { isSameValue } from './same-value';
import { generatedUid } from './selector';
import { mayChangePlacement, mayChangeResources, withPlacement, withResources } from './suspended-template';
import { type Decoded } from '../../api/decoded';
import { type CronJob, type Job, type JobSpec, type ObjectMeta } from '../../api/kubernetes';
import { type GeneratedLabel, controllerUidLabel, generatedLabels, jobNameLabel, legacyControllerUidLabel, legacyJobNameLabel, orphanFinalizer } from '../../api/labels';
import { given } from '../../core/given';
import { kebab } from '../rule/makers/make-rule';
import { quoted } from '../rule/makers/makers';
import { type Rule, type RuleGroup } from '../rule/rule';
import { minimalPod } from '../rule/wrap';

/** An object before and after an update, both with defaults. */
interface Change<Kind> {
  readonly before: Decoded<Kind>;
  readonly after: Decoded<Kind>;
}

/** An example of an update: two specs of a Job. */
interface ChangeExample {
  readonly before?: object;
  readonly after?: object;
  readonly status?: object;
}

const immutable = 'field is immutable';

/** Updates of Jobs: what may no longer change. Examples are pairs of specs. */
const jobGroup: RuleGroup<Change<Job>> = {
  at: '',
  source: 'pkg/apis/batch/validation/validation.go ValidateJobSpecUpdate (v1.37)',
  wrap: ({ before = {}, after = {}, status }: ChangeExample) =>
    ({ before: { ...inSpec(before), ...given({ status }) }, after: inSpec(after) }),
  rules: [
    {
      id: 'completions-immutable',
      field: 'spec.completions',
      type: 'Invalid',
      message: immutable,
      source: 'pkg/apis/batch/validation/validation.go validateCompletions (v1.37)',
      finds: ({ before, after }, scope) => {
        if (after.spec?.completionMode !== 'Indexed' && before.spec?.completions !== after.spec?.completions) scope.report(after.spec?.completions);
      },
      examples: {
        bad: [{ before: { completions: 1 }, after: { completions: 2 } }, { after: { parallelism: 2 } }],
        good: [{ before: { parallelism: 1, completions: 1 } }],
      },
    },
    {
      id: 'indexed-completions-change-with-parallelism',
      field: 'spec.completions',
      type: 'Invalid',
      message: 'can only be modified in tandem with spec.parallelism',
      source: 'pkg/apis/batch/validation/validation.go validateCompletions (v1.37)',
      finds: ({ before, after }, scope) => {
        const { completionMode, completions, parallelism } = after.spec ?? {};
        if (completionMode !== 'Indexed' || completions === undefined || completions === before.spec?.completions) return;
        if (completions !== parallelism) scope.report(completions);
      },
      examples: {
        bad: [{ before: indexed(2, 2), after: indexed(4, 2) }],
        good: [{ before: indexed(2, 2), after: indexed(4, 4) }, { before: indexed(2, 2), after: indexed(2, 1) }],
      },
    },
    immutableField('selector', { manualSelector: true, selector: {} }, { manualSelector: true, selector: { matchLabels: {}, matchExpressions: [{ key: 'a', operator: 'DoesNotExist' }] } }),
    immutableField('completionMode', { completions: 2 }, { completions: 2, completionMode: 'Indexed' }),
    immutableField('podFailurePolicy', {}, { podFailurePolicy: { rules: [] }, podReplacementPolicy: 'Failed' }),
    immutableField('backoffLimitPerIndex', indexed(2, 2), { ...indexed(2, 2), backoffLimitPerIndex: 1 }),
    immutableField('managedBy', {}, { managedBy: 'acme.io/foo' }),
    immutableField('successPolicy', indexed(2, 2), { ...indexed(2, 2), successPolicy: { rules: [{ succeededCount: 1 }] } }),
    {
      id: 'template-immutable',
      field: 'spec.template',
      type: 'Invalid',
      message: immutable,
      source: 'pkg/apis/batch/validation/validation.go validatePodTemplateUpdate (v1.37)',
      finds: ({ before, after }, scope) => {
        if (mayChangeResources(before, scope)) return;
        const template = after.spec?.template ?? {};
        const old = before.spec?.template ?? {};
        if (!isSameValue(template, mayChangePlacement(before, scope) ? withPlacement(old, template) : old, 'template')) scope.report();
      },
      examples: {
        bad: [{ after: image('other') }, { after: withPod({ nodeSelector: { a: 'b' } }) }],
        good: [{ before: { suspend: true }, after: { suspend: true, ...withPod({ nodeSelector: { a: 'b' } }) } }],
      },
    },
    {
      id: 'suspended-template-mostly-immutable',
      field: 'spec.template.spec',
      type: 'Invalid',
      message: immutable,
      gate: 'MutablePodResourcesForSuspendedJobs',
      source: 'pkg/apis/batch/validation/validation.go validatePodTemplateUpdate (v1.37)',
      finds: ({ before, after }, scope) => {
        if (!mayChangeResources(before, scope)) return;
        const template = after.spec?.template ?? {};
        const oldTemplate = before.spec?.template ?? {};
        const placed = mayChangePlacement(before, scope) ? withPlacement(oldTemplate, template) : oldTemplate;
        const old = withResources(placed, template);
        if (!isSameValue(template.spec, old.spec, 'spec')) scope.report();
      },
      examples: {
        bad: [{ before: { suspend: true }, after: { suspend: true, ...image('other') } }],
        good: [{ before: { suspend: true }, after: { suspend: true, ...withPod({ containers: [{ ...minimalPod.containers[0], resources: { requests: { cpu: '1' } } }] }) } }],
      },
    },
    keptLabel(legacyControllerUidLabel, 'controller-uid-label-kept', false),
    keptLabel(legacyJobNameLabel, 'job-name-label-kept', false),
    keptLabel(controllerUidLabel, 'batch-controller-uid-label-kept', true),
    keptLabel(jobNameLabel, 'batch-job-name-label-kept', true),
  ],
};

/** Updates of the metadata of Jobs and CronJobs alike. */
const metadataGroup: RuleGroup<{ readonly before: Decoded<ObjectMeta>; readonly after: Decoded<ObjectMeta> }> = {
  at: 'metadata',
  source: 'staging/src/k8s.io/apimachinery/pkg/api/validation/objectmeta.go ValidateObjectMetaAccessorUpdate (v1.37)',
  wrap: ({ before = {}, after = {} }: ChangeExample) => ({
    before: { ...inSpec({}), metadata: { name: 'demo', ...before } }, after: { ...inSpec({}), metadata: { name: 'demo', ...after } },
  }),
  rules: [
    {
      id: 'name-immutable',
      field: 'name',
      type: 'Invalid',
      message: immutable,
      finds: ({ before, after }, scope) => { if (after.name !== undefined && after.name !== before.name) scope.report(after.name); },
      examples: { bad: [{ after: { name: 'other' } }], good: [{ after: { labels: { a: 'b' } } }] },
    },
    {
      id: 'namespace-immutable',
      field: 'namespace',
      type: 'Invalid',
      message: immutable,
      finds: ({ before, after }, scope) => {
        if ((after.namespace ?? '') !== '' && (before.namespace ?? '') !== '' && after.namespace !== before.namespace) scope.report(after.namespace);
      },
      examples: { bad: [{ before: { namespace: 'a' }, after: { namespace: 'b' } }], good: [{ before: { namespace: 'a' } }] },
    },
    immutableWhenGiven('deletionTimestamp', 'deletion-timestamp-immutable', '2026-01-01T00:00:00Z', ({ before, after }) =>
      before.deletionTimestamp === undefined && after.deletionTimestamp !== undefined),
    immutableWhenGiven('deletionGracePeriodSeconds', 'deletion-grace-period-immutable', 30, ({ before, after }) =>
      after.deletionGracePeriodSeconds !== undefined && after.deletionGracePeriodSeconds !== before.deletionGracePeriodSeconds),
    {
      id: 'no-finalizers-after-deletion',
      field: 'finalizers',
      type: 'Forbidden',
      message: 'no new finalizers can be added if the object is being deleted',
      finds: ({ before, after }, scope) => {
        if (before.deletionTimestamp === undefined) return;
        const old = new Set(before.finalizers);
        const added = [...new Set(after.finalizers)].filter((finalizer) => !old.has(finalizer)).sort();
        if (added.length === 0) return;
        scope.report(undefined, undefined, `no new finalizers can be added if the object is being deleted, found new finalizers []string{${quoted(added)}}`);
      },
      examples: {
        bad: [{ before: { deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: [orphanFinalizer] }, after: { finalizers: [orphanFinalizer, 'example.com/a'] } }],
        good: [{ before: { deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: [orphanFinalizer] }, after: {} }],
      },
    },
  ],
};

/** What remains of the rules for `generateName` on update. */
const pathSegmentGroup: RuleGroup<Decoded<ObjectMeta>> = {
  at: 'metadata',
  source: 'staging/src/k8s.io/apimachinery/pkg/api/validation/path/name.go IsValidPathSegmentPrefix (v1.37)',
  wrap: (metadata) => ({ before: inSpec({}), after: { ...inSpec({}), metadata: { name: 'demo', ...metadata } } }),
  rules: [{
    id: 'generate-name-without-slash',
    field: 'generateName',
    type: 'Invalid',
    message: 'may not contain \'/\' or \'%\'',
    finds: ({ generateName = '' }, scope) => {
      for (const character of ['/', '%']) if (generateName.includes(character)) scope.report(generateName, undefined, `may not contain '${character}'`);
    },
    examples: { bad: [{ generateName: 'a/' }], good: [{ generateName: 'Bad-' }] },
  }],
};

/** The groups about updates. */
export const updateRules = { metadata: metadataGroup, pathSegment: pathSegmentGroup, job: jobGroup };

/** The kinds of objects that an update may be about. */
export type Updatable = Decoded<Job> & Decoded<CronJob>;

function immutableField(
  field: 'selector' | 'completionMode' | 'podFailurePolicy' | 'backoffLimitPerIndex' | 'managedBy' | 'successPolicy', before: object, after: object,
): Rule<Change<Job>> {
  return {
    id: `${kebab(field)}-immutable`,
    field: `spec.${field}`,
    type: 'Invalid',
    message: immutable,
    finds: (change, scope) => {
      const value = change.after.spec?.[field];
      if (!isSameValue(value, change.before.spec?.[field], field)) scope.report(value);
    },
    examples: { bad: [{ before, after }], good: [{ before, after: before }] },
  };
}

/** What only the API server sets when something is deleted: it keeps what it has set, whatever the new manifest says. */
function immutableWhenGiven(
  field: 'deletionTimestamp' | 'deletionGracePeriodSeconds', id: string, value: unknown, isChanged: (change: Change<ObjectMeta>) => boolean,
): Rule<Change<ObjectMeta>> {
  return {
    id,
    field,
    type: 'Invalid',
    message: immutable,
    finds: (change, scope) => { if (isChanged(change)) scope.report(change.after[field]); },
    examples: { bad: [{ after: { [field]: value } }], good: [{ before: { [field]: value }, after: {} }, {}] },
  };
}

/** Up to 1.36, an update checked the generated labels again and required them. */
function keptLabel(key: GeneratedLabel, id: string, isPrefixed: boolean): Rule<Change<Job>> {
  return {
    id,
    field: `spec.template.metadata.labels[${key}]`,
    type: 'Required',
    message: 'must be the generated value',
    until: 36,
    source: 'pkg/apis/batch/validation/validation.go validateGeneratedSelector (v1.36)',
    finds: ({ before, after }, scope) => {
      if (after.spec?.manualSelector === true || after.spec?.selector === undefined) return;
      const old = before.spec?.template?.metadata?.labels ?? {};
      const isAsked = !isPrefixed || (jobNameLabel in old && controllerUidLabel in old);
      if (!isAsked || after.spec.template?.metadata?.labels?.[key] !== undefined) return;
      const value = generatedLabels(after.metadata?.name ?? '', scope.old?.uid ?? generatedUid)[key];
      scope.report(undefined, scope.at.child('spec', 'template', 'metadata', 'labels').key(key), `must be '${value}'`);
    },
    // Only giving up a manual selector can reach it: tested with the vectors.
    examples: { bad: [], good: [{}] },
  };
}

function indexed(completions: number, parallelism: number): object {
  return { completionMode: 'Indexed', completions, parallelism };
}

function image(text: string): object {
  return withPod({ containers: [{ name: 'main', image: text }] });
}

function withPod(pod: object): Partial<Record<keyof JobSpec, object>> {
  return { template: { spec: { ...minimalPod, ...pod } } };
}

function inSpec(spec: object): object {
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'demo' }, spec: { template: { spec: minimalPod }, ...spec } };
}
