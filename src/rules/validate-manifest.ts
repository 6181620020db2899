import { findKindFaults } from './batch-kind';
import { checkHints } from './check-hints';
import { checkCronJob, checkJob } from './check-job';
import { decodeObject } from './decode';
import { decodeRules, typeName } from './decode-rules';
import { mergeRepeats } from './merge-repeats';
import { dropOnCreate, prepareCronJob, prepareJob } from './prepare';
import { Scope } from './rule';
import { shapeOf } from './shapes';
import { minorVersion, type ValidateOptions } from './versions';
import { FieldPath } from '../core/field-path';
import { type Finding } from '../core/finding';
import { type Decoded } from '../spec/decoded';
import { type CronJob, type Job } from '../spec/kubernetes';

/** A decoded object with its scope; `object` is missing when nothing can be said beyond its findings. */
export interface Admission {
  readonly scope: Scope;
  readonly object: Decoded<Job> & Decoded<CronJob> | undefined;
}

/**
 * What the API server would say of creating this Job or CronJob: its errors, its warnings, and our advice.
 *
 * `manifest` is one object as parsed from YAML or JSON; it is not changed. Any value is taken: what is no Job or
 * CronJob is one finding. A value
 * of the wrong type (`Decode`) ends the check, as it does there; an unknown field (`Unknown`) is reported and left out.
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
    dropOnCreate(object, minor);
    prepareJob(object, minor);
    checkJob(object, scope);
  } else {
    prepareCronJob(object, minor);
    checkCronJob(object, scope);
  }
  return admission;
}

/** Decodes a manifest of any kind. */
export function admit(manifest: unknown, minor: number): Admission {
  try {
    const kind = typeof manifest === 'object' && manifest !== null && 'kind' in manifest ? manifest.kind : undefined;
    const scope = new Scope(minor, kind === 'CronJob' ? 'CronJob' : 'Job');
    if (!isJobOrCronJob(manifest, scope)) return { scope, object: undefined };
    const object = decodeObject(manifest, shapeOf(`v1.${scope.kind}`, minor), scope);
    return { scope, object: scope.findings.some(({ type }) => type === 'Decode') ? undefined : object };
  } catch (error) {
    // Only a getter or a proxy of the manifest itself can throw here.
    const scope = new Scope(minor, 'Job');
    scope.check(decodeRules.kind, { value: undefined, field: '', problem: `cannot be read: ${describe(error)}` }, FieldPath.root);
    return { scope, object: undefined };
  }
}

function isJobOrCronJob(manifest: unknown, scope: Scope): boolean {
  if (typeof manifest !== 'object' || manifest === null || Array.isArray(manifest)) {
    const problem = `expected an object with apiVersion and kind, not ${typeName(manifest)}`;
    scope.check(decodeRules.kind, { value: undefined, field: '', problem }, FieldPath.root);
    return false;
  }
  const { apiVersion, kind } = manifest as { readonly apiVersion?: unknown; readonly kind?: unknown };
  const faults = findKindFaults(apiVersion, kind);
  for (const { value, field, problem } of faults) scope.check(decodeRules.kind, { value, field, problem }, FieldPath.root);
  return faults.length === 0;
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : 'it throws';
}
