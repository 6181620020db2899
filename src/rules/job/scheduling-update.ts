import { isSameValue } from './same-value';
import { type Decoded } from '../../api/decoded';
import { type JobSpec } from '../../api/kubernetes';
import { type Rule, type RuleGroup } from '../rule/rule';
import { inJob } from '../rule/wrap';

const gate = 'WorkloadWithJob';
const gates = [gate, 'GenericWorkload'] as const;
const source = 'pkg/apis/batch/v1/zz_generated.validations.go Validate_JobSchedulingConfiguration (v1.37)';
const setLater = 'field cannot be set once created';
const cleared = 'field cannot be cleared once set';

/** The specs of a Job before and after an update. */
interface Change {
  readonly before: Decoded<JobSpec>;
  readonly after: Decoded<JobSpec>;
}

/** What may no longer change of how the pods of a Job are scheduled together. */
const changeGroup: RuleGroup<Change> = {
  at: 'spec.scheduling',
  source,
  since: 37,
  wrap: ({ before, after }: { readonly before?: object; readonly after?: object }) => ({
    before: inJob({ scheduling: before }),
    after: inJob({ scheduling: after }),
  }),
  rules: [
    {
      id: 'scheduling-stays',
      field: '',
      type: 'Invalid',
      message: setLater,
      gate,
      source: 'pkg/apis/batch/v1/zz_generated.validations.go Validate_JobSpec (v1.37)',
      finds: ({ before, after }, scope) => {
        const [wasSet, isSet] = [before.scheduling !== undefined, after.scheduling !== undefined];
        if (wasSet !== isSet) scope.report(undefined, undefined, isSet ? setLater : cleared);
      },
      examples: { bad: [{ after: {} }, { before: {} }], good: [{ before: {}, after: {} }], gates },
    },
    {
      id: 'scheduling-policy-stays',
      field: 'schedulingPolicy',
      type: 'Invalid',
      message: setLater,
      gate,
      finds: ({ before: { scheduling: old }, after: { scheduling } }, scope) => {
        if (old === undefined || scheduling === undefined) return;
        if ((old.schedulingPolicy === undefined) === (scheduling.schedulingPolicy === undefined)) return;
        scope.report(undefined, undefined, old.schedulingPolicy === undefined ? setLater : cleared);
      },
      examples: {
        bad: [{ before: {}, after: { schedulingPolicy: { basic: {} } } }, { before: { schedulingPolicy: { basic: {} } }, after: {} }],
        good: [{ before: {}, after: {} }],
        gates,
      },
    },
    {
      id: 'scheduling-policy-kind-stays',
      field: 'schedulingPolicy',
      type: 'Invalid',
      message: 'the basic/gang policy variant is immutable after creation; only schedulingPolicy.gang.minCount may be updated',
      gate,
      source: 'pkg/apis/batch/validation/validation.go validateJobSchedulingUpdate (v1.37)',
      finds: ({ before: { scheduling: old }, after: { scheduling } }, scope) => {
        const [policy, oldPolicy] = [scheduling?.schedulingPolicy, old?.schedulingPolicy];
        if (policy === undefined || oldPolicy === undefined) return;
        if ((policy.basic === undefined) !== (oldPolicy.basic === undefined)) scope.report();
      },
      examples: {
        bad: [{ before: { schedulingPolicy: { basic: {} } }, after: { schedulingPolicy: { gang: { minCount: 1 } } } }],
        good: [{ before: { schedulingPolicy: { gang: {} } }, after: { schedulingPolicy: { gang: { minCount: 1 } } } }],
        gates,
      },
    },
    staysAsItIs('scheduling-constraints-immutable', 'schedulingConstraints', { topology: [{ key: 'a' }] }, { topology: [{ key: 'b' }] }),
    staysAsItIs('disruption-mode-immutable', 'disruptionMode', { single: {} }, undefined),
    staysAsItIs('resource-claims-immutable', 'resourceClaims', [{ name: 'a', resourceClaimName: 'c' }], []),
  ],
};

/** The group about updates of how pods are scheduled together. */
export const schedulingUpdateRules = { change: changeGroup };

function staysAsItIs(id: string, field: 'schedulingConstraints' | 'disruptionMode' | 'resourceClaims', before: object, after: object | undefined): Rule<Change> {
  return {
    id,
    field,
    type: 'Invalid',
    message: 'field is immutable',
    gate,
    finds: ({ before: { scheduling: old }, after: { scheduling } }, scope) => {
      if (old !== undefined && scheduling !== undefined && !isSameValue(scheduling[field], old[field], field)) scope.report();
    },
    examples: {
      bad: [{ before: { [field]: before }, after: { [field]: after } }],
      good: [{ before: { [field]: before }, after: { [field]: before } }],
      gates,
    },
  };
}
