import { humanAge, humanDuration } from './human-duration';
import type { Decoded } from '../api/decoded';
import type { Container, PodSpec } from '../api/kubernetes';
import type { ContainerStatus, PodStatus } from '../api/pod-manifest';
import { type Instant, tryParseTime } from '../core/time';
import type { KubernetesObject } from '../port/cluster-port';

/** The state of a pod as a table sums it up. */
interface Summary {
  readonly reason: string;
  readonly ready: number;
  readonly restarts: number;
  /** When the last run before a restart ended. */
  readonly lastEnd: Instant;
}

/**
 * The cells of a pod in kubectl's table.
 *
 * @source pkg/printers/internalversion/printers.go printPod (v1.37)
 */
export function podCells(object: KubernetesObject, now: Instant): ReadonlyArray<string | number> {
  const { metadata = {} } = object;
  const spec = (object.spec ?? {}) as Decoded<PodSpec>;
  const status = (object.status ?? {}) as PodStatus;
  const summary = summarize(spec, status);
  const total = (spec.containers ?? []).length + (spec.initContainers ?? []).filter(isSidecar).length;
  const isEnding = metadata.deletionTimestamp !== undefined && status.phase !== 'Succeeded' && status.phase !== 'Failed';
  const restarted = summary.restarts > 0 && summary.lastEnd > 0 ? ` (${humanDuration((now - summary.lastEnd) / 1000)} ago)` : '';
  return [
    metadata.name ?? '', `${summary.ready}/${total}`, isEnding ? 'Terminating' : summary.reason, `${summary.restarts}${restarted}`,
    humanAge(metadata.creationTimestamp, now), status.podIP ?? '<none>', spec.nodeName ?? '<none>', '<none>', '<none>',
  ];
}

function summarize(spec: Decoded<PodSpec>, status: PodStatus): Summary {
  const phase = status.reason ?? status.phase ?? 'Pending';
  const isGated = status.conditions?.some(({ type, reason }) => type === 'PodScheduled' && reason === 'SchedulingGated') === true;
  const start: Summary = { reason: isGated ? 'SchedulingGated' : phase, ready: 0, restarts: 0, lastEnd: 0 };
  const sidecars = new Set((spec.initContainers ?? []).filter(isSidecar).map(({ name }) => name));
  const { summary, sidecar, isInitializing } = throughInit(start, spec, status, sidecars);
  const isInitialized = status.conditions?.some((condition) => condition.type === 'Initialized' && condition.status === 'True') === true;
  if (isInitializing && !isInitialized) return summary;
  // Restarts of init containers no longer count, except those of sidecars.
  return throughContainers({ ...summary, restarts: sidecar.restarts, lastEnd: sidecar.lastEnd }, status);
}

/** The part of a summary that restarts change. */
type Restarts = Pick<Summary, 'restarts' | 'lastEnd'>;

interface InitSummary {
  readonly summary: Summary;
  readonly sidecar: Restarts;
  readonly isInitializing: boolean;
}

/** The first init container that has not exited with 0 says how far the pod has got. */
function throughInit(
  start: Summary, spec: Decoded<PodSpec>, { initContainerStatuses = [] }: PodStatus, sidecars: ReadonlySet<unknown>,
): InitSummary {
  let summary = start;
  let sidecar = { restarts: 0, lastEnd: 0 };
  for (const [position, container] of initContainerStatuses.entries()) {
    const { state, started, ready, name } = container;
    summary = { ...summary, ...withRestarts(summary, container) };
    if (sidecars.has(name)) sidecar = withRestarts(sidecar, container);
    if (state.terminated?.exitCode === 0) continue;
    if (sidecars.has(name) && started === true) {
      if (ready) summary = { ...summary, ready: summary.ready + 1 };
      continue;
    }
    const waiting = state.waiting?.reason ?? '';
    const progress = `${position}/${(spec.initContainers ?? []).length}`;
    const why = state.terminated === undefined ? (waiting === '' || waiting === 'PodInitializing' ? progress : waiting) : endOf(container);
    return { summary: { ...summary, reason: `Init:${why}` }, sidecar, isInitializing: true };
  }
  return { summary, sidecar, isInitializing: false };
}

/** The first container that waits or has ended gives the status, unless another one runs. */
function throughContainers(start: Summary, { containerStatuses = [], conditions = [] }: PodStatus): Summary {
  let summary = start;
  let hasRunning = false;
  for (const container of [...containerStatuses].reverse()) {
    const { state, ready } = container;
    summary = { ...summary, ...withRestarts(summary, container) };
    const waiting = state.waiting?.reason ?? '';
    if (waiting !== '') {
      summary = { ...summary, reason: waiting };
    } else if (state.terminated !== undefined) {
      summary = { ...summary, reason: endOf(container) };
    } else if (ready && state.running !== undefined) {
      hasRunning = true;
      summary = { ...summary, ready: summary.ready + 1 };
    }
  }
  if (summary.reason !== 'Completed' || !hasRunning) return summary;
  const isReady = conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
  return { ...summary, reason: isReady ? 'Running' : 'NotReady' };
}

function endOf({ state: { terminated } }: ContainerStatus): string {
  const { reason = '', signal = 0, exitCode = 0 } = terminated ?? {};
  if (reason !== '') return reason;
  return signal === 0 ? `ExitCode:${exitCode}` : `Signal:${signal}`;
}

function withRestarts({ restarts, lastEnd }: Restarts, { restartCount, lastState }: ContainerStatus): Restarts {
  const ended = tryParseTime(lastState.terminated?.finishedAt) ?? 0;
  return { restarts: restarts + restartCount, lastEnd: Math.max(lastEnd, ended) };
}

function isSidecar({ restartPolicy }: Decoded<Container>): boolean {
  return restartPolicy === 'Always';
}
