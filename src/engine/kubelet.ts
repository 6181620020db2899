import type { Controller } from './controller';
import type { PodRecord } from './memory';
import type { StoredPod } from './objects';
import { endPod } from './pod-end';
import { containerOf, forgetRecord, recordOf, saveRecord } from './pod-record';
import { podRemark } from './pod-remarks';
import { forgetReport, isReported, noteReport } from './pod-reports';
import { isPodAtRest } from './pod-rest';
import { restartPod } from './pod-restart';
import { runContainers } from './pod-run';
import { hasProcesses, podStatus, progressOf } from './pod-status';
import { isTerminal } from './pods';
import { type Store, isOf } from './store';
import { withParts } from './usual-forms';
import { deleteObject, referenceTo } from './writes';
import type { PodSpec } from '../api/kubernetes';
import type { PodCondition } from '../api/pod-manifest';
import { withFields } from '../core/copy-json';
import { given } from '../core/given';
import { rememberedFor } from '../core/remembered';
import { formatTime } from '../core/time';
import { pods } from '../port/resources';

/**
 * The scheduler and the kubelet: puts pods on the node, runs their containers in order, ends them, and reports.
 *
 * Unlike the real ones it has one node with room for everything, and no image pulls, volumes, probes, hooks or evictions for lack of
 * resources. Events can report whatever it does not do itself.
 *
 * @source pkg/kubelet/kubelet.go SyncPod, SyncTerminatingPod, SyncTerminatedPod (v1.37)
 */
export const kubelet: Controller = {
  name: 'kubelet',
  watches: [pods],

  watch(change, store, queue) {
    if (!isOf(change, 'Pod')) return;
    if (change.type === 'DELETED') forgetPod(store, change.object);
    else queue.add('kubelet', change.key);
  },

  reconcile(store, key) {
    const pod = store.get<StoredPod>(key);
    if (pod !== undefined) reconcilePod(store, pod);
    return true;
  },
};

/** Puts a pod on a node. */
export function schedulePod(store: Store, pod: StoredPod, nodeName: string): void {
  const condition = { type: 'PodScheduled', status: 'True', lastProbeTime: null, lastTransitionTime: formatTime(store.now) };
  const others: readonly PodCondition[] = pod.status.conditions?.filter(({ type }) => type !== 'PodScheduled') ?? [];
  const { name, namespace } = pod.metadata;
  podRemark(store, pod, 'default-scheduler', { type: 'Normal', reason: 'Scheduled', message: `Successfully assigned ${namespace}/${name} to ${nodeName}` });
  const status = withFields(pod.status, { conditions: [...others, condition] });
  store.replace(withParts(pod, { spec: specOn(nodeName, pod.spec), status }));
}

/** The spec of a pod on a node; pods that share their specs go on sharing them. */
function specOn(nodeName: string, spec: PodSpec): PodSpec {
  const known = specsByNode(spec);
  const placed = known.get(nodeName) ?? withFields(spec, { nodeName });
  if (!known.has(nodeName)) known.set(nodeName, placed);
  return placed;
}

const specsByNode = rememberedFor((_: PodSpec) => new Map<string, PodSpec>());

function reconcilePod(store: Store, pod: StoredPod): void {
  if (pod.spec.nodeName === undefined) {
    const isWaiting = store.options.scheduling === 'by-event' || (pod.spec.schedulingGates ?? []).length > 0;
    if (!isWaiting && pod.metadata.deletionTimestamp === undefined) schedulePod(store, pod, store.options.nodeName);
    return;
  }
  const { uid } = pod.metadata;
  const known = recordOf(store, uid);
  const before = known ?? { startedAt: store.now, containers: {} };
  if (isPodAtRest(store, pod, before)) return;
  const overdue = withDeadline(store, pod, before);
  const isEnding = isTerminal(pod.status) || pod.metadata.deletionTimestamp !== undefined || overdue.termination !== undefined;
  const isOver = progressOf(pod.spec, overdue).isOver;
  const record = isEnding || isOver ? endPod(store, pod, overdue) : run(store, pod, overdue);
  if (record !== known) saveRecord(store, uid, record);
  report(store, pod, record);
}

function run(store: Store, pod: StoredPod, record: PodRecord): PodRecord {
  return record.restartedBy === undefined ? runContainers(store, pod, record) : restartPod(store, pod, record);
}

/** The record of a pod, with its termination once the pod's own activeDeadlineSeconds have passed. */
function withDeadline(store: Store, pod: StoredPod, record: PodRecord): PodRecord {
  const { spec, status } = pod;
  if (spec.activeDeadlineSeconds === undefined || record.termination !== undefined || isTerminal(status)) return record;
  const endsAt = record.startedAt + spec.activeDeadlineSeconds * 1000;
  if (endsAt > store.now) {
    store.timers.schedule('kubelet', store.keyOf(pod), endsAt);
    return record;
  }
  return { ...record, termination: { reason: 'DeadlineExceeded', message: 'Pod was active on the node longer than the specified deadline' } };
}

/** Writes the status, and removes a deleted pod once none of its containers runs. */
function report(store: Store, pod: StoredPod, record: PodRecord): void {
  const isGoing = pod.metadata.deletionTimestamp !== undefined;
  const isStill = !hasProcesses(record);
  if (!isReported(store, pod, record)) {
    const status = isTerminal(pod.status) ? withContainerStates(pod, record, store) : finalStatus(store, pod, record, isStill);
    noteReport(store, store.replaceStatus(pod, status), record);
  }
  if (isGoing && isStill && (pod.metadata.deletionGracePeriodSeconds ?? 0) > 0) {
    deleteObject(store, { reference: referenceTo(pod), gracePeriodSeconds: 0, uid: pod.metadata.uid });
  }
}

/** A pod never leaves Succeeded or Failed, but its containers may still end. One that its node did not take has none. */
function withContainerStates(pod: StoredPod, record: PodRecord, store: Store): StoredPod['status'] {
  if (Object.keys(record.containers).length === 0) return pod.status;
  const { containerStatuses, initContainerStatuses } = podStatus(pod, record, store.now);
  return {
    ...pod.status,
    ...given({ containerStatuses, initContainerStatuses }),
  };
}

function finalStatus(store: Store, pod: StoredPod, record: PodRecord, isStill: boolean): StoredPod['status'] {
  const status = podStatus(pod, record, store.now);
  if (!isStill) return status;
  if (record.termination !== undefined) return { ...status, phase: 'Failed', ...record.termination };
  if (pod.metadata.deletionTimestamp === undefined || isTerminal(status)) return status;
  const hasSucceeded = pod.spec.containers.every(({ name }) => containerOf(record, name).ended?.exitCode === 0);
  return { ...status, phase: hasSucceeded ? 'Succeeded' : 'Failed' };
}

function forgetPod(store: Store, pod: StoredPod): void {
  const record = recordOf(store, pod.metadata.uid);
  for (const [container, { state }] of Object.entries(record?.containers ?? {})) {
    if (state === 'running' || state === 'starting') {
      store.actions.push({ action: 'signal-container', podUid: pod.metadata.uid, container, signal: 'SIGKILL' });
    }
  }
  forgetRecord(store, pod.metadata.uid);
  forgetReport(store, pod.metadata.uid);
  store.timers.cancel('kubelet', store.keyOf(pod));
}

/** Requests the reconciliation of a pod once everything that came before is done. */
export function requestPod(store: Store, pod: StoredPod): void {
  store.timers.schedule('kubelet', store.keyOf(pod), store.now);
}
