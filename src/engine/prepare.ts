import { isEqual } from './equal';
import { isNamespace, prepareNewNamespace } from './namespace-strategy';
import type { StoredObject, ValidMetadata, Writable } from './objects';
import { isService, prepareNewService, withServiceDefaults } from './service-strategy';
import type { ApiServer } from '../api/api-server';
import { dropDisabled, dropOnCreate, prepareCronJob, prepareJob, preparePod } from '../api/create-strategy';
import type { Decoded } from '../api/decoded';
import { setCronJobDefaults, setJobDefaults } from '../api/defaults';
import { isCronJob, isJob, isPod } from '../api/kinds';
import type { CronJob, Job } from '../api/kubernetes';
import type { Pod } from '../api/pod-manifest';
import { given } from '../core/given';
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
export function prepareNew(made: StoredObject, server: ApiServer): StoredObject {
  if (isJob(made)) return prepareNewJob(made, server);
  if (isCronJob(made)) return prepareNewCronJob(made, server);
  if (isNamespace(made)) return prepareNewNamespace(made);
  if (isService(made)) return prepareNewService(made);
  return isPod(made) ? prepareNewPod(made) : made;
}

/**
 * The new form of an object as it is stored: what clients cannot change stays, the generation counts changes of the spec. Changes `sent`.
 *
 * @source staging/src/k8s.io/apiserver/pkg/registry/rest/update.go BeforeUpdate (v1.37)
 */
export function prepareUpdate(before: StoredObject, sent: ClientObject, server: ApiServer): StoredObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp, generation } = before.metadata;
  const { deletionTimestamp, deletionGracePeriodSeconds } = before.metadata;
  const merged: StoredObject = {
    ...before,
    ...sent,
    metadata: {
      ...sent.metadata,
      name,
      namespace,
      uid,
      resourceVersion,
      creationTimestamp,
      ...given({ generation, deletionTimestamp, deletionGracePeriodSeconds }),
    },
    // What holds a namespace is not for clients to say.
    ...(isNamespace(before) ? { spec: before.spec } : {}),
    status: before.status,
  };
  if (isJob(merged)) {
    const job = merged as Decoded<Job>;
    setJobDefaults(job);
    dropDisabled(job.spec, server);
  }
  if (isCronJob(merged)) {
    const cronJob = merged as Decoded<CronJob>;
    setCronJobDefaults(cronJob, server.minor);
    dropDisabled(cronJob.spec?.jobTemplate?.spec, server);
  }
  if (isService(merged)) return withServiceDefaults(merged);
  if (generation === undefined || isEqual(merged.spec, before.spec)) return merged;
  return { ...merged, metadata: { ...merged.metadata, generation: generation + 1 } };
}

function prepareNewJob(made: StoredObject, server: ApiServer): StoredObject {
  const job = made as Decoded<Job>;
  dropOnCreate(job.spec, server);
  prepareJob(job, made.metadata, server);
  // What is read back from storage gets defaults again: only then has a Job without any labels those that were generated.
  setJobDefaults(job);
  return withStatus(made, {});
}

function prepareNewCronJob(made: StoredObject, server: ApiServer): StoredObject {
  prepareCronJob(made as Decoded<CronJob>, server);
  return withStatus(made, {});
}

function prepareNewPod(made: StoredObject): StoredObject {
  const pod = made as Decoded<Pod>;
  preparePod(pod);
  const isGated = (pod.spec?.schedulingGates ?? []).length > 0;
  return withStatus(made, isGated ? { ...pending, conditions: [gated] } : pending);
}

function withStatus(made: Writable<StoredObject>, status: unknown): StoredObject {
  made.status = status;
  return made;
}

/** The status of a new pod. */
const pending = { phase: 'Pending', qosClass: 'BestEffort' };

/** The condition of a pod that scheduling gates keep from a node. */
const gated = {
  type: 'PodScheduled', status: 'False', reason: 'SchedulingGated', message: 'Scheduling is blocked due to non-empty scheduling gates',
};
