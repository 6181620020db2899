import { adviceRules } from './advice';
import { checkQueue, checkQueueAdvice } from './queue';
import { warningRules } from './warnings';
import { type Decoded } from '../../api/decoded';
import { kinds } from '../../api/kinds';
import { type CronJob, type Job, type JobSpec } from '../../api/kubernetes';
import { FieldPath } from '../../core/field-path';
import { type Scope } from '../rule/rule';

const root = FieldPath.root;
const metadataPath = root.child('metadata');
const jobSpecPaths = { Job: root.child(...kinds.Job.jobSpec), CronJob: root.child(...kinds.CronJob.jobSpec) };

/** Looks for what is accepted but questionable: our advice, and the warnings of the API server, which gives none with a refusal. */
export function checkHints(object: Decoded<Job> & Decoded<CronJob>, scope: Scope): void {
  const spec = scope.kind === 'Job' ? object.spec ?? {} : object.spec?.jobTemplate?.spec ?? {};
  const at = jobSpecPaths[scope.kind];
  if (scope.errors === 0) checkWarnings(object, spec, scope, at);
  checkQueue(object, scope);
  checkQueueAdvice(object, scope);
  scope.check(adviceRules.wholeJob, object, root);
  if (scope.kind === 'CronJob') {
    scope.check(adviceRules.cronJob, object, root);
    scope.check(adviceRules.schedule, object, root);
  }
  scope.check(adviceRules.job, spec, at);
  scope.check(adviceRules.peers, spec, at);
  const pod = spec.template?.spec ?? {};
  const place = at.child('template', 'spec');
  for (const group of [adviceRules.pod, adviceRules.image, adviceRules.command]) scope.check(group, pod, place);
}

function checkWarnings(object: Decoded<Job> & Decoded<CronJob>, { template = {} }: Decoded<JobSpec>, scope: Scope, at: FieldPath): void {
  if (scope.old === undefined) scope.check(warningRules.name, object.metadata ?? {}, metadataPath);
  if (scope.kind === 'Job') scope.check(warningRules.job, object, root);
  else scope.check(warningRules.cronJob, object, root);
  const pod = template.spec ?? {};
  const place = at.child('template', 'spec');
  if (template.metadata?.annotations !== undefined) scope.check(warningRules.template, template, at.child('template'));
  scope.check(warningRules.pod, pod, place);
  pod.volumes?.forEach((volume, position) => scope.check(warningRules.volume, volume, place.child('volumes').index(position)));
  scope.check(warningRules.container, pod, place);
}
