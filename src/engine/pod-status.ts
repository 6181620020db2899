import { shouldRestart } from './container-restart';
import { isEqual } from './equal';
import type { ContainerRecord, PodRecord } from './memory';
import type { StoredPod } from './objects';
import { containerOf, isSidecar, isUnderWay, sidecarsOf } from './pod-record';
import type { Container, PodSpec } from '../api/kubernetes';
import type { ContainerState, ContainerStatus, PodCondition, PodPhase, PodStatus } from '../api/pod-manifest';
import { given } from '../core/given';
import { type Instant, formatTime } from '../core/time';

/** How far a pod has got. */
interface PodProgress {
  /** Whether all init containers have exited with 0 and all sidecars have started. */
  readonly isInitialized: boolean;
  /** Whether nothing but sidecars is running or may run again. */
  readonly isOver: boolean;
  /** The outcome that follows from the containers; undefined until the pod is over. */
  readonly outcome: 'Succeeded' | 'Failed' | undefined;
}

/**
 * How far a pod has got, from its containers alone.
 *
 * @source pkg/kubelet/kubelet_pods.go getPhase (v1.37)
 */
export function progressOf(spec: PodSpec, record: PodRecord): PodProgress {
  const hasEnded = (container: Container): boolean => {
    const { state, ended } = containerOf(record, container.name);
    return state === 'exited' && ended !== undefined && !shouldRestart(spec, container, ended.exitCode);
  };
  const codeOf = ({ name }: Container): number | undefined => containerOf(record, name).ended?.exitCode;
  const inits = spec.initContainers ?? [];
  const hasFailedInit = inits.some((container) => !isSidecar(container) && hasEnded(container) && codeOf(container) !== 0);
  const isInitialized = inits.every((container) => (isSidecar(container)
    ? containerOf(record, container.name).startedAt !== undefined
    : containerOf(record, container.name).state === 'exited' && codeOf(container) === 0));
  const isOver = record.restartedBy === undefined && (hasFailedInit || (isInitialized && spec.containers.every(hasEnded)));
  const hasSucceeded = isInitialized && spec.containers.every((container) => codeOf(container) === 0);
  return { isInitialized, isOver, outcome: isOver ? (hasSucceeded ? 'Succeeded' : 'Failed') : undefined };
}

/** Whether a container of the pod has processes, or may have some soon. */
export function hasProcesses(record: PodRecord): boolean {
  return Object.values(record.containers).some(isUnderWay);
}

/**
 * The status of a pod as its kubelet reports it. A pod is not reported as ended while one of its containers runs.
 *
 * @source pkg/kubelet/kubelet_pods.go generateAPIPodStatus, pkg/kubelet/status/status_manager.go mergePodStatus (v1.37)
 */
export function podStatus({ spec, status, metadata }: StoredPod, record: PodRecord, now: Instant): PodStatus {
  const progress = progressOf(spec, record);
  const phase = phaseOf(spec, record, progress);
  const hasInit = (spec.initContainers ?? []).length > 0;
  const report = ({ name, image }: Container): ContainerStatus =>
    containerStatus(name, image ?? '', containerOf(record, name), hasInit && !progress.isInitialized ? 'PodInitializing' : 'ContainerCreating');
  return {
    ...status,
    observedGeneration: metadata.generation ?? 1,
    phase,
    startTime: formatTime(record.startedAt),
    conditions: conditionsOf({ spec, status, metadata }, record, progress, phase, now),
    ...(hasInit ? { initContainerStatuses: (spec.initContainers ?? []).map(report) } : {}),
    containerStatuses: spec.containers.map(report),
  };
}

function phaseOf(spec: PodSpec, record: PodRecord, { isInitialized, isOver, outcome }: PodProgress): PodPhase {
  if (!isInitialized && !isOver) return 'Pending';
  if (isOver && outcome !== undefined && !hasProcesses(record)) return outcome;
  if (!isInitialized) return 'Pending';
  const hasNeverRun = spec.containers.some(({ name }) => {
    const { startedAt, ended } = containerOf(record, name);
    return startedAt === undefined && ended === undefined;
  });
  return hasNeverRun ? 'Pending' : 'Running';
}

function containerStatus(name: string, image: string, record: ContainerRecord, first: string): ContainerStatus {
  const state = stateOf(record, first);
  const last = state.terminated === undefined ? record.ended ?? record.endedBefore : record.endedBefore;
  return {
    name,
    image,
    imageID: '',
    ready: record.state === 'running' && record.isReady,
    started: record.state === 'running',
    restartCount: record.restartCount,
    state,
    lastState: given({ terminated: last }),
  };
}

function stateOf({ state, startedAt, ended, waiting }: ContainerRecord, first: string): ContainerState {
  if (state === 'running') return { running: startedAt === undefined ? {} : { startedAt: formatTime(startedAt) } };
  if (waiting !== undefined) return { waiting };
  return ended === undefined ? { waiting: { reason: first } } : { terminated: ended };
}

type Seen = Pick<StoredPod, 'spec' | 'status' | 'metadata'>;

function conditionsOf(
  { spec, status, metadata }: Seen, record: PodRecord, { isInitialized, isOver, outcome }: PodProgress, phase: PodPhase, now: Instant,
): readonly PodCondition[] {
  const observedGeneration = metadata.generation ?? 1;
  const isEnding = isOver || record.termination !== undefined;
  const reason = isEnding ? (outcome === 'Succeeded' && record.termination === undefined ? 'PodCompleted' : 'PodFailed') : 'ContainersNotReady';
  const unready = [...sidecarsOf(spec), ...spec.containers].map(({ name }) => name).filter((name) => {
    const { state, isReady } = containerOf(record, name);
    return state !== 'running' || !isReady;
  });
  const ready = !isEnding && unready.length === 0 && (phase === 'Running')
    ? { status: 'True' }
    : { status: 'False', reason, ...(isEnding ? {} : { message: `containers with unready status: [${unready.join(' ')}]` }) };
  const initialized = isInitialized
    ? { status: 'True', ...(isOver && outcome === 'Succeeded' ? { reason: 'PodCompleted' } : {}) }
    : { status: 'False', reason: 'ContainersNotInitialized', message: `containers with incomplete status: [${incomplete(spec, record).join(' ')}]` };
  const own = [
    { type: 'PodReadyToStartContainers', status: phase === 'Succeeded' || phase === 'Failed' ? 'False' : 'True' },
    { type: 'Initialized', ...initialized },
    { type: 'Ready', ...ready },
    { type: 'ContainersReady', ...ready },
    { type: 'PodScheduled', status: 'True' },
  ];
  const types = new Set(own.map(({ type }) => type));
  const others = (status.conditions ?? []).filter(({ type }) => !types.has(type));
  const conditions = [...own.map((condition) => dated({ ...condition, observedGeneration }, status.conditions, now)), ...others];
  const before = status.conditions;
  const isUnchanged = conditions.length === before?.length && conditions.every((one, place) => one === before[place]);
  return isUnchanged ? status.conditions ?? [] : conditions;
}

function incomplete({ initContainers }: PodSpec, record: PodRecord): readonly string[] {
  return (initContainers ?? []).filter(({ name }) => containerOf(record, name).ended?.exitCode !== 0).map(({ name }) => name);
}

/** The condition with its transition time, which changes only when its status does; one that is as before is the one from before. */
function dated(condition: PodCondition, known: readonly PodCondition[] | undefined, now: Instant): PodCondition {
  const before = known?.find(({ type }) => type === condition.type);
  const isSame = before?.status === condition.status && before.lastTransitionTime !== undefined;
  const lastTransitionTime = isSame ? before.lastTransitionTime ?? formatTime(now) : formatTime(now);
  const next = { ...condition, lastProbeTime: null, lastTransitionTime };
  return isSame && isEqual(before, next) ? before : next;
}
