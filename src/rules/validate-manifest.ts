import { type Admission, admit } from './admit';
import { checkCronJob, checkJob } from './check-job';
import { asDelivered, withOrigins } from './gitops/as-delivered';
import { checkGitOps, type WrittenObject } from './gitops/check-gitops';
import { adviceRules } from './hints/advice';
import { checkHints } from './hints/check-hints';
import { linesOfOrigin } from './hints/exported';
import { checkQueue } from './hints/queue';
import { validateJobSet } from './job-set/validate-job-set';
import { findUnknownOwnNames } from './own-annotations';
import { prepareCronJobToCheck, prepareJobToCheck } from './prepare';
import { mergeRepeats } from './rule/merge-repeats';
import { Scope } from './rule/rule';
import { type DeliveredOptions, gitOpsToolOf, serverOf, type ValidateOptions } from './rule/versions';
import { findSilenceFaults, idsSilencedIn, metadataPlaces } from './silence';
import { checkTellOptions, toldOf } from './tell';
import { dropOnCreate } from '../api/create-strategy';
import { type GitOpsTool } from '../api/gitops';
import { tryReadJobSet } from '../api/job-set';
import { FieldPath } from '../core/field-path';
import { type Finding } from '../core/finding';
import { given } from '../core/given';

/**
 * What the API server would say of creating this Job or CronJob: its errors, its warnings, and our advice.
 *
 * `manifest` is one object as parsed from YAML or JSON; it is not changed. Any value may be passed: one that is not a Job or CronJob gives
 * one finding. A value of the wrong type (`Decode`) ends the check, as on the server; an unknown field (`Unknown`) is reported and dropped.
 *
 * @throws UsageError for a version of Kubernetes, or a tool, that is not known
 */
export function validateManifest(manifest: unknown, options: ValidateOptions = {}): Finding[] {
  return validateDelivered(manifest, options);
}

/** As `validateManifest`, by those who see more than one manifest. @internal */
export function validateDelivered(manifest: unknown, options: DeliveredOptions): Finding[] {
  checkTellOptions(options);
  return toldOf(manifest, findAll(manifest, options), options);
}

/** All that is found in an object, whatever of it is held back or silenced. @internal */
export function findAll(manifest: unknown, options: DeliveredOptions = {}): Finding[] {
  const server = serverOf(options);
  const jobSet = tryReadJobSet(manifest);
  const { kubernetesVersion, featureGates } = options;
  if (jobSet !== undefined) {
    const findings = validateJobSet(jobSet, server, (job) => findAll(job, given({ kubernetesVersion, featureGates })));
    const own = { metadata: jobSet.metadata };
    return [...findings, ...findUnknownOwnNames(own, [['metadata']]), ...findSilenceFaults(idsSilencedIn(own))];
  }
  const { scope, object } = admit(delivered(manifest, options), server);
  if (object === undefined) return explained(mergeRepeats(scope.findings, server.minor), options);
  // The API server fills in what the checks look at; these look at what was written.
  const origin = scope.kind === 'Job' ? linesOfOrigin(object) : undefined;
  const written = asWritten(object, gitOpsToolOf(options));
  prepare(object, scope);
  check(object, scope);
  checkHints(object, scope);
  if (origin !== undefined) scope.check(adviceRules.exported, origin, FieldPath.root);
  if (written !== undefined) checkGitOps(written, scope, options.delivery);
  const ours = [...findUnknownOwnNames(manifest, metadataPlaces), ...findSilenceFaults(idsSilencedIn(manifest))];
  return [...explained(mergeRepeats(scope.findings, server.minor), options), ...ours];
}

/**
 * What the newest API server would refuse in this Job or CronJob: the errors of `validateManifest`, without warnings and advice.
 *
 * @internal
 */
export function findErrors(manifest: unknown, options: DeliveredOptions = {}): Finding[] {
  const server = serverOf(options);
  const jobSet = tryReadJobSet(manifest);
  if (jobSet !== undefined) {
    const { kubernetesVersion, featureGates } = options;
    const findings = validateJobSet(jobSet, server, (job) => findErrors(job, given({ kubernetesVersion, featureGates })));
    return findings.filter(({ severity }) => severity === 'error');
  }
  const { scope, object } = admit(delivered(manifest, options), server);
  if (object !== undefined) {
    const written = asWritten(object, gitOpsToolOf(options));
    prepare(object, scope);
    check(object, scope);
    if (written !== undefined) checkGitOps(written, scope, options.delivery);
  }
  return explained(mergeRepeats(scope.findings.filter(({ severity }) => severity === 'error'), server.minor), options);
}

/**
 * What Kueue's webhook would refuse in this Job or CronJob, as errors; `validateManifest` warns of it: not every cluster has Kueue.
 *
 * @internal
 */
export function findQueueFaults(manifest: unknown): Finding[] {
  const { scope: { kind, server }, object } = admit(manifest, serverOf());
  if (object === undefined) return [];
  const scope = new Scope(server, kind);
  prepare(object, scope);
  checkQueue(object, scope);
  return scope.findings.map((finding) => ({ ...finding, severity: 'error' }));
}

/** The manifest with what its tool adds to it, where a delivery is known: all others do without that file. */
function delivered(manifest: unknown, options: DeliveredOptions): unknown {
  return options.delivery === undefined ? manifest : asDelivered(manifest, options);
}

function explained(findings: Finding[], options: DeliveredOptions): Finding[] {
  return options.delivery === undefined ? findings : withOrigins(findings, options);
}

type Admitted = NonNullable<Admission['object']>;

/** The object before the API server filled anything in, for the tool that applies it from Git; undefined without one. */
function asWritten(object: Admitted, tool: GitOpsTool | undefined): WrittenObject | undefined {
  return tool === undefined ? undefined : { tool, object: structuredClone(object) };
}

/** Turns a decoded object into what the API server would validate on create; changes it. */
function prepare(object: Admitted, scope: Scope): void {
  const { kind, server } = scope;
  if (kind === 'CronJob') return prepareCronJobToCheck(object, server);
  const { manualSelector, selector, template } = object.spec ?? {};
  scope.hasOwnSelector = manualSelector === true || selector !== undefined || template?.metadata?.labels !== undefined;
  dropOnCreate(object.spec, server);
  prepareJobToCheck(object, server);
}

/** Checks a prepared object with every rule that applies on create. */
function check(object: Admitted, scope: Scope): void {
  if (scope.kind === 'Job') checkJob(object, scope);
  else checkCronJob(object, scope);
}
