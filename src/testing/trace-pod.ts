import type { ContainerStateTerminated, ContainerStatus, PodCondition, PodStatus } from '../api/pod-manifest';
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

/**
 * How the status of a pod says that it ended: the highest exit code, and the reason of the pod or else of that container; of a pod whose
 * containers nobody has seen end, that of its disruption.
 */
export function endOfTracePod(status: PodStatus): Pick<TracePod, 'exitCode' | 'reason' | 'message'> {
  const { reason, message, initContainerStatuses = [], containerStatuses = [] } = status;
  const worst = worstEnd(containerStatuses, worstEnd(initContainerStatuses));
  if (reason !== undefined) return given({ exitCode: worst?.exitCode, reason, message });
  const why = worst ?? disruptionOf(status);
  return given({ exitCode: worst?.exitCode, reason: why?.reason, message: why?.message });
}

type End = Partial<ContainerStateTerminated> & { readonly exitCode: number };

/** The first end with the highest exit code. What still runs, as far as anybody knows, has none; what has not run counts as 0. */
function worstEnd(statuses: readonly ContainerStatus[], others?: End): End | undefined {
  let worst = others;
  for (const { state: { terminated = notRun, running } } of statuses) {
    if (running === undefined && (worst === undefined || terminated.exitCode > worst.exitCode)) worst = terminated;
  }
  return worst;
}

const notRun: End = { exitCode: 0 };

function disruptionOf({ conditions = [] }: PodStatus): PodCondition | undefined {
  return conditions.find((condition) => condition.type === 'DisruptionTarget' && condition.status === 'True');
}

/** Why a pod that has not ended does not come further: `Unschedulable`, `ImagePullBackOff`, `DeletionByTaintManager`. */
export function waitOfTracePod(status: PodStatus): string | undefined {
  const { conditions = [], initContainerStatuses = [], containerStatuses = [] } = status;
  const unplaced = conditions.find((condition) => condition.type === 'PodScheduled' && condition.status === 'False')?.reason;
  const lost = disruptionOf(status)?.reason;
  return unplaced ?? waitOf(initContainerStatuses) ?? waitOf(containerStatuses) ?? (lost === 'DeletionByTaintManager' ? lost : undefined);
}

function waitOf(statuses: readonly ContainerStatus[]): string | undefined {
  const reasons = statuses.map(({ state: { waiting } }) => waiting?.reason);
  return reasons.find((reason) => reason !== undefined && !ordinaryWaits.has(reason));
}

const ordinaryWaits = new Set(['ContainerCreating', 'PodInitializing']);

/** How a pod ended, in words: ` with exit code 137 (OOMKilled)`; empty where nothing is known. */
export function describeEndOfPod({ exitCode, reason }: Pick<TracePod, 'exitCode' | 'reason'>): string {
  const code = exitCode === undefined ? '' : ` with exit code ${exitCode}`;
  return reason === undefined || plainReasons.has(reason) ? code : `${code} (${reason})`;
}

/** What the exit code says as well. */
const plainReasons = new Set(['Completed', 'Error']);
