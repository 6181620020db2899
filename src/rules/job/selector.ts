import { matchesLabels } from './label-selector';
import { type Decoded } from '../../api/decoded';
import { type Job } from '../../api/kubernetes';
import { type GeneratedLabel, controllerUidLabel, generatedLabel as valueOf, generatedLabels, jobNameLabel, legacyControllerUidLabel, legacyJobNameLabel } from '../../api/labels';
import { checkDnsLabel } from '../../api/names';
import { required } from '../rule/makers/makers';
import { type Rule, type RuleGroup } from '../rule/rule';
import { minimalPod } from '../rule/wrap';

/** The uid that stands for the one that the API server would give. */
export const generatedUid = '00000000-0000-0000-0000-000000000000';

/** The selector of a whole Job. A CronJob's template has none. */
const jobGroup: RuleGroup<Decoded<Job>> = {
  at: '',
  source: 'pkg/apis/batch/validation/validation.go ValidateJobSpec (v1.37)',
  wrap: inWholeJob,
  rules: [
    required({
      id: 'manual-selector-needs-selector',
      field: 'spec.selector',
      takesEmpty: true,
      examples: { bad: [{ manualSelector: true }], good: [{ manualSelector: true, selector: {} }] },
    }),
    {
      id: 'selector-matches-template-labels',
      field: 'spec.template.metadata.labels',
      type: 'Invalid',
      message: '`selector` does not match template `labels`',
      finds: ({ spec }, scope) => {
        const labels = spec?.template?.metadata?.labels ?? {};
        if (matchesLabels(spec?.selector, labels) === false) scope.report(labels);
      },
      examples: {
        bad: [{ manualSelector: true, selector: { matchLabels: { app: 'other' } } }],
        good: [{ manualSelector: true, selector: { matchLabels: { app: 'demo' } } }],
      },
    },
  ],
};

/** What a generated selector and its labels must be; checked on update only up to 1.36. */
const generatedGroup: RuleGroup<Decoded<Job>> = {
  at: '',
  source: 'pkg/apis/batch/validation/validation.go validateGeneratedSelector (v1.37)',
  wrap: inWholeJob,
  rules: [
    {
      id: 'selector-only-with-manual-selector',
      field: 'spec.selector',
      type: 'Invalid',
      message: '`selector` not auto-generated',
      finds: ({ metadata, spec }, scope) => {
        if (spec?.manualSelector === true || spec?.selector === undefined) return;
        if (matchesLabels(spec.selector, generatedLabels(metadata?.name ?? '', scope.old?.uid ?? generatedUid)) === false) scope.report(spec.selector);
      },
      examples: { bad: [{ selector: { matchLabels: { app: 'demo' } } }], good: [{ selector: {} }] },
    },
    generatedLabel(legacyControllerUidLabel, 'controller-uid-label-is-generated'),
    generatedLabel(legacyJobNameLabel, 'job-name-label-is-generated'),
    generatedLabel(controllerUidLabel, 'batch-controller-uid-label-is-generated'),
    generatedLabel(jobNameLabel, 'batch-job-name-label-is-generated'),
  ],
};

/** The host names of an Indexed Job's pods. */
const indexedGroup: RuleGroup<Decoded<Job>> = {
  at: '',
  source: 'pkg/apis/batch/validation/validation.go ValidateJob (v1.37)',
  wrap: inWholeJob,
  rules: [
    {
      id: 'indexed-pods-can-be-named',
      field: 'metadata.name',
      type: 'Invalid',
      message: 'will not able to create pod with invalid DNS label',
      finds: ({ metadata, spec }, scope) => {
        const completions = spec?.completions ?? 0;
        if (spec?.completionMode !== 'Indexed' || completions <= 0) return;
        const hostName = `${metadata?.name ?? ''}-${completions - 1}`;
        // One finding, however much is wrong with the name.
        if (checkDnsLabel(hostName).length > 0) {
          scope.report(metadata?.name ?? '', undefined, `will not able to create pod with invalid DNS label: ${hostName}`);
        }
      },
      examples: {
        bad: [{ name: 'x'.repeat(62), completionMode: 'Indexed', completions: 2 }],
        good: [{ name: 'x'.repeat(61), completionMode: 'Indexed', completions: 2 }],
      },
    },
  ],
};

/** The groups about the selector of a Job. */
export const selectorRules = { job: jobGroup, generated: generatedGroup };

/** The groups about the names that a Job gives to its pods. */
export const podNameRules = { indexed: indexedGroup };

function generatedLabel(key: GeneratedLabel, id: string): Rule<Decoded<Job>> {
  return {
    id,
    field: `spec.template.metadata.labels[${key}]`,
    type: 'Invalid',
    message: 'must be the generated value',
    finds: ({ metadata, spec }, scope) => {
      if (spec?.manualSelector === true || spec?.selector === undefined) return;
      const expected = valueOf(key, metadata?.name ?? '', scope.old?.uid ?? generatedUid);
      const labels = spec.template?.metadata?.labels;
      const value = labels?.[key];
      if (value !== undefined && value !== expected) {
        const at = scope.at.child('spec', 'template', 'metadata', 'labels').key(key);
        scope.report(labels, at, `must be '${expected}'`, expected === generatedUid ? `${generatedUid} stands for a uid that the API server makes: leave this label out` : undefined);
      }
    },
    examples: { bad: [{ labels: { [key]: 'mine' } }], good: [{ labels: { app: 'demo' } }, { manualSelector: true, selector: {}, labels: { [key]: 'mine' } }] },
  };
}

function inWholeJob({ name = 'demo', labels = { app: 'demo' }, ...spec }: { name?: string; labels?: object }): object {
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: { template: { metadata: { labels }, spec: minimalPod }, ...spec } };
}
