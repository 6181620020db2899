import type { Store } from './store';
import type { Container, PodSpec } from '../api/kubernetes';
import type { ContainerStateTerminated } from '../api/pod-manifest';
import type { Instant } from '../core/time';

/** What the kubelet remembers of one container; times are exact here, the API has whole seconds. */
export interface ContainerRecord {
  /** `idle`: not asked to start yet, or between two runs. `starting`: asked to start, no answer yet. */
  readonly state: 'idle' | 'starting' | 'running' | 'exited';
  /** Runs asked for so far. */
  readonly runs: number;
  readonly restartCount: number;
  readonly isReady: boolean;
  readonly startedAt?: Instant;
  readonly finishedAt?: Instant;
  /** How the run that ended last did so. */
  readonly ended?: ContainerStateTerminated;
  /** How the run before that one ended. */
  readonly endedBefore?: ContainerStateTerminated;
  /** Why it does not start. */
  readonly waiting?: { readonly reason: string; readonly message?: string };
  /** The wait after the next failure, and when that was set. */
  readonly backoff?: { readonly waitMs: number; readonly at: Instant };
  /** The last signal it was sent in this run. */
  readonly signalled?: 'SIGTERM' | 'SIGKILL';
}

/** What the kubelet remembers of one pod. */
export interface PodRecord {
  readonly startedAt: Instant;
  readonly containers: Readonly<Record<string, ContainerRecord>>;
  /** When the grace of a pod that is being ended is over. */
  readonly killAt?: Instant;
  /** The container whose end makes all others start over. */
  readonly restartedBy?: string;
  /** Why the kubelet itself ends the pod. */
  readonly termination?: { readonly reason: string; readonly message: string };
}

/** A container that nobody has asked to start. */
export const newContainer: ContainerRecord = { state: 'idle', runs: 0, restartCount: 0, isReady: false };

/** The record of a pod, or undefined when the kubelet has not taken it over. */
export function recordOf(store: Store, podUid: string): PodRecord | undefined {
  return store.memory.get(`pod ${podUid}`) as PodRecord | undefined;
}

/** Remembers the record of a pod. */
export function saveRecord(store: Store, podUid: string, record: PodRecord): void {
  store.memory.set(`pod ${podUid}`, record);
}

/** Forgets a pod. */
export function forgetRecord(store: Store, podUid: string): void {
  store.memory.delete(`pod ${podUid}`);
}

/** The record of a container of a pod. */
export function containerOf(record: PodRecord, name: string): ContainerRecord {
  return record.containers[name] ?? newContainer;
}

/** A record with some of a container changed. */
export function withContainer(record: PodRecord, name: string, change: Partial<ContainerRecord>): PodRecord {
  return { ...record, containers: { ...record.containers, [name]: { ...containerOf(record, name), ...change } } };
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
