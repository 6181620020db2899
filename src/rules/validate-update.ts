import { admit } from './admit';
import { checkCronJobSpec, checkDelegation, checkFinalizers, checkMetadata, checkNames, checkWholeJobSpec } from './check-job';
import { decodeRules } from './decode/decode-rules';
import { checkHints } from './hints/check-hints';
import { schedulingUpdateRules } from './job/scheduling-update';
import { selectorRules, podNameRules } from './job/selector';
import { updateRules, type Updatable } from './job/update';
import { prepareCronJobToCheck, prepareJobToCheck } from './prepare';
import { mergeRepeats } from './rule/merge-repeats';
import { type Scope } from './rule/rule';
import { serverOf, type ValidateOptions } from './rule/versions';
import { checkTellOptions, toldOf } from './tell';
import { dropDisabled } from '../api/create-strategy';
import { type Decoded } from '../api/decoded';
import { setCronJobDefaults, setJobDefaults } from '../api/defaults';
import { kinds } from '../api/kinds';
import { type Job, type PodSpec } from '../api/kubernetes';
import { controllerUidLabel, isGeneratedLabel } from '../api/labels';
import { FieldPath } from '../core/field-path';
import { type Finding } from '../core/finding';

const root = FieldPath.root;
const metadataPath = root.child('metadata');
const schedulingPath = root.child('spec', 'scheduling');
const templateSchedulingPath = root.child(...kinds.CronJob.jobSpec, 'scheduling');

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
  checkTellOptions(options);
  return toldOf(newManifest, updateObject(oldManifest, newManifest, options).findings, options);
}

/** An update of one Job by another as the API server sees it. @internal */
interface MergedJobs {
  /** The old one, with defaults. */
  readonly before: Updatable;
  /** The new one, with defaults and with what was generated for the old one. */
  readonly after: Updatable;
  readonly findings: readonly Finding[];
}

/** Both sides of an update, as the API server compares them; undefined where one of them cannot be read or is not a Job. @internal */
export function mergeJobs(oldManifest: unknown, newManifest: unknown, options: ValidateOptions = {}): MergedJobs | undefined {
  const { before, after, findings, kind } = updateObject(oldManifest, newManifest, options);
  return before === undefined || after === undefined || kind !== 'Job' ? undefined : { before, after, findings };
}

interface Update {
  readonly kind: Scope['kind'];
  readonly before?: Updatable;
  readonly after?: Updatable;
  readonly findings: Finding[];
}

/** @source pkg/registry/batch/job/strategy.go and pkg/registry/batch/cronjob/strategy.go ValidateUpdate (v1.37) */
function updateObject(oldManifest: unknown, newManifest: unknown, options: ValidateOptions): Update {
  const server = serverOf(options);
  const { scope: { kind: oldKind, findings: oldFindings }, object: before } = admit(oldManifest, server);
  const { scope, object: after } = admit(newManifest, server);
  const { kind } = scope;
  if (before === undefined) return { kind, findings: oldFindings };
  if (after === undefined) return { kind, findings: scope.findings };
  if (oldKind !== kind) {
    scope.check(decodeRules.kind, { value: kind, field: 'kind', problem: `expected a ${oldKind}, as before` }, root);
    return { kind, findings: scope.findings };
  }
  if (kind === 'Job') updateJob(before, after, scope);
  else updateCronJob(before, after, scope);
  checkHints(after, scope);
  return { kind, before, after, findings: mergeRepeats(scope.findings, server.minor) };
}

function updateJob(before: Updatable, after: Updatable, scope: Scope): void {
  const { minor, server } = scope;
  const live = isLive(before);
  if (live) setJobDefaults(before);
  else prepareJobToCheck(before, server);
  setJobDefaults(after);
  carryOver(before, after);
  dropDisabled(after.spec, server);
  const pod = before.spec?.template?.spec ?? {};
  const { uid, annotations } = before.metadata ?? {};
  scope.old = { job: before.spec ?? {}, pod, uid: live ? uid : undefined, annotations, ...historyOf(pod) };
  const isRepeating = minor < 37;
  if (isRepeating) checkNames(after.metadata ?? {}, scope);
  checkCommonMetadata(before, after, scope, 4);
  for (let run = 0; run < (isRepeating ? 2 : 1); run += 1) checkWholeJobSpec(after, scope);
  if (isRepeating) scope.check(selectorRules.generated, after, root);
  scope.check(updateRules.job, { before, after }, root);
  checkDelegation(after, scope, root);
  scope.check(schedulingUpdateRules.change, { before: before.spec ?? {}, after: after.spec ?? {} }, schedulingPath);
  scope.check(podNameRules.indexed, after, root);
}

function updateCronJob(before: Updatable, after: Updatable, scope: Scope): void {
  const { minor, server } = scope;
  prepareCronJobToCheck(before, server);
  setCronJobDefaults(after, minor);
  const job = before.spec?.jobTemplate?.spec ?? {};
  const pod = job.template?.spec ?? {};
  dropDisabled(after.spec?.jobTemplate?.spec, server);
  scope.old = { job, pod, cron: before.spec ?? {}, annotations: before.spec?.jobTemplate?.metadata?.annotations, ...historyOf(pod) };
  checkCommonMetadata(before, after, scope, 3);
  checkCronJobSpec(after, scope);
  scope.check(schedulingUpdateRules.change, { before: job, after: after.spec?.jobTemplate?.spec ?? {} }, templateSchedulingPath);
}

/** Checks the metadata. Up to 1.36 each stage of an update did so again, and every finding was listed. */
function checkCommonMetadata(before: Updatable, after: Updatable, scope: Scope, oldRuns: number): void {
  const metadata = after.metadata ?? {};
  const isRepeating = scope.minor < 37;
  scope.check(updateRules.pathSegment, metadata, metadataPath);
  for (let run = 0; run < (isRepeating ? oldRuns : 1); run += 1) checkMetadata(metadata, scope);
  for (let run = 0; run < (isRepeating ? oldRuns - 2 : 1); run += 1) checkFinalizers(metadata, scope);
  for (let run = 0; run < (isRepeating ? 2 : 1); run += 1) {
    scope.check(updateRules.metadata, { before: before.metadata ?? {}, after: metadata }, metadataPath);
  }
}

/** Whether the old Job comes from a cluster, with the selector that was generated there for its uid. */
function isLive({ metadata, spec }: Updatable): boolean {
  return metadata?.uid !== undefined && spec?.selector?.matchLabels?.[controllerUidLabel] === metadata.uid;
}

/** Carries over what the API server generated for the old Job, as a client sends it back. */
function carryOver({ spec: old = {} }: Decoded<Job>, after: Decoded<Job>): void {
  const spec = after.spec ??= {};
  if (old.manualSelector === true || wasRead(after)) return;
  if (spec.manualSelector !== true && old.selector !== undefined) {
    const { matchLabels = {}, ...selector } = spec.selector ?? {};
    spec.selector = { ...selector, matchLabels: { [controllerUidLabel]: old.selector.matchLabels?.[controllerUidLabel] ?? '', ...matchLabels } };
  }
  const generated = Object.entries(old.template?.metadata?.labels ?? {}).filter(([key]) => isGeneratedLabel(key));
  const metadata = (spec.template ??= {}).metadata ??= {};
  metadata.labels = { ...Object.fromEntries(generated), ...metadata.labels };
}

/** Whether a manifest was read from a cluster, and replaces the object there as a whole: what it lacks was removed on purpose. */
function wasRead({ metadata = {}, status = {} }: Decoded<Job>): boolean {
  const { uid, resourceVersion, generation, creationTimestamp, managedFields } = metadata;
  const made = [uid, resourceVersion, generation, creationTimestamp, managedFields];
  return made.some((field) => field !== undefined) || Object.keys(status).length > 0;
}

/** What was already wrong with an old pod, and may stay so. */
function historyOf(pod: Decoded<PodSpec>): { readonly hasEmptyImageReference: boolean; readonly hasSysAdmin: boolean } {
  const containers = [...pod.initContainers ?? [], ...pod.containers ?? []];
  return {
    hasEmptyImageReference: pod.volumes?.some(({ image }) => image !== undefined && (image.reference ?? '') === '') === true,
    hasSysAdmin: containers.some(({ securityContext }) => securityContext?.capabilities?.add?.includes('CAP_SYS_ADMIN') === true
      && securityContext.allowPrivilegeEscalation !== true),
  };
}
