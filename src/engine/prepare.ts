import { isEqual } from './equal';
import type { StoredObject, ValidMetadata } from './objects';
import type { Decoded } from '../api/decoded';
import { setCronJobDefaults, setJobDefaults, setPodDefaults } from '../api/defaults';
import { isCronJob, isJob, isPod } from '../api/kinds';
import type { CronJob, Job, JobSpec } from '../api/kubernetes';
import { controllerUidLabel, generatedLabels } from '../api/labels';
import type { Pod } from '../api/pod-manifest';
import type { KubernetesObject } from '../port/cluster-port';

/** An object as a client sends it, after validation. */
export interface ClientObject extends KubernetesObject {
  readonly metadata?: ValidMetadata;
  readonly spec?: unknown;
  readonly status?: unknown;
}

/**
 * A new object as it is stored: defaults and generated fields are filled in, a status from the client is dropped. Changes `made`.
 *
 * @source pkg/registry/{batch/job,batch/cronjob,core/pod}/strategy.go PrepareForCreate (v1.37)
 */
export function prepareNew(made: StoredObject): StoredObject {
  if (isJob(made)) return prepareJob(made);
  if (isCronJob(made)) return prepareCronJob(made);
  return isPod(made) ? preparePod(made) : made;
}

/**
 * The new form of an object as it is stored: what clients cannot change stays, the generation counts changes of the spec. Changes `given`.
 *
 * @source staging/src/k8s.io/apiserver/pkg/registry/rest/update.go BeforeUpdate (v1.37)
 */
export function prepareUpdate(before: StoredObject, given: ClientObject): StoredObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp, generation = 1 } = before.metadata;
  const { deletionTimestamp, deletionGracePeriodSeconds } = before.metadata;
  const merged: StoredObject = {
    ...before,
    ...given,
    metadata: {
      ...given.metadata,
      name,
      namespace,
      uid,
      resourceVersion,
      creationTimestamp,
      generation,
      ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }),
      ...(deletionGracePeriodSeconds === undefined ? {} : { deletionGracePeriodSeconds }),
    },
    status: before.status,
  };
  if (isJob(merged)) {
    setJobDefaults(merged as Decoded<Job>);
    dropScheduling((merged as Decoded<Job>).spec);
  }
  if (isCronJob(merged)) setCronJobDefaults(merged as Decoded<CronJob>);
  return isEqual(merged.spec, before.spec) ? merged : { ...merged, metadata: { ...merged.metadata, generation: generation + 1 } };
}

function prepareCronJob(made: StoredObject): StoredObject {
  const cronJob = made as Decoded<CronJob>;
  setCronJobDefaults(cronJob);
  dropScheduling(cronJob.spec?.jobTemplate?.spec);
  return { ...made, status: {} };
}

function preparePod(made: StoredObject): StoredObject {
  const pod = made as Decoded<Pod>;
  const spec = pod.spec ??= {};
  setPodDefaults(spec);
  spec.enableServiceLinks ??= true;
  const isGated = (spec.schedulingGates ?? []).length > 0;
  return { ...made, status: { phase: 'Pending', qosClass: 'BestEffort', ...(isGated ? { conditions: [gated] } : {}) } };
}

/** The condition of a pod that scheduling gates keep from a node. */
const gated = {
  type: 'PodScheduled', status: 'False', reason: 'SchedulingGated', message: 'Scheduling is blocked due to non-empty scheduling gates',
};

/**
 * What a new Job gets besides its defaults: the selector and the labels that its pods are found by.
 *
 * @source pkg/registry/batch/job/strategy.go generateSelector (v1.37)
 */
function prepareJob(made: StoredObject): StoredObject {
  const job = made as Decoded<Job>;
  setJobDefaults(job);
  dropScheduling(job.spec);
  const { uid, name } = made.metadata;
  const spec = job.spec ??= {};
  const template = spec.template ??= {};
  if (spec.manualSelector !== true) {
    const metadata = template.metadata ??= {};
    metadata.labels = { ...metadata.labels, ...generatedLabels(name, uid) };
    const selector = spec.selector ??= {};
    selector.matchLabels = { ...selector.matchLabels, [controllerUidLabel]: uid };
  }
  const metadata = job.metadata ??= {};
  const hasLabels = Object.keys(metadata.labels ?? {}).length > 0;
  if (!hasLabels && template.metadata?.labels !== undefined) metadata.labels = { ...template.metadata.labels };
  return { ...made, status: {} };
}

/** Drops a field that is known but ignored while the feature gate WorkloadWithJob is off. */
function dropScheduling(spec: Decoded<JobSpec> | undefined): void {
  if (spec !== undefined) delete spec.scheduling;
}
