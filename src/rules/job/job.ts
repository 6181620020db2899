import { type Decoded } from '../../api/decoded';
import { type JobSpec } from '../../api/kubernetes';
import { checkDomainPrefixedPath } from '../../api/names';
import { forbidden, inRange, notNegative, oneOf, quoted, required, withinBytes } from '../rule/makers/makers';
import { type RuleGroup } from '../rule/rule';
import { inJob } from '../rule/wrap';

type Spec = Decoded<JobSpec>;

const restartPolicies = ['OnFailure', 'Never'];
const mostIndexes = 100_000;
const mostParallel = 10_000;

/** The spec of a Job, and of a CronJob's template. */
const specGroup: RuleGroup<Spec> = {
  at: 'spec',
  source: 'pkg/apis/batch/validation/validation.go validateJobSpec (v1.37)',
  wrap: inJob,
  rules: [
    notNegative({ id: 'parallelism-not-negative', field: 'parallelism' }),
    notNegative({ id: 'completions-not-negative', field: 'completions' }),
    notNegative({ id: 'active-deadline-not-negative', field: 'activeDeadlineSeconds' }),
    notNegative({ id: 'backoff-limit-not-negative', field: 'backoffLimit' }),
    notNegative({ id: 'ttl-not-negative', field: 'ttlSecondsAfterFinished' }),
    notNegative({ id: 'backoff-limit-per-index-not-negative', field: 'backoffLimitPerIndex', beside: { completionMode: 'Indexed', completions: 2 } }),
    notNegative({ id: 'max-failed-indexes-not-negative', field: 'maxFailedIndexes', beside: { completionMode: 'Indexed', completions: 2, backoffLimitPerIndex: 1 } }),
    required({
      id: 'managed-by-not-empty',
      field: 'managedBy',
      checks: 'given',
      examples: { bad: [{ managedBy: '' }], good: [{ managedBy: 'acme.io/foo' }] },
    }),
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
    withinBytes({
      id: 'managed-by-within-63-bytes',
      field: 'managedBy',
      most: 63,
      examples: { bad: [{ managedBy: `acme.io/${'x'.repeat(56)}` }], good: [{ managedBy: `acme.io/${'x'.repeat(55)}` }] },
    }),
    oneOf({
      id: 'completion-mode-known',
      field: 'completionMode',
      values: ['NonIndexed', 'Indexed'],
      examples: { bad: [{ completionMode: 'indexed' }, { completionMode: '' }], good: [{ completionMode: 'NonIndexed' }] },
    }),
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
      message: `valid values: ${quoted(restartPolicies)}`,
      finds: ({ template }, scope) => {
        const restartPolicy = template?.spec?.restartPolicy;
        if (restartPolicy === 'Always' || restartPolicy === undefined || restartPolicy === '') scope.report();
      },
      examples: { bad: [withRestartPolicy('Always'), withRestartPolicy(undefined)], good: [withRestartPolicy('OnFailure')] },
    },
    oneOf({
      id: 'restart-policy-fits-a-job',
      field: 'template.spec.restartPolicy',
      checks: 'filled',
      values: restartPolicies,
      where: ({ template }) => template?.spec?.restartPolicy !== 'Always',
      examples: { bad: [withRestartPolicy('never')], good: [withRestartPolicy('Never')] },
    }),
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

/** The fields that depend on the completion mode. */
const completionModeGroup: RuleGroup<Spec> = {
  at: 'spec',
  source: 'pkg/apis/batch/validation/validation.go validateJobSpec (v1.37)',
  wrap: inJob,
  rules: [
    required({
      id: 'indexed-needs-completions',
      field: 'completions',
      message: 'when completion mode is Indexed',
      takesEmpty: true,
      where: ({ completionMode }) => completionMode === 'Indexed',
      examples: {
        bad: [{ completionMode: 'Indexed', parallelism: 2 }, { completionMode: 'Indexed', parallelism: 2, successPolicy: { rules: [{ succeededCount: 1 }] } }],
        good: [{ completionMode: 'Indexed', completions: 2 }],
      },
    }),
    inRange({
      id: 'indexed-parallelism-within-limit',
      field: 'parallelism',
      message: 'must be less than or equal to 100000 when completion mode is Indexed',
      max: mostIndexes,
      where: ({ completionMode }) => completionMode === 'Indexed',
      examples: {
        bad: [{ completionMode: 'Indexed', completions: 5, parallelism: 100_001 }],
        good: [{ completionMode: 'Indexed', completions: 5, parallelism: 100_000 }, { parallelism: 100_001 }],
      },
    }),
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
    inRange({
      id: 'max-failed-indexes-within-limit',
      field: 'maxFailedIndexes',
      max: mostIndexes,
      where: ({ completionMode }) => completionMode === 'Indexed',
      examples: { bad: [perIndex({ completions: 200_000, maxFailedIndexes: 100_001 })], good: [perIndex({ maxFailedIndexes: 1 })] },
    }),
    required({
      id: 'max-failed-indexes-needs-backoff-limit-per-index',
      field: 'backoffLimitPerIndex',
      message: 'when maxFailedIndexes is specified',
      reworded: { since: 38, message: 'must be set when maxFailedIndexes is set' },
      when: 'maxFailedIndexes',
      takesEmpty: true,
      where: ({ maxFailedIndexes }) => maxFailedIndexes !== undefined,
      examples: { bad: [{ completionMode: 'Indexed', completions: 5, maxFailedIndexes: 1 }], good: [perIndex({ maxFailedIndexes: 1 })] },
    }),
    required({
      id: 'many-completions-need-max-failed-indexes',
      field: 'maxFailedIndexes',
      message: 'must be specified when completions is above 100000',
      when: 'backoffLimitPerIndex',
      takesEmpty: true,
      where: isHuge,
      examples: { bad: [perIndex({ completions: 100_001 })], good: [perIndex({ completions: 100_000 })] },
    }),
    inRange({
      id: 'many-completions-limit-parallelism',
      field: 'parallelism',
      message: 'must be less than or equal to 10000 when completions are above 100000 and used with backoff limit per index',
      when: 'backoffLimitPerIndex',
      max: mostParallel,
      where: isHuge,
      examples: {
        bad: [perIndex({ completions: 100_001, maxFailedIndexes: 1, parallelism: 10_001 })],
        good: [perIndex({ completions: 100_001, maxFailedIndexes: 1, parallelism: 10_000 })],
      },
    }),
    inRange({
      id: 'many-completions-limit-max-failed-indexes',
      field: 'maxFailedIndexes',
      message: 'must be less than or equal to 10000 when completions are above 100000 and used with backoff limit per index',
      when: 'backoffLimitPerIndex',
      max: mostParallel,
      where: isHuge,
      examples: {
        bad: [perIndex({ completions: 100_001, maxFailedIndexes: 10_001 })],
        good: [perIndex({ completions: 100_001, maxFailedIndexes: 10_000 })],
      },
    }),
    forbidden({
      id: 'backoff-limit-per-index-needs-indexed',
      field: 'backoffLimitPerIndex',
      type: 'Invalid',
      message: 'requires indexed completion mode',
      where: isNonIndexed,
      examples: { bad: [{ backoffLimitPerIndex: 1 }], good: [perIndex({})] },
    }),
    forbidden({
      id: 'max-failed-indexes-needs-indexed',
      field: 'maxFailedIndexes',
      type: 'Invalid',
      message: 'requires indexed completion mode',
      where: isNonIndexed,
      examples: { bad: [{ backoffLimitPerIndex: 1, maxFailedIndexes: 1 }], good: [perIndex({ maxFailedIndexes: 1 })] },
    }),
    forbidden({
      id: 'success-policy-needs-indexed',
      field: 'successPolicy',
      type: 'Invalid',
      message: 'requires indexed completion mode',
      where: ({ completionMode }) => completionMode !== 'Indexed',
      examples: {
        bad: [{ successPolicy: { rules: [{ succeededCount: 1 }] } }],
        good: [{ completionMode: 'Indexed', completions: 2, successPolicy: { rules: [{ succeededCount: 1 }] } }],
      },
    }),
  ],
};

/** The groups about the spec of a Job. */
export const jobRules = { spec: specGroup, completionMode: completionModeGroup };

function isNonIndexed({ completionMode }: Spec): boolean {
  return completionMode === undefined || completionMode === 'NonIndexed';
}

/** Whether the Job has so many indexes with limits of their own that stricter bounds protect the controller. */
function isHuge({ completionMode, completions = 0, backoffLimitPerIndex }: Spec): boolean {
  return completionMode === 'Indexed' && completions > mostIndexes && backoffLimitPerIndex !== undefined;
}

function perIndex(more: object): object {
  return { completionMode: 'Indexed', completions: 5, backoffLimitPerIndex: 1, ...more };
}

function withRestartPolicy(restartPolicy: string | undefined): object {
  return { template: { spec: { restartPolicy, containers: [{ name: 'main', image: 'busybox' }] } } };
}
