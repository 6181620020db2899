import { type Admission, admit } from './admit';
import { checkCronJob, checkJob } from './check-job';
import { checkGitOps, type WrittenObject } from './gitops/check-gitops';
import { adviceRules } from './hints/advice';
import { checkHints } from './hints/check-hints';
import { linesOfOrigin } from './hints/exported';
import { checkQueue } from './hints/queue';
import { tryReadJobSet, validateJobSet } from './job-set/validate-job-set';
import { prepareCronJobToCheck, prepareJobToCheck } from './prepare';
import { mergeRepeats } from './rule/merge-repeats';
import { Scope } from './rule/rule';
import { type DeliveredOptions, gitOpsToolOf, serverOf } from './rule/versions';
import { findSilenceFaults, idsSilencedIn } from './silence';
import { checkTellOptions, toldOf } from './tell';
import { type ApiServer } from '../api/api-server';
import { dropOnCreate } from '../api/create-strategy';
import { type GitOpsTool } from '../api/gitops';
import { FieldPath } from '../core/field-path';
import { type Finding } from '../core/finding';
import { given } from '../core/given';

/** See `on-demand.ts`, through which users call it. */
export function validateManifest(manifest: unknown, options: DeliveredOptions = {}): Finding[] {
  checkTellOptions(options);
  return toldOf(manifest, findAll(manifest, options), options);
}

/** All that is found in an object, whatever of it is held back or silenced. */
export function findAll(manifest: unknown, options: DeliveredOptions = {}): Finding[] {
  const server = serverOf(options);
  const jobSet = tryReadJobSet(manifest);
  const { kubernetesVersion, featureGates } = options;
  if (jobSet !== undefined) {
    const findings = validateJobSet(jobSet, server, (job) => findAll(job, given({ kubernetesVersion, featureGates })));
    return [...findings, ...findSilenceFaults(idsSilencedIn({ metadata: jobSet.metadata }))];
  }
  const { scope, object, origin, asWritten } = validate(manifest, server, gitOpsToolOf(options));
  if (object !== undefined) checkHints(object, scope);
  if (origin !== undefined) scope.check(adviceRules.exported, origin, FieldPath.root);
  if (asWritten !== undefined) checkGitOps(asWritten, scope, options.delivery);
  const findings = mergeRepeats(scope.findings, server.minor);
  return object === undefined ? findings : [...findings, ...findSilenceFaults(idsSilencedIn(manifest))];
}

/** See `on-demand.ts`. */
export function findErrors(manifest: unknown, options: DeliveredOptions = {}): Finding[] {
  const server = serverOf(options);
  const { minor } = server;
  const jobSet = tryReadJobSet(manifest);
  const { kubernetesVersion, featureGates } = options;
  const judge = (job: unknown): Finding[] => findErrors(job, given({ kubernetesVersion, featureGates }));
  if (jobSet !== undefined) return validateJobSet(jobSet, server, judge).filter(({ severity }) => severity === 'error');
  const { scope, asWritten } = validate(manifest, server, gitOpsToolOf(options));
  if (asWritten === undefined) return mergeRepeats(scope.findings.filter(({ severity }) => severity === 'error'), minor);
  checkGitOps(asWritten, scope, options.delivery);
  return mergeRepeats(scope.findings.filter(({ severity }) => severity === 'error'), minor);
}

/** See `on-demand.ts`. */
export function findQueueFaults(manifest: unknown): Finding[] {
  const { scope: { kind, server }, object } = validate(manifest, serverOf(), undefined);
  const scope = new Scope(server, kind);
  if (object !== undefined) checkQueue(object, scope);
  return scope.findings.map((finding) => ({ ...finding, severity: 'error' }));
}

interface Validation extends Admission {
  /** The object before the API server filled anything in, for the tool that applies it from Git; missing without one. */
  readonly asWritten?: WrittenObject;
  /** The lines of a Job that were made for an object in a cluster; missing for a CronJob. */
  readonly origin?: readonly string[];
}

/** Decodes a manifest, prepares it and checks it with every rule that applies on create. */
function validate(manifest: unknown, server: ApiServer, tool: GitOpsTool | undefined): Validation {
  const admission = admit(manifest, server);
  const { scope, object } = admission;
  if (object === undefined) return admission;
  const origin = scope.kind === 'Job' ? linesOfOrigin(object) : undefined;
  const seen = { ...admission, ...given({ origin }) };
  const validation = tool === undefined ? seen : { ...seen, asWritten: { tool, object: structuredClone(object) } };
  if (scope.kind === 'Job') {
    dropOnCreate(object.spec, server);
    prepareJobToCheck(object, server);
    checkJob(object, scope);
  } else {
    prepareCronJobToCheck(object, server);
    checkCronJob(object, scope);
  }
  return validation;
}
