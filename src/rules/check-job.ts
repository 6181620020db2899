import { FieldPath } from '../core/field-path';
import { type Decoded } from '../spec/decoded';
import { type CronJob, type Job, type JobSpec, type ObjectMeta } from '../spec/kubernetes';
import { checkPodTemplate } from './check-pod';
import { cronJobNameRules, cronJobRules } from './cron-job';
import { completionModeRules, jobRules } from './job';
import { exitCodesRules, failurePolicyRules, failureRuleRules } from './job-failure-policy';
import { jobSelectorRules } from './job-selector';
import { successPolicyRules, successRuleRules } from './job-success-policy';
import { selectorRules } from './label-selector';
import { metadataRules } from './metadata';
import { oldOwnerRules, ownerRules } from './metadata-owners';
import { type Scope } from './rule';

const root = FieldPath.root;
const metadataPath = root.child('metadata');
const ownersPath = metadataPath.child('ownerReferences');
const specPath = root.child('spec');
const selectorPath = specPath.child('selector');
const templateSpecPath = root.child('spec', 'jobTemplate', 'spec');

/** Checks a prepared Job with every rule that holds on create. */
export function checkJob(job: Decoded<Job>, scope: Scope): void {
  checkMetadata(job.metadata ?? {}, scope);
  checkJobSpec(job.spec ?? {}, scope, specPath);
  checkSelector(job, scope);
}

/** Checks a prepared CronJob with every rule that holds on create. */
export function checkCronJob(cronJob: Decoded<CronJob>, scope: Scope): void {
  checkMetadata(cronJob.metadata ?? {}, scope);
  if (scope.old === undefined) scope.check(cronJobNameRules, cronJob, root);
  scope.check(cronJobRules, cronJob.spec ?? {}, specPath);
  checkJobSpec(cronJob.spec?.jobTemplate?.spec ?? {}, scope, templateSpecPath);
}

/** Checks the metadata of a Job or CronJob. */
export function checkMetadata(metadata: Decoded<ObjectMeta>, scope: Scope): void {
  scope.check(metadataRules, metadata, metadataPath);
  if (metadata.ownerReferences === undefined) return;
  scope.check(oldOwnerRules, metadata, metadataPath);
  metadata.ownerReferences.forEach((owner, position) => scope.check(ownerRules, owner, ownersPath.index(position)));
}

function checkSelector(job: Decoded<Job>, scope: Scope): void {
  scope.check(jobSelectorRules, job, root);
  if (job.spec?.selector !== undefined) scope.check(selectorRules, job.spec.selector, selectorPath);
}

function checkJobSpec(spec: Decoded<JobSpec>, scope: Scope, at: FieldPath): void {
  scope.job = spec;
  scope.pod = spec.template?.spec ?? {};
  scope.check(jobRules, spec, at);
  scope.check(completionModeRules, spec, at);
  if (spec.podFailurePolicy !== undefined) checkFailurePolicy(spec, scope, at.child('podFailurePolicy'));
  if (spec.successPolicy !== undefined && spec.completionMode === 'Indexed') checkSuccessPolicy(spec, scope, at.child('successPolicy'));
  checkPodTemplate(spec.template ?? {}, scope, at.child('template'));
}

function checkFailurePolicy({ podFailurePolicy = {} }: Decoded<JobSpec>, scope: Scope, at: FieldPath): void {
  scope.check(failurePolicyRules, podFailurePolicy, at);
  podFailurePolicy.rules?.forEach((rule, position) => {
    const place = at.child('rules').index(position);
    scope.check(failureRuleRules, rule, place);
    if (rule.onExitCodes !== undefined) scope.check(exitCodesRules, rule.onExitCodes, place.child('onExitCodes'));
  });
}

function checkSuccessPolicy({ successPolicy = {} }: Decoded<JobSpec>, scope: Scope, at: FieldPath): void {
  scope.check(successPolicyRules, successPolicy, at);
  successPolicy.rules?.forEach((rule, position) => scope.check(successRuleRules, rule, at.child('rules').index(position)));
}
