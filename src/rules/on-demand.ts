/** The rules, loaded when the first manifest is judged: they take two thirds of the time in which the whole package loads. */
import type { DeliveredOptions, ValidateOptions } from './rule/versions';
import type { Finding } from '../core/finding';

const manifestRules = (): typeof import('./validate-manifest') => require('./validate-manifest') as typeof import('./validate-manifest');
const tellRules = (): typeof import('./tell') => require('./tell') as typeof import('./tell');
const updateRules = (): typeof import('./validate-update') => require('./validate-update') as typeof import('./validate-update');

/**
 * What the API server would say of creating this Job or CronJob: its errors, its warnings, and our advice.
 *
 * `manifest` is one object as parsed from YAML or JSON; it is not changed. Any value may be passed: one that is not a Job or CronJob gives
 * one finding. A value of the wrong type (`Decode`) ends the check, as on the server; an unknown field (`Unknown`) is reported and dropped.
 *
 * @throws UsageError for a version of Kubernetes, or a tool, that is not known
 */
export function validateManifest(manifest: unknown, options: ValidateOptions = {}): Finding[] {
  return manifestRules().validateManifest(manifest, options);
}

/** What the newest API server would refuse in this Job or CronJob: the errors of `validateManifest`, without warnings and advice. */
export function findErrors(manifest: unknown, options: DeliveredOptions = {}): Finding[] {
  return manifestRules().findErrors(manifest, options);
}

/** @throws UsageError for an id that cannot be silenced: there is no such finding, or it is an error. */
export function checkSilence(ids: readonly string[]): void {
  tellRules().checkSilence(ids);
}

/** What Kueue's webhook would refuse in this Job or CronJob, as errors; `validateManifest` warns of it: not every cluster has Kueue. */
export function findQueueFaults(manifest: unknown): Finding[] {
  return manifestRules().findQueueFaults(manifest);
}

/**
 * What the API server would say of replacing one Job or CronJob with another, as `kubectl apply` does.
 *
 * `oldManifest` is the object as it is in the cluster, or as it was applied; its `status` decides what may still change. What the API
 * server generated for it (selector, labels) is carried over, as a client would do, unless the new manifest was read from the cluster too
 * and has its uid, resourceVersion, status or the like. Neither manifest is changed.
 *
 * @throws UsageError for a version of Kubernetes that is not known
 */
export function validateUpdate(oldManifest: unknown, newManifest: unknown, options: ValidateOptions = {}): Finding[] {
  return updateRules().validateUpdate(oldManifest, newManifest, options);
}
