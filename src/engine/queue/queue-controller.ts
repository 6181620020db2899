import { decide, flavor, withUse } from './quota';
import type { Amounts } from './settings';
import {
  admittedCount, demandOf, isTrue, isWorkload, neededCount, newWorkload, type StoredWorkload, withConditions, type WorkloadCondition,
} from './workload';
import { isJob } from '../../api/kinds';
import { createdWorkloadReason, queueOf } from '../../api/kueue';
import { jobs } from '../../port/resources';
import { finishCondition } from '../conditions';
import type { Controller } from '../controller';
import type { StoredJob } from '../objects';
import { isManagedHere } from '../reconcile-job';
import { recordEvent } from '../recorder';
import type { Store } from '../store';
import { createOwn, currentOf, updateObject } from '../writes';

/** Who writes the Events of Jobs in queues. */
const component = 'batch/job-kueue-controller';

/** A Job in a queue, and what Kueue keeps for it. */
interface Member {
  readonly job: StoredJob;
  readonly queue: string;
  readonly workload: StoredWorkload;
}

/**
 * Kueue, as far as one ClusterQueue for each queue goes, without cohorts, flavors and preemption: Jobs are suspended until their queue has
 * room, those of higher priority first, older ones first among equals. One that does not fit is passed over, as by default
 * (BestEffortFIFO).
 *
 * @source kueue pkg/scheduler, pkg/controller/jobframework/reconciler.go ReconcileGenericJob (kueue v0.17)
 */
export const queueController: Controller = {
  name: 'queue',

  watch({ object }, store, queue) {
    if (store.options.queues.quotas.size === 0) return;
    if (isWorkload(object) || (isJob(object) && queueOf(object) !== undefined)) queue.add('queue', 'all/all/all');
  },

  reconcile(store) {
    const members = store.list<StoredJob>(jobs).flatMap((job) => {
      const queue = queueOf(job);
      return queue === undefined || !isManagedHere(job) ? [] : follow(store, job, queue);
    });
    for (const [queue, quota] of store.options.queues.quotas) admitInTurn(store, members.filter((member) => member.queue === queue), quota);
    for (const member of members) if (!store.options.queues.quotas.has(member.queue)) noteMissingQueue(store, member);
    return true;
  },
};

/** Brings a Job and its Workload in line; nothing for a Job that has ended, or that Kueue takes no notice of. */
function follow(store: Store, job: StoredJob, queue: string): Member[] {
  const workload = store.dependents<StoredWorkload>(job.metadata.uid).find(isWorkload) ?? take(store, job, queue);
  if (workload === undefined) return [];
  const end = finishCondition(job.status.conditions);
  if (end !== undefined) {
    const reason = end.type === 'Complete' ? 'Succeeded' : 'Failed';
    setConditions(store, workload, { type: 'Finished', status: 'True', reason, message: end.message });
    return [];
  }
  if (workload.spec.active === false) {
    return [{ job: stop(store, job, workload, deactivated), queue, workload: evict(store, job, workload) }];
  }
  const isAdmitted = admittedCount(workload) !== undefined;
  if (isAdmitted) return [{ job: resume(store, job), queue, workload }];
  return [{ job: stop(store, job, workload, 'Not admitted by cluster queue'), queue, workload }];
}

const deactivated = 'The workload is deactivated';

/** Takes a new Job into a queue. */
function take(store: Store, job: StoredJob, queue: string): StoredWorkload | undefined {
  if (finishCondition(job.status.conditions) !== undefined || job.metadata.deletionTimestamp !== undefined) return undefined;
  const made = newWorkload(job, queue, store.options.queues.priorities);
  if (made === undefined) return undefined;
  const { object } = createOwn(store, made as Parameters<typeof createOwn>[1]);
  const { name = '', namespace = '' } = object?.metadata ?? {};
  recordEvent(store, component, job, { type: 'Normal', reason: createdWorkloadReason, message: `Created Workload: ${namespace}/${name}` });
  return object as StoredWorkload | undefined;
}

/** Suspends a Job that runs and must not, with the parallelism that it asked for. */
function stop(store: Store, job: StoredJob, { spec }: StoredWorkload, why: string): StoredJob {
  if (job.spec.suspend === true) return job;
  recordEvent(store, component, job, { type: 'Normal', reason: 'Stopped', message: why });
  const asked = spec.podSets[0];
  const parallelism = asked?.minCount === undefined ? job.spec.parallelism : asked.count;
  return write(store, { ...job, spec: { ...job.spec, ...(parallelism === undefined ? {} : { parallelism }), suspend: true } });
}

/** Lets an admitted Job go on that somebody has suspended. */
function resume(store: Store, job: StoredJob): StoredJob {
  return job.spec.suspend === true ? write(store, { ...job, spec: { ...job.spec, suspend: false } }) : job;
}

/** Takes the room of a deactivated Job back once its pods are gone. */
function evict(store: Store, job: StoredJob, workload: StoredWorkload): StoredWorkload {
  const evicted = setConditions(store, workload, { type: 'Evicted', status: 'True', reason: 'Deactivated', message: deactivated });
  if ((job.status.active ?? 0) > 0) return evicted;
  const { admission: _, ...status } = evicted.status;
  return setConditions(store, { ...evicted, status }, ...notAdmitted('Pending', deactivated));
}

/** Admits the Jobs of a queue that fit, in their turn, and says of the others what is short. */
function admitInTurn(store: Store, members: readonly Member[], quota: Amounts): void {
  let used: Amounts = new Map();
  const waiting: Member[] = [];
  for (const member of members) {
    const count = admittedCount(member.workload);
    if (count !== undefined) used = withUse(used, demandOf(member.job).perPod, neededCount(member.job, count));
    else if (member.workload.spec.active !== false && member.job.metadata.deletionTimestamp === undefined) waiting.push(member);
  }
  // The sort keeps the order of creation among equals.
  for (const member of waiting.sort((one, other) => other.workload.spec.priority - one.workload.spec.priority)) {
    const demand = demandOf(member.job);
    const decision = decide(demand, quota, used);
    if ('shortage' in decision) {
      setConditions(store, member.workload, ...notAdmitted('Pending', decision.shortage));
    } else {
      used = withUse(used, demand.perPod, decision.count);
      admit(store, member, decision.count);
    }
  }
}

function admit(store: Store, { job, queue, workload }: Member, count: number): void {
  const { count: asked } = demandOf(job);
  const flavors = Object.fromEntries([...demandOf(job).perPod.keys()].map((resource) => [resource, flavor]));
  const admission = { clusterQueue: queue, podSetAssignments: [{ name: 'main' as const, flavors, count }] };
  const evicted: WorkloadCondition = { type: 'Evicted', status: 'False', reason: 'QuotaReserved', message: `Previously: ${deactivated}` };
  setConditions(store, { ...workload, status: { ...workload.status, admission } },
    { type: 'QuotaReserved', status: 'True', reason: 'QuotaReserved', message: `Quota reserved in ClusterQueue ${queue}` },
    { type: 'Admitted', status: 'True', reason: 'Admitted', message: 'The workload is admitted' },
    ...(isTrue(workload, 'Evicted') ? [evicted] : []));
  const started = count === asked ? { ...job, spec: { ...job.spec, suspend: false } } : withFewerPods(job, count);
  write(store, started);
  recordEvent(store, component, job, { type: 'Normal', reason: 'Started', message: `Admitted by clusterQueue ${queue}` });
}

/** A Job that runs with fewer pods at once than it asked for; that Kueue decides this stands in its managed fields. */
function withFewerPods(job: StoredJob, parallelism: number): StoredJob {
  const managedFields = [{ manager: 'kueue', operation: 'Update', apiVersion: 'batch/v1', fieldsType: 'FieldsV1', fieldsV1: { 'f:spec': { 'f:parallelism': {}, 'f:suspend': {} } } }];
  return { ...job, metadata: { ...job.metadata, managedFields } as StoredJob['metadata'], spec: { ...job.spec, parallelism, suspend: false } };
}

function noteMissingQueue(store: Store, { queue, workload }: Member): void {
  if (workload.spec.active !== false) setConditions(store, workload, ...notAdmitted('Inadmissible', `LocalQueue ${queue} doesn't exist`));
}

function notAdmitted(reason: 'Pending' | 'Inadmissible', message: string): WorkloadCondition[] {
  return [{ type: 'QuotaReserved', status: 'False', reason, message }];
}

/** Writes conditions into a Workload, with what else has changed of it. */
function setConditions(store: Store, workload: StoredWorkload, ...conditions: readonly WorkloadCondition[]): StoredWorkload {
  return store.replace(withConditions(workload, store.now, ...conditions));
}

/** Changes the spec of a Job as a client would, so that it counts as a new generation. */
function write(store: Store, job: StoredJob): StoredJob {
  updateObject(store, job as Parameters<typeof updateObject>[1]);
  return currentOf(store, job) ?? job;
}
