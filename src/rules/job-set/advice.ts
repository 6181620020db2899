import { inJobSet, inSecondEntry } from './in-job-set';
import type { Decoded } from '../../api/decoded';
import type { JobSetSpec, ReplicatedJob } from '../../api/job-set';
import type { FieldPath } from '../../core/field-path';
import { type Rule, type RuleGroup, type Scope } from '../rule/rule';
import { minimalPod } from '../rule/wrap';

type Spec = Decoded<JobSetSpec>;

/** What a JobSet is accepted with, although it does not mean what it seems to. */
const adviceGroup: RuleGroup<Spec> = {
  at: 'spec',
  source: 'advice of cdk8s-jobs: the JobSet controller says nothing',
  wrap: inJobSet,
  rules: [
    advice({
      id: 'depends-on-another',
      field: 'replicatedJobs[*].dependsOn[*].name',
      message: 'is its own name: what waits for itself never starts',
      finds: (spec, scope) => eachEntry(spec, scope, ({ name, dependsOn = [] }, at, position) => dependsOn.forEach((other, index) => {
        // The first entry may not wait at all.
        if (position > 0 && other.name === name) scope.report(name, at.child('dependsOn').index(index).child('name'));
      })),
      examples: {
        bad: [inSecondEntry({ dependsOn: [{ name: 'workers', status: 'Complete' }] })],
        good: [inSecondEntry({ dependsOn: [{ name: 'leader', status: 'Complete' }] })],
      },
    }),
    advice({
      id: 'startup-policy-is-deprecated',
      field: 'startupPolicy',
      message: 'is deprecated: write dependsOn in the replicatedJobs that wait, with status Ready',
      finds: ({ startupPolicy }, scope) => { if (startupPolicy?.startupPolicyOrder === 'InOrder') scope.report(startupPolicy.startupPolicyOrder); },
      examples: { bad: [{ startupPolicy: { startupPolicyOrder: 'InOrder' } }], good: [{ startupPolicy: { startupPolicyOrder: 'AnyOrder' } }] },
    }),
    advice({
      id: 'set-suspends-its-jobs',
      field: 'replicatedJobs[*].template.spec.suspend',
      message: 'has no effect: the controller suspends the Jobs as suspend of the JobSet says; write it there',
      finds: (spec, scope) => eachEntry(spec, scope, ({ template }, at) => {
        if (template?.spec?.suspend === true && spec.suspend !== true) scope.report(true, at.child('template', 'spec', 'suspend'));
      }),
      examples: { bad: [inTemplate({ suspend: true })], good: [{ suspend: true, ...inTemplate({ suspend: true }) }] },
    }),
    advice({
      id: 'set-keeps-its-jobs',
      field: 'replicatedJobs[*].template.spec.ttlSecondsAfterFinished',
      message: 'deletes a Job while others of the set may run: the controller then makes it again; write ttlSecondsAfterFinished of the JobSet',
      finds: (spec, scope) => eachEntry(spec, scope, ({ template }, at) => {
        const seconds = template?.spec?.ttlSecondsAfterFinished;
        if (seconds !== undefined && seconds !== null) scope.report(seconds, at.child('template', 'spec', 'ttlSecondsAfterFinished'));
      }),
      examples: { bad: [inTemplate({ ttlSecondsAfterFinished: 60 })], good: [{ ttlSecondsAfterFinished: 60 }] },
    }),
  ],
};

/** The groups of advice about JobSets. */
export const jobSetAdviceRules = { advice: adviceGroup };

function advice(rule: Omit<Rule<Spec>, 'type' | 'severity'>): Rule<Spec> {
  return { ...rule, type: 'Invalid', severity: 'advice' };
}

type Look = (entry: Decoded<ReplicatedJob>, at: FieldPath, position: number) => void;

function eachEntry({ replicatedJobs }: Spec, scope: Scope, look: Look): void {
  replicatedJobs?.forEach((entry, position) => look(entry, scope.at.child('replicatedJobs').index(position), position));
}

function inTemplate(spec: object): object {
  return inSecondEntry({ template: { spec: { ...spec, template: { spec: minimalPod } } } });
}
