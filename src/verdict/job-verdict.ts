import type { Diagnosis } from './diagnosis';

/** The outcome of a Job; `NotStarted` when one that it waits for did not complete. */
export type Verdict = 'Complete' | 'Failed' | 'Deleted' | 'Suspended' | 'Running' | 'Refused' | 'NotStarted';

/**
 * What can be said of a Job after what was observed. Success and failure have the same shape.
 */
export interface JobVerdict {
  /** The outcome of the Job; `Running` while nothing has ended it. */
  readonly verdict: Verdict;
  /** The API server's own word: the reason of the deciding condition, or of the Status that refused the Job. */
  readonly reason: string | null;
  /** The cause, as a stable code. */
  readonly diagnosis: Diagnosis;
  /** The cause in one line that names the object: `pod etl-2-vf8zz, container main: ImagePullBackOff: not found`. */
  readonly message: string;
  /** What to do, in one or two sentences. */
  readonly hint: string;
  /** The exit code of the container that decided, null when none did. */
  readonly exitCode: number | null;
  /** `at` of the first observation after which the cause could be said, null while there is none to say. */
  readonly decidedAt: number | null;
  /** Whether nothing that may still be observed changes `verdict`. */
  readonly settled: boolean;
  /** `at` of the observation that settled `verdict`, null while it is open: later than `decidedAt` when the cause was known before. */
  readonly settledAt: number | null;
  /** Whether the Job is over: its final condition was seen, or it is gone. A settled Job may still wait for its pods to end. */
  readonly over: boolean;
  /** Whether the Job can still end well without anybody changing anything. */
  readonly canHeal: boolean;
  /** True in the verdicts of `failFast` only: the cause has outlived its grace, and further waiting is pointless. */
  readonly stuck: boolean;
  /** How long the caller waited before it gave up, in seconds; null when it did not. */
  readonly timedOutAfter: number | null;
  /** Who removed the Job: its ttl, somebody, or a new Job of the same name; null while it exists. */
  readonly gone: 'ttl' | 'deleted' | 'replaced' | null;
  /** Null until the Job has been seen. */
  readonly name: string | null;
  readonly namespace: string | null;
  readonly uid: string | null;
  /** Runs of containers, pod by pod in the order of their creation. */
  readonly attempts: readonly Attempt[];
  /** The counters of the Job's status as last seen; absent counters are 0. */
  readonly counts: JobCounts;
  /** What Kueue did with the Job; null for a Job that is in no queue. */
  readonly queue: QueueRecord | null;
}

/** How a Job of a queue spent its time, in whole seconds of the cluster's clock. */
export interface QueueRecord {
  /** The LocalQueue; null where Kueue took the Job unasked and its Workload cannot be read. */
  readonly name: string | null;
  /** How long the Job waited, from its creation and after each preemption; null until it has ended. */
  readonly queuedSeconds: number | null;
  /** How long it ran, over all its admissions as far as they are known; null until it has ended. */
  readonly ranSeconds: number | null;
  /** How often it was seen to make room for another. */
  readonly preemptions: number;
}

/** One run of one container, or a pod that never ran one. */
export interface Attempt {
  readonly pod: string;
  /** The completion index, null for Jobs that are not Indexed. */
  readonly index: number | null;
  /** Null for a pod without container statuses. */
  readonly container: string | null;
  /** How it went: still running, ended with 0, ended badly, could not start, was ended from outside, or made room in its queue. */
  readonly result: 'running' | 'waiting' | 'succeeded' | 'failed' | 'killed' | 'preempted';
  readonly exitCode: number | null;
  /** The reason of the terminated or waiting state, or of the pod: `Error`, `OOMKilled`, `ErrImagePull`. */
  readonly reason: string | null;
  /** Whole seconds from start to end, as the kubelet wrote them; null when unknown. */
  readonly seconds: number | null;
}

/** The counters of a Job's status. */
export interface JobCounts {
  readonly active: number;
  readonly ready: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly terminating: number;
  /** `spec.completions`, null for a work queue. */
  readonly wanted: number | null;
}
