import { type Decoded } from '../../api/decoded';
import { type Job } from '../../api/kubernetes';
import { controllerUidLabel, generatedLabelNames, legacyControllerUidLabel } from '../../api/labels';
import { type RuleGroup } from '../rule/rule';
import { minimalPod } from '../rule/wrap';

const uid = '11111111-1111-1111-1111-111111111111';
const template = { metadata: { labels: { [controllerUidLabel]: uid } }, spec: minimalPod };

/** A Job that was read from a cluster, by the lines that belong to the object there. */
export const exportedGroup: RuleGroup<readonly string[]> = {
  at: '',
  source: 'advice of cdk8s-jobs: the API server refuses most of these lines one by one, and drops the others',
  wrap: ({ metadata = {}, ...spec }: { metadata?: object }) => {
    return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'demo', ...metadata }, spec: { template: { spec: minimalPod }, ...spec } };
  },
  rules: [{
    id: 'exported-job-leaves-its-origin',
    field: '',
    type: 'Invalid',
    severity: 'advice',
    message: 'was exported from a cluster: delete what was made for the object there',
    finds: (lines, scope) => {
      if (lines.length > 0) scope.report(undefined, undefined, `was exported from a cluster: to create another one, delete ${lines.join(', ')}`);
    },
    examples: {
      bad: [
        { metadata: { uid }, selector: { matchLabels: { [controllerUidLabel]: uid } }, template },
        { manualSelector: true, selector: { matchLabels: { [legacyControllerUidLabel]: uid } } },
      ],
      good: [{ manualSelector: true, selector: {} }, { metadata: { uid } }],
    },
  }],
};

/**
 * The lines of a Job, as it was written, that were made for an object in a cluster and hold nothing for another one: none unless a selector
 * or a label has the uid of an object.
 */
export function linesOfOrigin({ metadata = {}, spec = {}, status }: Decoded<Job>): readonly string[] {
  const selected = spec.selector?.matchLabels ?? {};
  const labels = spec.template?.metadata?.labels ?? {};
  const selectsUid = controllerUidLabel in selected || legacyControllerUidLabel in selected;
  if (!selectsUid && !(controllerUidLabel in labels) && !(legacyControllerUidLabel in labels)) return [];
  const made = ['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields', 'ownerReferences'] as const;
  return [
    ...made.filter((name) => metadata[name] !== undefined).map((name) => `metadata.${name}`),
    ...generatedIn(metadata.labels).map((name) => `metadata.labels[${name}]`),
    ...selectsUid ? ['spec.selector', ...spec.manualSelector === undefined ? [] : ['spec.manualSelector']] : [],
    ...generatedIn(labels).map((name) => `spec.template.metadata.labels[${name}]`),
    ...status === undefined ? [] : ['status'],
  ];
}

function generatedIn(labels: Readonly<Record<string, string>> = {}): readonly string[] {
  return generatedLabelNames.filter((name) => Object.hasOwn(labels, name));
}
