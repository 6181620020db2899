import { inJobSet, inSecondEntry, minimalTemplate } from './in-job-set';
import type { Decoded } from '../../api/decoded';
import type { JobSetSpec } from '../../api/job-set';
import { notNegative, oneOf, required, unique, withinItems } from '../rule/makers/makers';
import { type RuleGroup } from '../rule/rule';

const dependency = { name: 'leader', status: 'Complete' };

/** What the definition of JobSets itself refuses, whatever controller runs. */
const schemaGroup: RuleGroup<Decoded<JobSetSpec>> = {
  at: 'spec',
  source: 'sigs.k8s.io/jobset config/components/crd/bases/jobset.x-k8s.io_jobsets.yaml (JobSet v0.11.1)',
  wrap: inJobSet,
  rules: [
    required({
      id: 'replicated-job-has-name',
      field: 'replicatedJobs[*].name',
      takesEmpty: true,
      examples: { bad: [{ replicatedJobs: [{ template: minimalTemplate }] }], good: [{}] },
    }),
    required({
      id: 'replicated-job-has-template',
      field: 'replicatedJobs[*].template',
      takesEmpty: true,
      examples: { bad: [{ replicatedJobs: [{ name: 'workers' }] }], good: [{}] },
    }),
    unique({
      id: 'replicated-job-names-differ',
      field: 'replicatedJobs[*].name',
      examples: { bad: [inSecondEntry({ name: 'leader' })], good: [{}] },
    }),
    withinItems({
      id: 'depends-on-within-5-items',
      field: 'replicatedJobs[*].dependsOn',
      most: 5,
      examples: {
        bad: [inSecondEntry({ dependsOn: Array.from({ length: 6 }, () => dependency) })],
        good: [inSecondEntry({ dependsOn: [dependency] })],
      },
    }),
    required({
      id: 'depends-on-has-name',
      field: 'replicatedJobs[*].dependsOn[*].name',
      takesEmpty: true,
      examples: { bad: [inSecondEntry({ dependsOn: [{ status: 'Ready' }] })], good: [inSecondEntry({ dependsOn: [dependency] })] },
    }),
    required({
      id: 'depends-on-has-status',
      field: 'replicatedJobs[*].dependsOn[*].status',
      takesEmpty: true,
      examples: { bad: [inSecondEntry({ dependsOn: [{ name: 'leader' }] })], good: [inSecondEntry({ dependsOn: [dependency] })] },
    }),
    oneOf({
      id: 'depends-on-status-known',
      field: 'replicatedJobs[*].dependsOn[*].status',
      values: ['Ready', 'Complete'],
      examples: {
        bad: [inSecondEntry({ dependsOn: [{ name: 'leader', status: 'Completed' }] })], good: [inSecondEntry({ dependsOn: [dependency] })],
      },
    }),
    {
      id: 'startup-order-or-dependencies',
      field: '',
      type: 'Invalid',
      message: 'StartupPolicy and DependsOn APIs are mutually exclusive',
      finds: ({ startupPolicy, replicatedJobs = [] }, scope) => {
        if (startupPolicy?.startupPolicyOrder === 'InOrder' && replicatedJobs.some(({ dependsOn }) => dependsOn !== undefined)) scope.report();
      },
      examples: {
        bad: [{ startupPolicy: { startupPolicyOrder: 'InOrder' }, ...inSecondEntry({ dependsOn: [dependency] }) }],
        good: [{ startupPolicy: { startupPolicyOrder: 'AnyOrder' }, ...inSecondEntry({ dependsOn: [dependency] }) }],
      },
    },
    required({
      id: 'startup-policy-has-order',
      field: 'startupPolicy.startupPolicyOrder',
      takesEmpty: true,
      examples: { bad: [{ startupPolicy: {} }], good: [{ startupPolicy: { startupPolicyOrder: 'AnyOrder' } }] },
    }),
    oneOf({
      id: 'startup-order-known',
      field: 'startupPolicy.startupPolicyOrder',
      values: ['AnyOrder', 'InOrder'],
      examples: { bad: [{ startupPolicy: { startupPolicyOrder: 'Ordered' } }], good: [{ startupPolicy: { startupPolicyOrder: 'AnyOrder' } }] },
    }),
    required({
      id: 'job-set-success-has-operator',
      field: 'successPolicy.operator',
      takesEmpty: true,
      examples: { bad: [{ successPolicy: {} }], good: [{ successPolicy: { operator: 'Any' } }] },
    }),
    oneOf({
      id: 'job-set-success-operator-known',
      field: 'successPolicy.operator',
      values: ['All', 'Any'],
      examples: { bad: [{ successPolicy: { operator: 'None' } }], good: [{ successPolicy: { operator: 'All' } }] },
    }),
    oneOf({
      id: 'restart-strategy-known',
      field: 'failurePolicy.restartStrategy',
      values: ['Recreate', 'BlockingRecreate', 'InPlaceRestart'],
      examples: { bad: [{ failurePolicy: { restartStrategy: 'Always' } }], good: [{ failurePolicy: { restartStrategy: 'BlockingRecreate' } }] },
    }),
    required({
      id: 'job-set-failure-rule-has-action',
      field: 'failurePolicy.rules[*].action',
      takesEmpty: true,
      examples: { bad: [{ failurePolicy: { rules: [{ name: 'all' }] } }], good: [{ failurePolicy: { rules: [{ name: 'all', action: 'FailJobSet' }] } }] },
    }),
    oneOf({
      id: 'job-set-failure-action-known',
      field: 'failurePolicy.rules[*].action',
      values: ['FailJobSet', 'RestartJobSet', 'RestartJobSetAndIgnoreMaxRestarts'],
      examples: { bad: [{ failurePolicy: { rules: [{ action: 'FailJob' }] } }], good: [{ failurePolicy: { rules: [{ action: 'RestartJobSet' }] } }] },
    }),
    required({
      id: 'coordinator-has-replicated-job',
      field: 'coordinator.replicatedJob',
      takesEmpty: true,
      examples: { bad: [{ coordinator: { jobIndex: 0 } }], good: [{}] },
    }),
    notNegative({ id: 'job-set-ttl-not-negative', field: 'ttlSecondsAfterFinished' }),
  ],
};

/** The groups of the schema. */
export const jobSetSchemaRules = { schema: schemaGroup };
