import { type Admission, admit } from './admit';
import { checkCronJob, checkJob } from './check-job';
import { checkHints } from './hints/check-hints';
import { prepareCronJobToCheck, prepareJobToCheck } from './prepare';
import { mergeRepeats } from './rule/merge-repeats';
import { minorVersion, type ValidateOptions } from './rule/versions';
import { dropOnCreate } from '../api/create-strategy';
import { type Finding } from '../core/finding';

/** See `on-demand.ts`, through which users call it. */
export function validateManifest(manifest: unknown, options: ValidateOptions = {}): Finding[] {
  const minor = minorVersion(options);
  const { scope, object } = validate(manifest, minor);
  if (object !== undefined) checkHints(object, scope);
  return mergeRepeats(scope.findings, minor);
}

/** See `on-demand.ts`. */
export function findErrors(manifest: unknown): Finding[] {
  const minor = minorVersion({});
  return mergeRepeats(validate(manifest, minor).scope.findings, minor);
}

/** Decodes a manifest, prepares it and checks it with every rule that applies on create. */
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
