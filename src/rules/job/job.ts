import { type Decoded } from '../../api/decoded';
import { type JobSpec } from '../../api/kubernetes';
import { byteLength, checkDomainPrefixedPath } from '../../api/names';
import { type Rule, type RuleGroup } from '../rule/rule';
import { inJob } from '../rule/wrap';

type Spec = Decoded<JobSpec>;
type NumberField = 'parallelism' | 'completions' | 'activeDeadlineSeconds' | 'backoffLimit' | 'ttlSecondsAfterFinished' | 'backoffLimitPerIndex' | 'maxFailedIndexes';

const mostIndexes = 100_000;
const mostParallel = 10_000;

/** The spec of a Job, and of a CronJob's template. */
export const jobRules: RuleGroup<Spec> = {
  at: 'spec',
  source: 'pkg/apis/batch/validation/validation.go validateJobSpec (v1.37)',
  wrap: inJob,
  rules: [
    notNegative('parallelism', 'parallelism'),
    notNegative('completions', 'completions'),
    notNegative('activeDeadlineSeconds', 'active-deadline'),
    notNegative('backoffLimit', 'backoff-limit'),
    notNegative('ttlSecondsAfterFinished', 'ttl'),
    notNegative('backoffLimitPerIndex', 'backoff-limit-per-index', { completionMode: 'Indexed', completions: 2 }),
    notNegative('maxFailedIndexes', 'max-failed-indexes', { completionMode: 'Indexed', completions: 2, backoffLimitPerIndex: 1 }),
    {
      id: 'managed-by-not-empty',
      field: 'managedBy',
      type: 'Required',
      message: '',
      when: 'managedBy',
      finds: ({ managedBy }, scope) => { if (managedBy === '') scope.report(); },
      examples: { bad: [{ managedBy: '' }], good: [{ managedBy: 'acme.io/foo' }] },
    },
    {
      id: 'managed-by-is-a-domain-prefixed-path',
      field: 'managedBy',
      type: 'Invalid',
      message: 'must be a domain-prefixed path (such as "acme.io/foo")',
      source: 'pkg/apis/core/validation/validation.go IsDomainPrefixedPath (v1.37)',
      when: 'managedBy',
      finds: ({ managedBy }, scope) => {
        if (managedBy === undefined || managedBy === '') return;
        for (const { value, problem } of checkDomainPrefixedPath(managedBy)) scope.report(value, undefined, problem);
      },
      examples: { bad: [{ managedBy: 'controller' }, { managedBy: 'Acme.io/a b' }], good: [{ managedBy: 'acme.io/a/b' }] },
    },
    {
      id: 'managed-by-within-63-bytes',
      field: 'managedBy',
      type: 'TooLong',
      message: 'may not be more than 63 bytes',
      when: 'managedBy',
      finds: ({ managedBy }, scope) => { if (managedBy !== undefined && byteLength(managedBy) > 63) scope.report(); },
      examples: { bad: [{ managedBy: `acme.io/${'x'.repeat(56)}` }], good: [{ managedBy: `acme.io/${'x'.repeat(55)}` }] },
    },
    {
      id: 'completion-mode-known',
      field: 'completionMode',
      type: 'NotSupported',
      message: 'supported values: "NonIndexed", "Indexed"',
      finds: ({ completionMode }, scope) => {
        if (completionMode !== undefined && completionMode !== 'Indexed' && completionMode !== 'NonIndexed') scope.report(completionMode);
      },
      examples: { bad: [{ completionMode: 'indexed' }, { completionMode: '' }], good: [{ completionMode: 'NonIndexed' }] },
    },
    {
      id: 'pod-replacement-policy-known',
      field: 'podReplacementPolicy',
      type: 'NotSupported',
      message: 'supported values: "Failed", "TerminatingOrFailed"',
      source: 'pkg/apis/batch/validation/validation.go validatePodReplacementPolicy (v1.37)',
      finds: ({ podReplacementPolicy, podFailurePolicy }, scope) => {
        if (podReplacementPolicy === undefined || podReplacementPolicy === 'Failed') return;
        if (podFailurePolicy !== undefined) scope.report(podReplacementPolicy, undefined, 'supported values: "Failed"');
        else if (podReplacementPolicy !== 'TerminatingOrFailed') scope.report(podReplacementPolicy);
      },
      examples: {
        bad: [{ podReplacementPolicy: 'Always' }, { podReplacementPolicy: 'TerminatingOrFailed', podFailurePolicy: { rules: [] } }],
        good: [{ podReplacementPolicy: 'TerminatingOrFailed' }, { podReplacementPolicy: 'Failed', podFailurePolicy: { rules: [] } }],
      },
    },
    {
      id: 'restart-policy-given',
      field: 'template.spec.restartPolicy',
      type: 'Required',
      message: 'valid values: "OnFailure", "Never"',
      finds: ({ template }, scope) => {
        const restartPolicy = template?.spec?.restartPolicy;
        if (restartPolicy === 'Always' || restartPolicy === undefined || restartPolicy === '') scope.report();
      },
      examples: { bad: [withRestartPolicy('Always'), withRestartPolicy(undefined)], good: [withRestartPolicy('OnFailure')] },
    },
    {
      id: 'restart-policy-fits-a-job',
      field: 'template.spec.restartPolicy',
      type: 'NotSupported',
      message: 'supported values: "OnFailure", "Never"',
      finds: ({ template }, scope) => {
        const restartPolicy = template?.spec?.restartPolicy ?? '';
        if (!['', 'Always', 'OnFailure', 'Never'].includes(restartPolicy)) scope.report(restartPolicy);
      },
      examples: { bad: [withRestartPolicy('never')], good: [withRestartPolicy('Never')] },
    },
    {
      id: 'restart-policy-never-with-pod-failure-policy',
      field: 'template.spec.restartPolicy',
      type: 'Invalid',
      message: 'only "Never" is supported when podFailurePolicy is specified',
      when: 'podFailurePolicy',
      finds: ({ template, podFailurePolicy }, scope) => {
        if (podFailurePolicy !== undefined && template?.spec?.restartPolicy === 'OnFailure') scope.report('OnFailure');
      },
      examples: {
        bad: [{ podFailurePolicy: { rules: [] }, ...withRestartPolicy('OnFailure') }],
        good: [{ podFailurePolicy: { rules: [] } }],
      },
    },
  ],
};

/** What depends on the completion mode. */
export const completionModeRules: RuleGroup<Spec> = {
  at: 'spec',
  source: 'pkg/apis/batch/validation/validation.go validateJobSpec (v1.37)',
  wrap: inJob,
  rules: [
    {
      id: 'indexed-needs-completions',
      field: 'completions',
      type: 'Required',
      message: 'when completion mode is Indexed',
      finds: ({ completionMode, completions }, scope) => { if (completionMode === 'Indexed' && completions === undefined) scope.report(); },
      examples: {
        bad: [{ completionMode: 'Indexed', parallelism: 2 }, { completionMode: 'Indexed', parallelism: 2, successPolicy: { rules: [{ succeededCount: 1 }] } }],
        good: [{ completionMode: 'Indexed', completions: 2 }],
      },
    },
    {
      id: 'indexed-parallelism-within-limit',
      field: 'parallelism',
      type: 'Invalid',
      message: 'must be less than or equal to 100000 when completion mode is Indexed',
      finds: ({ completionMode, parallelism = 0 }, scope) => { if (completionMode === 'Indexed' && parallelism > mostIndexes) scope.report(parallelism); },
      examples: {
        bad: [{ completionMode: 'Indexed', completions: 5, parallelism: 100_001 }],
        good: [{ completionMode: 'Indexed', completions: 5, parallelism: 100_000 }, { parallelism: 100_001 }],
      },
    },
    {
      id: 'max-failed-indexes-within-completions',
      field: 'maxFailedIndexes',
      type: 'Invalid',
      message: 'must be less than or equal to completions',
      when: 'maxFailedIndexes',
      finds: ({ completionMode, completions, maxFailedIndexes }, scope) => {
        if (completionMode === 'Indexed' && completions !== undefined && maxFailedIndexes !== undefined && maxFailedIndexes > completions) {
          scope.report(maxFailedIndexes);
        }
      },
      examples: { bad: [perIndex({ maxFailedIndexes: 6 })], good: [perIndex({ maxFailedIndexes: 5 })] },
    },
    {
      id: 'max-failed-indexes-within-limit',
      field: 'maxFailedIndexes',
      type: 'Invalid',
      message: 'must be less than or equal to 100000',
      when: 'maxFailedIndexes',
      finds: ({ completionMode, maxFailedIndexes = 0 }, scope) => {
        if (completionMode === 'Indexed' && maxFailedIndexes > mostIndexes) scope.report(maxFailedIndexes);
      },
      examples: { bad: [perIndex({ completions: 200_000, maxFailedIndexes: 100_001 })], good: [perIndex({ maxFailedIndexes: 1 })] },
    },
    {
      id: 'max-failed-indexes-needs-backoff-limit-per-index',
      field: 'backoffLimitPerIndex',
      type: 'Required',
      message: 'when maxFailedIndexes is specified',
      when: 'maxFailedIndexes',
      finds: ({ backoffLimitPerIndex, maxFailedIndexes }, scope) => {
        if (maxFailedIndexes !== undefined && backoffLimitPerIndex === undefined) scope.report();
      },
      examples: { bad: [{ completionMode: 'Indexed', completions: 5, maxFailedIndexes: 1 }], good: [perIndex({ maxFailedIndexes: 1 })] },
    },
    {
      id: 'many-completions-need-max-failed-indexes',
      field: 'maxFailedIndexes',
      type: 'Required',
      message: 'must be specified when completions is above 100000',
      when: 'backoffLimitPerIndex',
      finds: (spec, scope) => { if (isHuge(spec) && spec.maxFailedIndexes === undefined) scope.report(); },
      examples: { bad: [perIndex({ completions: 100_001 })], good: [perIndex({ completions: 100_000 })] },
    },
    {
      id: 'many-completions-limit-parallelism',
      field: 'parallelism',
      type: 'Invalid',
      message: 'must be less than or equal to 10000 when completions are above 100000 and used with backoff limit per index',
      when: 'backoffLimitPerIndex',
      finds: (spec, scope) => { if (isHuge(spec) && (spec.parallelism ?? 0) > mostParallel) scope.report(spec.parallelism); },
      examples: {
        bad: [perIndex({ completions: 100_001, maxFailedIndexes: 1, parallelism: 10_001 })],
        good: [perIndex({ completions: 100_001, maxFailedIndexes: 1, parallelism: 10_000 })],
      },
    },
    {
      id: 'many-completions-limit-max-failed-indexes',
      field: 'maxFailedIndexes',
      type: 'Invalid',
      message: 'must be less than or equal to 10000 when completions are above 100000 and used with backoff limit per index',
      when: 'backoffLimitPerIndex',
      finds: (spec, scope) => { if (isHuge(spec) && (spec.maxFailedIndexes ?? 0) > mostParallel) scope.report(spec.maxFailedIndexes); },
      examples: {
        bad: [perIndex({ completions: 100_001, maxFailedIndexes: 10_001 })],
        good: [perIndex({ completions: 100_001, maxFailedIndexes: 10_000 })],
      },
    },
    {
      id: 'backoff-limit-per-index-needs-indexed',
      field: 'backoffLimitPerIndex',
      type: 'Invalid',
      message: 'requires indexed completion mode',
      when: 'backoffLimitPerIndex',
      finds: ({ completionMode, backoffLimitPerIndex }, scope) => {
        if (isNonIndexed(completionMode) && backoffLimitPerIndex !== undefined) scope.report(backoffLimitPerIndex);
      },
      examples: { bad: [{ backoffLimitPerIndex: 1 }], good: [perIndex({})] },
    },
    {
      id: 'max-failed-indexes-needs-indexed',
      field: 'maxFailedIndexes',
      type: 'Invalid',
      message: 'requires indexed completion mode',
      when: 'maxFailedIndexes',
      finds: ({ completionMode, maxFailedIndexes }, scope) => {
        if (isNonIndexed(completionMode) && maxFailedIndexes !== undefined) scope.report(maxFailedIndexes);
      },
      examples: { bad: [{ backoffLimitPerIndex: 1, maxFailedIndexes: 1 }], good: [perIndex({ maxFailedIndexes: 1 })] },
    },
    {
      id: 'success-policy-needs-indexed',
      field: 'successPolicy',
      type: 'Invalid',
      message: 'requires indexed completion mode',
      when: 'successPolicy',
      finds: ({ completionMode, successPolicy }, scope) => {
        if (successPolicy !== undefined && completionMode !== 'Indexed') scope.report(successPolicy);
      },
      examples: {
        bad: [{ successPolicy: { rules: [{ succeededCount: 1 }] } }],
        good: [{ completionMode: 'Indexed', completions: 2, successPolicy: { rules: [{ succeededCount: 1 }] } }],
      },
    },
  ],
};

function notNegative(field: NumberField, name: string, needs: object = {}): Rule<Spec> {
  return {
    id: `${name}-not-negative`,
    field,
    type: 'Invalid',
    message: 'must be greater than or equal to 0',
    when: field,
    finds: (spec, scope) => {
      const value = spec[field];
      if (value !== undefined && value < 0) scope.report(value);
    },
    examples: { bad: [{ ...needs, [field]: -1 }], good: [{ ...needs, [field]: 0 }] },
  };
}

function isNonIndexed(completionMode: string | undefined): boolean {
  return completionMode === undefined || completionMode === 'NonIndexed';
}

/** Whether the Job has so many indexes with limits of their own that the controller must be spared. */
function isHuge({ completionMode, completions = 0, backoffLimitPerIndex }: Spec): boolean {
  return completionMode === 'Indexed' && completions > mostIndexes && backoffLimitPerIndex !== undefined;
}

function perIndex(more: object): object {
  return { completionMode: 'Indexed', completions: 5, backoffLimitPerIndex: 1, ...more };
}

function withRestartPolicy(restartPolicy: string | undefined): object {
  return { template: { spec: { restartPolicy, containers: [{ name: 'main', image: 'busybox' }] } } };
}
