import { setMaxListeners } from 'node:events';
import type { LogSource } from './log-line';
import { type LogReadOptions, LogRun, type RunState } from './log-run';
import { sleep, systemTimers } from './timers';
import { completionIndexAnnotation } from '../api/labels';
import type { ClusterPort, KubernetesObject } from '../port/cluster-port';

/** The containers whose output is wanted. */
export interface LogFollowOptions extends LogReadOptions {
  /** Only this container. Default: all, init containers and sidecars too. */
  readonly container?: string;
  /** Runs before the ones that were current when following began. Default true: whatever can still be read. */
  readonly earlierRuns?: boolean;
}

/**
 * Reads the output of all containers of a Job's pods, including late pods and restarted containers.
 *
 * It is told what the pods' status says and opens one stream for each run of a container, known by its container ID.
 */
export class LogFollower {
  private readonly runs = new Map<string, Map<string, LogRun>>();
  private readonly reading = new Set<Promise<void>>();
  private readonly stop = new AbortController();

  public constructor(private readonly port: ClusterPort, private readonly job: string, private readonly options: LogFollowOptions) {
    // Every container listens; Node would take more than ten for a leak.
    setMaxListeners(0, this.stop.signal);
  }

  /** Takes in a pod as it is now, or as it was when it was deleted. */
  public observe(type: 'ADDED' | 'MODIFIED' | 'DELETED', pod: KubernetesObject): void {
    const uid = pod.metadata?.uid ?? '';
    const statuses = readStatuses(pod);
    for (const status of statuses) this.observeContainer(uid, pod, status, type === 'DELETED');
  }

  /** Waits until everything has been read, but no longer than some milliseconds; then stops. */
  public async finish(longest: number): Promise<void> {
    const timers = this.options.timers ?? systemTimers;
    const limit = new AbortController();
    const all = (async () => { while (this.reading.size > 0) await Promise.all(this.reading); })();
    await Promise.race([all, sleep(timers, longest, limit.signal)]);
    limit.abort();
    this.close();
    await all;
  }

  /** Stops all streams. */
  public close(): void {
    this.stop.abort();
  }

  private observeContainer(uid: string, pod: KubernetesObject, status: ContainerStatus, isGone: boolean): void {
    if (this.options.container !== undefined && status.name !== this.options.container) return;
    const key = `${uid}/${status.name}`;
    const known = this.runs.get(key) ?? new Map<string, LogRun>();
    this.runs.set(key, known);
    const readable = readableRuns(status);
    for (const [id, run] of known) {
      if (!readable.some((current) => current.id === id)) run.update({ hasEnded: true, isPrevious: true, isLost: true });
    }
    for (const { id, attempt, ...state } of readable) {
      const current: RunState = { ...state, isLost: isGone };
      const run = known.get(id);
      if (run !== undefined) {
        run.update(current);
      } else if (!state.isPrevious || this.options.earlierRuns !== false) {
        known.set(id, this.open(sourceOf(this.job, pod, status.name, attempt), current));
      }
    }
  }

  private open(source: LogSource, state: RunState): LogRun {
    const run = new LogRun(this.port, source, this.options, state);
    const reading = run.read(this.stop.signal).finally(() => this.reading.delete(reading));
    this.reading.add(reading);
    return run;
  }
}

interface ContainerStatus {
  readonly name: string;
  readonly restartCount?: number;
  readonly containerID?: string;
  readonly state?: ContainerState;
  readonly lastState?: ContainerState;
}

interface ContainerState {
  readonly waiting?: object;
  readonly running?: object;
  readonly terminated?: { readonly containerID?: string; readonly reason?: string };
}

function readStatuses(pod: KubernetesObject): ContainerStatus[] {
  const status = (pod.status ?? {}) as Readonly<Record<string, readonly ContainerStatus[] | undefined>>;
  return [...status.initContainerStatuses ?? [], ...status.containerStatuses ?? [], ...status.ephemeralContainerStatuses ?? []];
}

interface ReadableRun {
  readonly id: string;
  readonly attempt: number;
  readonly hasEnded: boolean;
  readonly isPrevious: boolean;
}

/**
 * The runs that can be read now: the last one, and the one before.
 *
 * While a container waits for its restart, `restartCount` and `lastState` are of the same run; once it runs again, `lastState` is
 * of the one before.
 */
function readableRuns({ restartCount = 0, containerID, state = {}, lastState = {} }: ContainerStatus): ReadableRun[] {
  const runs: ReadableRun[] = [];
  const hasBegun = state.running !== undefined || hasRun(state);
  if (hasBegun) {
    const id = state.terminated?.containerID ?? containerID ?? '';
    const hasEnded = state.terminated !== undefined;
    runs.push({ id: id === '' ? `run ${restartCount}` : id, attempt: restartCount, hasEnded, isPrevious: false });
  }
  if (hasRun(lastState)) {
    const attempt = Math.max(0, state.waiting === undefined ? restartCount - 1 : restartCount);
    const id = lastState.terminated?.containerID ?? '';
    const run = { id: id === '' ? `run ${attempt}` : id, attempt, hasEnded: true, isPrevious: true };
    if (run.id !== runs[0]?.id) runs.unshift(run);
  }
  return runs;
}

function hasRun({ terminated }: ContainerState): boolean {
  return terminated !== undefined && terminated.reason !== 'ContainerStatusUnknown';
}

function sourceOf(job: string, pod: KubernetesObject, container: string, attempt: number): LogSource {
  const { name = '', namespace = '', uid = '', annotations = {}, labels = {} } = pod.metadata ?? {};
  const index = annotations[completionIndexAnnotation] ?? labels[completionIndexAnnotation];
  const { containers = [], initContainers = [] } = (pod.spec ?? {}) as Partial<Record<'containers' | 'initContainers', readonly unknown[]>>;
  return {
    job,
    pod: name,
    podUid: uid,
    namespace,
    container,
    attempt,
    isOnly: containers.length + initContainers.length <= 1,
    index: index === undefined ? null : Number(index),
  };
}
