/** The queue of Kueue in which a Job waits until there is room for it. */
export interface QueueProps {
  /** The LocalQueue, in the namespace of the Job. Shape: DNS subdomain. */
  readonly name: string;
  /** The WorkloadPriorityClass of the Job. @default - the priority of its pods, mostly 0 */
  readonly priority?: string;
  /**
   * With how few pods at once the Job is content when there is no room for all: its `parallelism` is then lowered, for the whole run.
   *
   * Shape: whole number, 1 or more, less than the pods that run at once. @default - it waits until there is room for all
   */
  readonly minParallelism?: number;
}
