import { inJobSet } from './in-job-set';
import type { Decoded } from '../../api/decoded';
import type { JobSetFailureRule, JobSetSpec } from '../../api/job-set';
import { oneOf } from '../rule/makers/makers';
import { type RuleGroup } from '../rule/rule';

/** What the webhook refuses of the rules about failed Jobs; a rule without a name gets one before. */
const rulesGroup: RuleGroup<Decoded<Pick<JobSetSpec, 'failurePolicy'>>> = {
  at: 'spec',
  source: 'sigs.k8s.io/jobset pkg/webhooks/jobset_webhook.go validateFailurePolicy (JobSet v0.11.1)',
  wrap: inJobSet,
  rules: [
    {
      id: 'job-set-failure-rule-name-well-formed',
      field: 'failurePolicy.rules[*].name',
      type: 'Invalid',
      message: "must be 1 to 128 letters, digits, '_', ',' or ':', begin with a letter and end with a letter, a digit or '_'",
      finds: ({ failurePolicy }, scope) => failurePolicy?.rules?.forEach(({ name = '' }, position) => {
        if (name === '' || (name.length <= 128 && /^[A-Za-z](?:[A-Za-z0-9_,:]*[A-Za-z0-9_])?$/.test(name))) return;
        scope.report(name, scope.at.child('failurePolicy', 'rules').index(position).child('name'));
      }),
      examples: { bad: [inRules({ name: 'fail-fast' }), inRules({ name: 'f'.repeat(129) })], good: [inRules({ name: 'failFast' }), inRules({})] },
    },
    {
      id: 'job-set-failure-rule-names-differ',
      field: 'failurePolicy.rules[*].name',
      type: 'Duplicate',
      message: '',
      finds: ({ failurePolicy }, scope) => {
        const names = failurePolicy?.rules?.map(({ name = '' }, position) => (name === '' ? `failurePolicyRule${position}` : name)) ?? [];
        names.forEach((name, position) => {
          if (names.indexOf(name) !== position) scope.report(name, scope.at.child('failurePolicy', 'rules').index(position).child('name'));
        });
      },
      examples: { bad: [inRules({ name: 'all' }, { name: 'all' }), inRules({}, { name: 'failurePolicyRule0' })], good: [inRules({}, {})] },
    },
    oneOf({
      id: 'job-failure-reason-known',
      field: 'failurePolicy.rules[*].onJobFailureReasons[*]',
      checks: 'all',
      values: ['BackoffLimitExceeded', 'DeadlineExceeded', 'FailedIndexes', 'MaxFailedIndexesExceeded', 'PodFailurePolicy'],
      examples: { bad: [inRules({ onJobFailureReasons: ['OOMKilled'] })], good: [inRules({ onJobFailureReasons: ['PodFailurePolicy'] })] },
    }),
  ],
};

/** The groups of the webhook about failure. */
export const jobSetFailureRules = { rules: rulesGroup };

function inRules(...rules: readonly JobSetRuleChanges[]): object {
  return { failurePolicy: { rules: rules.map((rule) => ({ action: 'FailJobSet', ...rule })) } };
}

type JobSetRuleChanges = Partial<JobSetFailureRule>;
