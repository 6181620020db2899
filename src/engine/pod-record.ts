import type { ContainerRecord, PodRecord } from './memory';
import type { Writable } from './objects';
import type { Store } from './store';
import { hasForm } from './usual-forms';
import type { Container, PodSpec } from '../api/kubernetes';

/** The record of a container that nobody has asked to start. */
const newContainer: ContainerRecord = { state: 'idle', runs: 0, restartCount: 0, isReady: false };

/** The record of a pod, or undefined when the kubelet does not know it yet. */
export function recordOf(store: Store, podUid: string): PodRecord | undefined {
  return store.memory.pods.get(podUid);
}

/** Remembers the record of a pod. */
export function saveRecord(store: Store, podUid: string, record: PodRecord): void {
  store.memory.pods.set(podUid, record);
}

/** Forgets a pod. */
export function forgetRecord(store: Store, podUid: string): void {
  store.memory.pods.delete(podUid);
}

/** The record of a container of a pod. */
export function containerOf(record: PodRecord, name: string): ContainerRecord {
  return record.containers[name] ?? newContainer;
}

/** A record with a container changed in part. */
export function withContainer(record: PodRecord, name: string, change: Partial<ContainerRecord>): PodRecord {
  return withContainerRecord(record, name, { ...containerOf(record, name), ...change });
}

const recordForm = ['startedAt', 'containers'];

/** A record with the record of a container. */
export function withContainerRecord(record: PodRecord, name: string, container: ContainerRecord): PodRecord {
  // Field by field, so that the records of all pods with the same containers share a hidden class.
  const containers: Record<string, ContainerRecord> = {};
  for (const other in record.containers) containers[other] = containerOf(record, other);
  containers[name] = container;
  return hasForm(record, recordForm) ? { startedAt: record.startedAt, containers } : { ...record, containers };
}

/** A copy of the record of a container, to be changed, that does not say why the container waits or what signal it got. */
export function copyForRun(known: ContainerRecord, ...dropped: ReadonlyArray<'waiting' | 'signalled'>): Writable<ContainerRecord> {
  const copy: Writable<ContainerRecord> = { ...known };
  for (const name of dropped) if (copy[name] !== undefined) delete copy[name];
  return copy;
}

/** Whether a container has processes, or may have some soon. */
export function isUnderWay({ state }: ContainerRecord): boolean {
  return state === 'starting' || state === 'running';
}

/** Whether an init container is a sidecar: it runs beside the regular ones and ends after them. */
export function isSidecar({ restartPolicy }: Container): boolean {
  return restartPolicy === 'Always';
}

/** The sidecars of a pod in the order of their start. */
export function sidecarsOf({ initContainers }: PodSpec): readonly Container[] {
  return (initContainers ?? []).filter(isSidecar);
}
