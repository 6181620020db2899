import type { ObjectKey, ReconcileRequest } from './keys';
import type { StoredPod } from './objects';
import { Table } from './table';
import type { ContainerStateTerminated } from '../api/pod-manifest';
import type { Instant } from '../core/time';

/** What controllers and the kubelet remember and no object shows. */
export interface Memory {
  /** The Job controller: the failures of each Job. */
  readonly backoffs: Table<ObjectKey, BackoffRecord>;
  /** Every controller: how often in a row a request has failed. */
  readonly retries: Table<ReconcileRequest, number>;
  /** The kubelet: its pods, by uid. */
  readonly pods: Table<string, PodRecord>;
  /** The kubelet: the status that it wrote last of each of its pods, by uid. */
  readonly reports: Table<string, PodReport>;
  /** The event recorders: what each of them has written about an object, by its uid. */
  readonly recorders: Table<string, readonly RecorderRecord[]>;
}

/** A memory being changed. */
export type MemoryDraft = { readonly [Name in keyof Memory]: ReturnType<Memory[Name]['edit']> };

/** What the Job controller remembers of the failures of a Job. */
export interface BackoffRecord {
  /** Failed pods since the last success. */
  readonly failures: number;
  /** The end of the last failed pod; absent without failures. */
  readonly lastFailure?: Instant;
}

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
  /** How the last run to end did so. */
  readonly ended?: ContainerStateTerminated;
  /** How the run before that one ended. */
  readonly endedBefore?: ContainerStateTerminated;
  /** Why it does not start. */
  readonly waiting?: { readonly reason: string; readonly message?: string };
  /** The wait after the next failure, and when that was set. */
  readonly backoff?: { readonly waitMs: number; readonly at: Instant };
  /** The last signal that it was sent in this run. */
  readonly signalled?: 'SIGTERM' | 'SIGKILL';
}

/** What the kubelet remembers of one pod. */
export interface PodRecord {
  readonly startedAt: Instant;
  readonly containers: Readonly<Record<string, ContainerRecord>>;
  /** When the grace period of a pod that is being ended is over. */
  readonly killAt?: Instant;
  /** The container whose end makes all others start over. */
  readonly restartedBy?: string;
  /** Why the kubelet itself ends the pod. */
  readonly termination?: { readonly reason: string; readonly message: string };
}

/** A status that the kubelet wrote. */
interface PodReport {
  /** The pod with that status. */
  readonly pod: StoredPod;
  /** What the status follows from. */
  readonly record: PodRecord;
}

/** What a recorder remembers of the events of one object. */
export interface RecorderRecord {
  /** Whose events they are, as in `job-controller`. */
  readonly component: string;
  /** How many more events may be written, and when that was counted. */
  readonly tokens: number;
  readonly countedAt: Instant;
  /** The groups of its events: one for each type and reason. */
  readonly groups: readonly EventGroup[];
}

/** What a recorder remembers of events of one type and reason. */
export interface EventGroup {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  /** The last messages, and when the last one came. */
  readonly messages: readonly string[];
  readonly at: Instant;
  /** The events that hold one message each. */
  readonly written: Table<string, WrittenEvent>;
  /** The event that holds several. */
  readonly combined: WrittenEvent | undefined;
}

/** An event that was written, and for how many times that something happened. */
export interface WrittenEvent {
  readonly name: string;
  readonly count: number;
}

/** The memory of a new world. */
export const emptyMemory: Memory = {
  backoffs: Table.empty(),
  retries: Table.empty(),
  pods: Table.empty(),
  reports: Table.empty(),
  recorders: Table.empty(),
};

/** A copy that can be changed. */
export function editMemory({ backoffs, retries, pods, reports, recorders }: Memory): MemoryDraft {
  return {
    backoffs: backoffs.edit(),
    retries: retries.edit(),
    pods: pods.edit(),
    reports: reports.edit(),
    recorders: recorders.edit(),
  };
}

/** The memory as it is now; changes of the draft that come later leave it alone. */
export function freezeMemory({ backoffs, retries, pods, reports, recorders }: MemoryDraft): Memory {
  return {
    backoffs: backoffs.freeze(),
    retries: retries.freeze(),
    pods: pods.freeze(),
    reports: reports.freeze(),
    recorders: recorders.freeze(),
  };
}
