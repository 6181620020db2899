import { shouldRestart } from './container-restart';
import type { ContainerRecord, PodRecord } from './memory';
import type { StoredPod, Writable } from './objects';
import { containerOf, isSidecar, isUnderWay, sidecarsOf } from './pod-record';
import { hasForm } from './usual-forms';
import type { Container, PodSpec } from '../api/kubernetes';
import type { ContainerState, ContainerStatus, PodCondition, PodPhase, PodStatus } from '../api/pod-manifest';
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
  const { initContainers: inits = [], containers } = spec;
  const hasFailedInit = inits.some((container) => !isSidecar(container) && hasEnded(container) && !hasSucceeded(record, container));
  const isInitialized = inits.every((container) => (isSidecar(container)
    ? containerOf(record, container.name).startedAt !== undefined
    : containerOf(record, container.name).state === 'exited' && hasSucceeded(record, container)));
  const isOver = record.restartedBy === undefined && (hasFailedInit || (isInitialized && containers.every(hasEnded)));
  if (!isOver) return { isInitialized, isOver, outcome: undefined };
  const isSuccess = isInitialized && containers.every((container) => hasSucceeded(record, container));
  return { isInitialized, isOver, outcome: isSuccess ? 'Succeeded' : 'Failed' };
}

function hasSucceeded(record: PodRecord, { name }: Container): boolean {
  return containerOf(record, name).ended?.exitCode === 0;
}

/** Whether a container of the pod has processes, or may have some soon. */
export function hasProcesses(record: PodRecord): boolean {
  for (const name in record.containers) if (isUnderWay(containerOf(record, name))) return true;
  return false;
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
  const observedGeneration = metadata.generation ?? 1;
  const startTime = formatTime(record.startedAt);
  const conditions = conditionsOf({ spec, status, metadata }, record, progress, phase, now);
  const containerStatuses = spec.containers.map(report);
  if (!hasInit && hasForm(status, statusForm, 3)) {
    return { phase, qosClass: status.qosClass ?? '', conditions, observedGeneration, startTime, containerStatuses };
  }
  return {
    ...status,
    observedGeneration,
    phase,
    startTime,
    conditions,
    ...(hasInit ? { initContainerStatuses: (spec.initContainers ?? []).map(report) } : {}),
    containerStatuses,
  };
}

/** The fields of the status of a pod without init containers; one that is on its node has the first three. */
const statusForm = ['phase', 'qosClass', 'conditions', 'observedGeneration', 'startTime', 'containerStatuses'];

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
    lastState: last === undefined ? {} : { terminated: last },
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
  const isEnding = isOver || record.termination !== undefined;
  const reason = isEnding ? (outcome === 'Succeeded' && record.termination === undefined ? 'PodCompleted' : 'PodFailed') : 'ContainersNotReady';
  const unready = isEnding ? [] : unreadyOf(spec, record);
  const ready: Said = !isEnding && unready.length === 0 && (phase === 'Running')
    ? { status: 'True' }
    : { status: 'False', reason, message: isEnding ? undefined : `containers with unready status: [${unready.join(' ')}]` };
  const initialized: Said = isInitialized
    ? { status: 'True', reason: isOver && outcome === 'Succeeded' ? 'PodCompleted' : undefined }
    : { status: 'False', reason: 'ContainersNotInitialized', message: `containers with incomplete status: [${incomplete(spec, record).join(' ')}]` };
  const known = status.conditions ?? [];
  const generation = metadata.generation ?? 1;
  const conditions = [
    dated('PodReadyToStartContainers', { status: phase === 'Succeeded' || phase === 'Failed' ? 'False' : 'True' }, generation, known, now),
    dated('Initialized', initialized, generation, known, now),
    dated('Ready', ready, generation, known, now),
    dated('ContainersReady', ready, generation, known, now),
    dated('PodScheduled', { status: 'True' }, generation, known, now),
    ...known.filter(({ type }) => !ownConditions.has(type)),
  ];
  const isUnchanged = conditions.length === known.length && conditions.every((one, place) => one === known[place]);
  return isUnchanged ? known : conditions;
}

function unreadyOf(spec: PodSpec, record: PodRecord): readonly string[] {
  const names: string[] = [];
  const note = ({ name }: Container): void => {
    const { state, isReady } = containerOf(record, name);
    if (state !== 'running' || !isReady) names.push(name);
  };
  sidecarsOf(spec).forEach(note);
  spec.containers.forEach(note);
  return names;
}

/** The conditions that the kubelet and the scheduler keep; others may add more. */
const ownConditions = new Set(['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled']);

function incomplete({ initContainers }: PodSpec, record: PodRecord): readonly string[] {
  return (initContainers ?? []).filter(({ name }) => containerOf(record, name).ended?.exitCode !== 0).map(({ name }) => name);
}

/** What a condition says now. */
interface Said {
  readonly status: 'True' | 'False';
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
}

/** A condition with its transition time, which changes only when its status does; one that is as before is the one from before. */
function dated(
  type: string, { status, reason, message }: Said, observedGeneration: number, known: readonly PodCondition[], now: Instant,
): PodCondition {
  const before = known.find((condition) => condition.type === type);
  const since = before?.status === status ? before.lastTransitionTime : undefined;
  const isSame = since !== undefined && before?.reason === reason && before?.message === message
    && before?.observedGeneration === observedGeneration && before.lastProbeTime === null;
  if (isSame) return before;
  const condition: Writable<PodCondition> = { type, status };
  if (reason !== undefined) condition.reason = reason;
  if (message !== undefined) condition.message = message;
  condition.observedGeneration = observedGeneration;
  condition.lastProbeTime = null;
  condition.lastTransitionTime = since ?? formatTime(now);
  return condition;
}
