import { type Decoded } from '../../api/decoded';
import { countIndexes } from '../../api/index-set';
import { type SuccessPolicy, type SuccessPolicyRule } from '../../api/kubernetes';
import { notNegative, required, withinBytes, withinItems } from '../rule/makers/makers';
import { type RuleGroup, type Scope } from '../rule/rule';
import { inJob } from '../rule/wrap';

/** The success policy as a whole; checked in Indexed mode only. */
const policyGroup: RuleGroup<Decoded<SuccessPolicy>> = {
  at: 'spec.successPolicy',
  source: 'pkg/apis/batch/validation/validation.go validateSuccessPolicy (v1.37)',
  wrap: inSuccessPolicy,
  rules: [
    required({
      id: 'success-policy-has-rules',
      field: 'rules',
      message: 'at least one rules must be specified when the successPolicy is specified',
      examples: { bad: [{ rules: [] }, {}], good: [{ rules: [{ succeededCount: 1 }] }] },
    }),
    withinItems({
      id: 'success-policy-within-20-rules',
      field: 'rules',
      most: 20,
      examples: { bad: [{ rules: Array.from({ length: 21 }, () => ({ succeededCount: 1 })) }], good: [{ rules: [{ succeededCount: 1 }] }] },
    }),
  ],
};

/** One rule of the success policy. */
const ruleGroup: RuleGroup<Decoded<SuccessPolicyRule>> = {
  at: 'spec.successPolicy.rules[*]',
  source: 'pkg/apis/batch/validation/validation.go validateSuccessPolicyRule (v1.37)',
  wrap: (rule) => inSuccessPolicy({ rules: [rule] }),
  rules: [
    {
      id: 'success-rule-has-a-criterion',
      field: '',
      type: 'Required',
      message: 'at least one of succeededCount or succeededIndexes must be specified',
      finds: ({ succeededCount, succeededIndexes }, scope) => {
        if (succeededCount === undefined && succeededIndexes === undefined) {
          scope.report();
        }
      },
      examples: { bad: [{}], good: [{ succeededIndexes: '0' }] },
    },
    withinBytes({
      id: 'succeeded-indexes-within-limit',
      field: 'succeededIndexes',
      most: 65_536,
      examples: { bad: [{ succeededIndexes: `${'0'.repeat(65_536)}1` }], good: [{ succeededIndexes: '0-1,3' }] },
    }),
    {
      id: 'succeeded-indexes-parse',
      field: 'succeededIndexes',
      type: 'Invalid',
      message: 'error parsing succeededIndexes',
      source: 'pkg/apis/batch/validation/validation.go validateIndexesFormat (v1.37)',
      finds: ({ succeededIndexes }, scope) => {
        const count = countOf(succeededIndexes, scope);
        if (count !== undefined && 'problem' in count) scope.report(succeededIndexes, undefined, `error parsing succeededIndexes: ${count.problem}`);
      },
      examples: {
        bad: [{ succeededIndexes: '5' }, { succeededIndexes: '1-1' }, { succeededIndexes: '2,1' }, { succeededIndexes: 'a' }],
        good: [{ succeededIndexes: '0,2-4' }, { succeededIndexes: '' }],
      },
    },
    notNegative({
      id: 'succeeded-count-not-negative',
      field: 'succeededCount',
      examples: { bad: [{ succeededCount: -1 }], good: [{ succeededCount: 0 }] },
    }),
    {
      id: 'succeeded-count-within-completions',
      field: 'succeededCount',
      type: 'Invalid',
      message: 'must be less than or equal to the number of specified completions',
      finds: ({ succeededCount }, scope) => {
        const { completions } = scope.job;
        if (succeededCount === undefined || completions === undefined || succeededCount <= completions) return;
        scope.report(succeededCount, undefined, `must be less than or equal to ${completions} (the number of specified completions)`);
      },
      examples: { bad: [{ succeededCount: 6 }], good: [{ succeededCount: 5 }] },
    },
    {
      id: 'succeeded-count-within-indexes',
      field: 'succeededCount',
      type: 'Invalid',
      message: 'must be less than or equal to the number of indexes in succeededIndexes',
      finds: ({ succeededCount, succeededIndexes }, scope) => {
        const count = countOf(succeededIndexes, scope);
        const size = count === undefined || 'problem' in count ? 0 : count.size;
        if (count === undefined || succeededCount === undefined || succeededCount <= size) return;
        scope.report(succeededCount, undefined, `must be less than or equal to ${size} (the number of indexes in the specified succeededIndexes field)`);
      },
      examples: {
        bad: [{ succeededIndexes: '0-1', succeededCount: 3 }, { succeededIndexes: '', succeededCount: 1 }],
        good: [{ succeededIndexes: '0-1', succeededCount: 2 }],
      },
    },
  ],
};

/** The groups about the success policy. */
export const successPolicyRules = { policy: policyGroup, rule: ruleGroup };

/** Without completions the API server crashes here; the missing completions are reported elsewhere. */
function countOf(succeededIndexes: string | undefined, scope: Scope): ReturnType<typeof countIndexes> | undefined {
  const { completions } = scope.job;
  return succeededIndexes === undefined || completions === undefined ? undefined : countIndexes(succeededIndexes, completions);
}

function inSuccessPolicy(successPolicy: object): object {
  return inJob({ completionMode: 'Indexed', completions: 5, successPolicy });
}
