import { type Decoded } from '../../api/decoded';
import { type PodTemplateSpec } from '../../api/kubernetes';
import { wellFormedLabels } from '../rule/makers/maps';
import { type RuleGroup } from '../rule/rule';
import { inJob, minimalPod } from '../rule/wrap';

/** The metadata of a pod template; the API server leaves `metadata` out of these paths. */
const templateGroup: RuleGroup<Decoded<PodTemplateSpec>> = {
  at: 'spec.template',
  source: 'pkg/apis/core/validation/validation.go ValidatePodTemplateSpec (v1.37)',
  wrap: ({ name = 'demo', ...metadata }: { name?: string }) => ({ ...inJob({ template: { metadata, spec: minimalPod } }), metadata: { name } }),
  rules: [
    wellFormedLabels({
      id: 'template-labels-well-formed',
      field: 'labels',
      reads: 'metadata.labels',
      message: 'a key must be a qualified name, a value a label value (the name of the Job becomes one)',
      examples: { bad: [{ labels: { a: 'b c' } }, { name: 'x'.repeat(64) }], good: [{ labels: { a: 'b' } }] },
    }),
  ],
};

/** The groups about the template itself. */
export const templateRules = { template: templateGroup };
