import { cronJobRules } from './job/cron-job';
import { failurePolicyRules } from './job/failure-policy';
import { jobRules } from './job/job';
import { labelSelectorRules } from './job/label-selector';
import { finalizerRules, metadataRules } from './job/metadata';
import { ownerRules } from './job/metadata-owners';
import { isSameValue } from './job/same-value';
import { type DelegatingJob, mostClaims, schedulingRules } from './job/scheduling';
import { selectorRules, podNameRules } from './job/selector';
import { successPolicyRules } from './job/success-policy';
import { checkPodTemplate } from './pod/check-pod';
import { type Scope } from './rule/rule';
import { type Decoded } from '../api/decoded';
import { kinds } from '../api/kinds';
import { type CronJob, type Job, type JobSpec, type ObjectMeta } from '../api/kubernetes';
import { FieldPath } from '../core/field-path';

const root = FieldPath.root;
const metadataPath = root.child('metadata');
const ownersPath = metadataPath.child('ownerReferences');
const specPath = root.child('spec');
const selectorPath = specPath.child('selector');
const templatePath = root.child(...kinds.CronJob.jobSpec.slice(0, -1));
const templateSpecPath = root.child(...kinds.CronJob.jobSpec);

/** Checks a prepared Job with every rule that applies on create. */
export function checkJob(job: Decoded<Job>, scope: Scope): void {
  checkNames(job.metadata ?? {}, scope);
  checkMetadata(job.metadata ?? {}, scope);
  checkFinalizers(job.metadata ?? {}, scope);
  checkWholeJobSpec(job, scope);
  if (scope.hasOwnSelector) scope.check(selectorRules.generated, job, root);
  checkDelegation(job, scope, root);
  scope.check(podNameRules.indexed, job, root);
}

/** Checks a prepared CronJob with every rule that applies on create. */
export function checkCronJob(cronJob: Decoded<CronJob>, scope: Scope): void {
  checkNames(cronJob.metadata ?? {}, scope);
  checkMetadata(cronJob.metadata ?? {}, scope);
  checkFinalizers(cronJob.metadata ?? {}, scope);
  scope.check(cronJobRules.name, cronJob, root);
  checkCronJobSpec(cronJob, scope);
}

/** Checks name, generateName and namespace. */
export function checkNames(metadata: Decoded<ObjectMeta>, scope: Scope): void {
  scope.check(metadataRules.names, metadata, metadataPath);
}

/** Checks labels, annotations and owners. */
export function checkMetadata(metadata: Decoded<ObjectMeta>, scope: Scope): void {
  scope.check(metadataRules.common, metadata, metadataPath);
  if (metadata.ownerReferences === undefined) return;
  scope.check(ownerRules.oldOwners, metadata, metadataPath);
  metadata.ownerReferences.forEach((owner, position) => scope.check(ownerRules.owner, owner, ownersPath.index(position)));
}

/** Checks finalizers. */
export function checkFinalizers(metadata: Decoded<ObjectMeta>, scope: Scope): void {
  if (metadata.finalizers === undefined) return;
  scope.check(finalizerRules.finalizers, metadata, metadataPath);
  scope.check(finalizerRules.domains, metadata, metadataPath);
}

/** Checks the spec of a Job with its selector. */
export function checkWholeJobSpec(job: Decoded<Job>, scope: Scope): void {
  checkJobSpec(job.spec ?? {}, scope, specPath);
  if (!scope.hasOwnSelector) return;
  scope.check(selectorRules.job, job, root);
  if (job.spec?.selector !== undefined) scope.check(labelSelectorRules.selector, job.spec.selector, selectorPath);
}

/** Checks the spec of a CronJob with its template. */
export function checkCronJobSpec({ spec = {} }: Decoded<CronJob>, scope: Scope): void {
  scope.check(cronJobRules.spec, spec, specPath);
  checkJobSpec(spec.jobTemplate?.spec ?? {}, scope, templateSpecPath);
  checkDelegation(spec.jobTemplate ?? {}, scope, templatePath);
}

/** Checks the annotations that leave the scheduling of a Job, or of those of a template, to another object. */
export function checkDelegation(job: DelegatingJob, scope: Scope, at: FieldPath): void {
  scope.check(schedulingRules.delegation, job, at.child('metadata', 'annotations'));
  if (job.spec?.scheduling !== undefined) scope.check(schedulingRules.delegated, job, at.child('spec', 'scheduling'));
}

function checkScheduling({ scheduling }: Decoded<JobSpec>, scope: Scope, at: FieldPath): void {
  if (scheduling === undefined) return;
  const { old } = scope;
  // Of what an update may not change, only that is said; what it leaves alone is not looked at.
  if (old !== undefined) {
    const { schedulingPolicy, resourceClaims = [] } = scheduling;
    const before = old.job.scheduling;
    if (before?.schedulingPolicy !== undefined && schedulingPolicy !== undefined && !isSameValue(schedulingPolicy, before.schedulingPolicy, 'schedulingPolicy')) {
      scope.check(schedulingRules.configuration, { schedulingPolicy }, at);
    }
    const isTooMany = before !== undefined && resourceClaims.length > mostClaims && !isSameValue(resourceClaims, before.resourceClaims, 'resourceClaims');
    if (isTooMany) scope.check(schedulingRules.configuration, { resourceClaims }, at);
    return;
  }
  scope.check(schedulingRules.configuration, scheduling, at);
  if ((scheduling.resourceClaims?.length ?? 0) > mostClaims) return;
  scheduling.resourceClaims?.forEach((claim, position) => scope.check(schedulingRules.claim, claim, at.child('resourceClaims').index(position)));
}

function checkJobSpec(spec: Decoded<JobSpec>, scope: Scope, at: FieldPath): void {
  scope.job = spec;
  scope.pod = spec.template?.spec ?? {};
  scope.check(jobRules.spec, spec, at);
  scope.check(jobRules.completionMode, spec, at);
  scope.check(schedulingRules.job, spec, at);
  checkScheduling(spec, scope, at.child('scheduling'));
  if (spec.podFailurePolicy !== undefined) checkFailurePolicy(spec, scope, at.child('podFailurePolicy'));
  if (spec.successPolicy !== undefined && spec.completionMode === 'Indexed') checkSuccessPolicy(spec, scope, at.child('successPolicy'));
  checkPodTemplate(spec.template ?? {}, scope, at.child('template'));
}

function checkFailurePolicy({ podFailurePolicy = {} }: Decoded<JobSpec>, scope: Scope, at: FieldPath): void {
  scope.check(failurePolicyRules.policy, podFailurePolicy, at);
  podFailurePolicy.rules?.forEach((rule, position) => {
    const place = at.child('rules').index(position);
    scope.check(failurePolicyRules.rule, rule, place);
    if (rule.onExitCodes !== undefined) scope.check(failurePolicyRules.exitCodes, rule.onExitCodes, place.child('onExitCodes'));
  });
}

function checkSuccessPolicy({ successPolicy = {} }: Decoded<JobSpec>, scope: Scope, at: FieldPath): void {
  scope.check(successPolicyRules.policy, successPolicy, at);
  successPolicy.rules?.forEach((rule, position) => scope.check(successPolicyRules.rule, rule, at.child('rules').index(position)));
}
