/**
 * One thing that a client saw, as a line of a tape: a change on a watch, an answer to one of its own requests, or the output of a
 * container.
 *
 * Everything but `at` is optional, and objects are JSON of any shape: a judge must not trust a tape.
 */
export interface Observation {
  /** When it arrived: seconds on the observer's own clock, which never goes back. Negative during set-up, before the Job. */
  readonly at: number;
  /** The plural of the watch that delivered `object`: `jobs`, `pods`, `events`, `cronjobs`, `workloads`. */
  readonly watch?: string;
  /** What happened to `object`; a list counts as `ADDED`. */
  readonly type?: 'ADDED' | 'MODIFIED' | 'DELETED';
  /** The whole object, as the API server sent it. */
  readonly object?: object;
  /** A request of the observer; `at` is when it was sent. */
  readonly action?: ObservedAction;
  /** What the API server answered to `action`. */
  readonly answer?: ObservedAnswer;
  /** The name of the pod whose output this is. */
  readonly log?: string;
  /** The container that wrote `text`. */
  readonly container?: string;
  /** The run of the container, from 0. */
  readonly attempt?: number;
  /** The output, or its last lines. */
  readonly text?: string;
  readonly [field: string]: unknown;
}

/** A request that the observer sent. */
export interface ObservedAction {
  /** `create`, `apply`, `patch`, `delete`, `evict`. */
  readonly do: string;
  /** `batch/v1`; tapes of old have none. */
  readonly apiVersion?: string;
  /** `Job`. */
  readonly kind: string;
  readonly name?: string;
  readonly [field: string]: unknown;
}

/** What came back from a request. */
export interface ObservedAnswer {
  /** HTTP status. */
  readonly code: number;
  /** How long the answer took. */
  readonly seconds?: number;
  /** The UID of the object in the answer. */
  readonly uid?: string;
  /** The body, when it is a Status. */
  readonly body?: object;
  /** The texts of the Warning headers. */
  readonly warnings?: readonly string[];
  readonly [field: string]: unknown;
}
