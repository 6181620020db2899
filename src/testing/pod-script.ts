import { closenessOf, type SimulatedJob } from './simulated-jobs';

/** What the pods of a simulation do. Which entry a pod gets: by its index, else by its place in the order of creation, else the default. */
export interface PodScript extends JobScript {
  /** By Job, as `job` of a run means one: scripts that hold for its pods instead of all the rest of this one. */
  readonly byJob?: Readonly<Record<string, JobScript>>;
}

/** What the pods of one Job do. */
export interface JobScript {
  /** For pods without an entry of their own. Default: run for a second and exit 0. */
  readonly default?: PodRun;
  /** By completion index: the runs of its first pod, second pod, …; the last one repeats. */
  readonly byIndex?: Readonly<Record<string, readonly PodRun[]>>;
  /** By order of creation, over all Jobs that the script is for; the last one repeats. */
  readonly byOrder?: readonly PodRun[];
  /** How pods end when they are stopped, unless their entry says so itself. Default: a second after SIGTERM with 143. */
  readonly onDelete?: StopRun;
}

/** What one pod does. */
export interface PodRun {
  /**
   * In a list: only for the pods of one Job, which get no other runs of the list. By its name, that of its CronJob, its place among the
   * Jobs of that from 0, or the time for which it was made.
   */
  readonly job?: string | number;
  /** Seconds from the start of its containers to their end. Default 0. */
  readonly after?: number;
  /** The exit code of its containers. Default: that of `signal` or `reason`, else 0. */
  readonly exit?: number;
  /** The signal that ends its containers: `SIGKILL` or 9. */
  readonly signal?: string | number;
  /** Why it ends, or comes no further: `OOMKilled`, `StartError`, `Evicted`, `DeletionByPodGC`, `OutOfcpu`, `ImagePullBackOff`, … */
  readonly reason?: string;
  /** The message of that reason; else what its containers leave in their termination messages, such as `rows=10`. */
  readonly message?: string;
  /** With `DeletionByTaintManager`: seconds until its Node is removed. Default: never. */
  readonly nodeRemovedAfter?: number;
  /** Its containers outlive SIGTERM: they end by themselves, or by SIGKILL at the end of the grace period. */
  readonly ignoresTerm?: boolean;
  /** Exit codes by container, where they differ from `exit`. */
  readonly exits?: Readonly<Record<string, number>>;
  /** Successive runs of each container, for pods that restart in place; after the last one it keeps running if that one failed. */
  readonly runs?: readonly ContainerRun[];
  /** Successive runs of each init container. Default: they exit with 0 at once. */
  readonly initRuns?: readonly ContainerRun[];
  /** The exit code of init containers, `after` seconds after their start. */
  readonly initExit?: number;
  /** Runs until it is stopped. */
  readonly hang?: boolean;
  /** Never gets a node. */
  readonly neverStart?: boolean;
  /** Has a node, but its containers do not start. */
  readonly pending?: boolean;
  /** False: runs without ever being ready. */
  readonly ready?: boolean;
  /** A condition that it gets when it ends; its status is True by default. */
  readonly condition?: { readonly type: string; readonly status?: string; readonly reason?: string; readonly message?: string };
  /** The phase that the node gives it when it ends, whatever its containers say, as in an eviction. */
  readonly phase?: 'Failed' | 'Succeeded';
  /** The reason of that phase: `Evicted`. */
  readonly podReason?: string;
  /** How it ends when it is stopped. */
  readonly onDelete?: StopRun;
}

/** One run of a container. It has an `exit`, a `signal` or a `reason`. */
export interface ContainerRun {
  /** Seconds from start to end. */
  readonly after: number;
  /** Exit code. */
  readonly exit?: number;
  /** The signal that ends it. */
  readonly signal?: string | number;
  /** The reason of its end: `OOMKilled`, `StartError`. */
  readonly reason?: string;
  /** The message of its end. */
  readonly message?: string;
}

/** How a pod ends after SIGTERM. */
export interface StopRun {
  /** Seconds after SIGTERM, even if that is longer than the grace period. Default 1. */
  readonly after?: number;
  /** Exit code. Default 143. */
  readonly exit?: number;
  /** The signal that ends it. Default SIGTERM. */
  readonly signal?: string | number;
  /** As `ignoresTerm`. */
  readonly never?: boolean;
}

/** Which pod it is that a script has a run for: of its Job the `order`th from 0, the `attempt`th of its index. */
interface PodPlace {
  readonly job: SimulatedJob | undefined;
  readonly index: number | undefined;
  readonly attempt: number;
  /** Counts the pods of a Job, of a CronJob, or of all, up to this one. */
  order(series: string): number;
}

/** The entry of a script for a pod. */
export function runFor(script: JobScript, { job, index, attempt, order }: PodPlace): PodRun {
  const ofIndex = runsOf(index === undefined ? undefined : script.byIndex?.[String(index)], job);
  const inOrder = runsOf(script.byOrder, job);
  const entry = pick(ofIndex.runs, attempt) ?? pick(inOrder.runs, order(inOrder.series)) ?? script.default ?? { after: 1, exit: 0 };
  const isOpen = entry.onDelete === undefined && entry.ignoresTerm !== true;
  return isOpen && script.onDelete !== undefined ? { ...entry, onDelete: script.onDelete } : entry;
}

/** Runs of a list, and whose pods they count. */
interface RunsInOrder {
  readonly runs: readonly PodRun[];
  readonly series: string;
}

/** The runs of a list that are meant for a Job: those that name it best, else those that name none. */
function runsOf(runs: readonly PodRun[] = noRuns, job: SimulatedJob | undefined): RunsInOrder {
  if (!namesJobs(runs)) return { runs, series: '' };
  const closeness = (run: PodRun): number => (job === undefined || run.job === undefined ? 0 : closenessOf(run.job, job));
  const best = runs.reduce((most, run) => Math.max(most, closeness(run)), 0);
  if (job === undefined || best === 0) return { runs: runs.filter((run) => run.job === undefined), series: '' };
  return { runs: runs.filter((run) => closeness(run) === best), series: best === 1 ? `cronjob ${job.cronJob}` : job.uid };
}

/** Whether any run of a list is for one Job only. Asked for each pod, and answered once: a list may be as long as there are pods. */
function namesJobs(runs: readonly PodRun[]): boolean {
  let known = listsWithJobs.get(runs);
  if (known === undefined) {
    known = runs.some(({ job }) => job !== undefined);
    listsWithJobs.set(runs, known);
  }
  return known;
}

const noRuns: readonly PodRun[] = [];
const listsWithJobs = new WeakMap<readonly PodRun[], boolean>();

function pick(entries: readonly PodRun[], place: number): PodRun | undefined {
  return entries.at(Math.min(place, entries.length - 1));
}
