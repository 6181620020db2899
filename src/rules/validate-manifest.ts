import { type Admission, admit } from './admit';
import { checkCronJob, checkJob } from './check-job';
import { checkHints } from './hints/check-hints';
import { prepareCronJobToCheck, prepareJobToCheck } from './prepare';
import { mergeRepeats } from './rule/merge-repeats';
import { minorVersion, type ValidateOptions } from './rule/versions';
import { dropOnCreate } from '../api/create-strategy';
import { type Finding } from '../core/finding';

/**
 * What the API server would say of creating this Job or CronJob: its errors, its warnings, and our advice.
 *
 * `manifest` is one object as parsed from YAML or JSON; it is not changed. Any value is taken: what is no Job or CronJob is one finding.
 * A value of the wrong type (`Decode`) ends the check, as it does there; an unknown field (`Unknown`) is reported and left out.
 *
 * @throws UsageError for a version of Kubernetes that is not known
 */
export function validateManifest(manifest: unknown, options: ValidateOptions = {}): Finding[] {
  const minor = minorVersion(options);
  const { scope, object } = validate(manifest, minor);
  if (object !== undefined) checkHints(object, scope);
  return mergeRepeats(scope.findings, minor);
}

/** What the newest API server would refuse in this Job or CronJob: the errors of `validateManifest`, without looking for more. */
export function findErrors(manifest: unknown): Finding[] {
  const minor = minorVersion({});
  return mergeRepeats(validate(manifest, minor).scope.findings, minor);
}

/** Decodes a manifest, prepares it and checks it with every rule that holds on create. */
function validate(manifest: unknown, minor: number): Admission {
  const admission = admit(manifest, minor);
  const { scope, object } = admission;
  if (object === undefined) return admission;
  if (scope.kind === 'Job') {
    dropOnCreate(object.spec, minor);
    prepareJobToCheck(object, minor);
    checkJob(object, scope);
  } else {
    prepareCronJobToCheck(object, minor);
    checkCronJob(object, scope);
  }
  return admission;
}
