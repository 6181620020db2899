import type { ContainerStateTerminated, ContainerStatus, PodStatus } from '../api/pod-manifest';
import { given } from '../core/given';

/** A pod of a simulation. */
export interface TracePod {
  readonly name: string;
  /** The Job that it was made for. */
  readonly job: string;
  readonly index?: number;
  readonly createdAt: number;
  /** When it was told to stop. */
  readonly deletedAt?: number;
  /** When it ended. */
  readonly endedAt?: number;
  /** The highest exit code of its containers. */
  readonly exitCode?: number;
  /** Why it ended or does not start: the reason of the pod, such as `Evicted`, or of a container, such as `OOMKilled`. */
  readonly reason?: string;
  /** The message of that reason, or what a container left in its termination message. */
  readonly message?: string;
  /** When its object was removed. */
  readonly goneAt?: number;
  /** When the first regular container started, each time. */
  readonly containerStarts: readonly number[];
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** How the status of a pod says that it ended: the highest exit code, and the reason of the pod or else of that container. */
export function endOfTracePod(status: PodStatus): Pick<TracePod, 'exitCode' | 'reason' | 'message'> {
  const { reason, message, initContainerStatuses = [], containerStatuses = [] } = status;
  const ends = [...initContainerStatuses, ...containerStatuses].map(endOf);
  const [first, ...others] = ends;
  const worst = first && others.reduce((most, end) => (end.exitCode > most.exitCode ? end : most), first);
  return given({ exitCode: worst?.exitCode, reason: reason ?? worst?.reason, message: reason === undefined ? worst?.message : message });
}

function endOf({ state: { terminated } }: ContainerStatus): Pick<ContainerStateTerminated, 'exitCode'> & Partial<ContainerStateTerminated> {
  return { exitCode: 0, ...terminated };
}

/** Why a pod that has not ended does not come further: `Unschedulable`, `ImagePullBackOff`. */
export function waitOfTracePod({ conditions = [], initContainerStatuses = [], containerStatuses = [] }: PodStatus): string | undefined {
  const unplaced = conditions.find(({ type, status }) => type === 'PodScheduled' && status === 'False')?.reason;
  const waits = [...initContainerStatuses, ...containerStatuses].flatMap(({ state: { waiting } }) => waiting?.reason ?? []);
  return unplaced ?? waits.find((reason) => !ordinaryWaits.has(reason));
}

const ordinaryWaits = new Set(['ContainerCreating', 'PodInitializing']);

/** How a pod ended, in words: ` with exit code 137 (OOMKilled)`; empty where nothing is known. */
export function describeEndOfPod({ exitCode, reason }: Pick<TracePod, 'exitCode' | 'reason'>): string {
  const code = exitCode === undefined ? '' : ` with exit code ${exitCode}`;
  return reason === undefined || plainReasons.has(reason) ? code : `${code} (${reason})`;
}

/** What the exit code says as well. */
const plainReasons = new Set(['Completed', 'Error']);
