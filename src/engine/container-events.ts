import { restartsAll } from './container-restart';
import { requestPod, schedulePod } from './kubelet';
import type { PodRecord } from './memory';
import type { StoredPod } from './objects';
import { containerOf, copyForRun, recordOf, saveRecord, withContainer, withContainerRecord } from './pod-record';
import { containerRemark } from './pod-remarks';
import { isTerminal } from './pods';
import type { Store } from './store';
import type {
  ContainerExitedEvent, ContainerReadyEvent, ContainerStartedEvent, ContainerWaitingEvent, PodPatchEvent, PodScheduledEvent,
} from './world';
import { unreachable } from '../core/assert';
import { given } from '../core/given';
import { formatTime } from '../core/time';

/** The events that concern one pod. */
type PodEvent =
  | ContainerExitedEvent
  | ContainerReadyEvent
  | ContainerStartedEvent
  | ContainerWaitingEvent
  | PodPatchEvent
  | PodScheduledEvent;

/** Takes note of an event of a pod; an event of a pod that is gone is ignored. */
export function notePodEvent(store: Store, event: PodEvent): void {
  const pod = store.getByUid<StoredPod>(event.podUid);
  if (pod === undefined) return;
  if (event.event === 'pod-scheduled') {
    if (pod.spec.nodeName === undefined) schedulePod(store, pod, event.nodeName ?? store.options.nodeName);
  } else if (event.event === 'pod-patch') {
    patchStatus(store, pod, event);
  } else {
    const record = recordOf(store, event.podUid) ?? { startedAt: store.now, containers: {} };
    saveRecord(store, event.podUid, noteContainer(store, pod, record, event));
    requestPod(store, pod);
  }
}

type ContainerEvent = Exclude<PodEvent, PodPatchEvent | PodScheduledEvent>;

function noteContainer(store: Store, pod: StoredPod, record: PodRecord, event: ContainerEvent): PodRecord {
  switch (event.event) {
    case 'container-started': return noteStart(store, pod, record, event);
    case 'container-ready': return withContainer(record, event.container, { isReady: event.ready });
    case 'container-waiting': return noteWaiting(record, event);
    case 'container-exited': return noteRestart(pod, noteExit(store, record, event), event);
    default: return unreachable(event);
  }
}

function noteStart(store: Store, pod: StoredPod, record: PodRecord, { container, ready }: ContainerStartedEvent): PodRecord {
  const started = copyForRun(containerOf(record, container), 'waiting');
  containerRemark(store, pod, container, { type: 'Normal', reason: 'Created', message: 'Container created' });
  containerRemark(store, pod, container, { type: 'Normal', reason: 'Started', message: 'Container started' });
  started.state = 'running';
  started.runs = Math.max(1, started.runs);
  started.restartCount = started.runs - 1;
  started.startedAt = store.now;
  started.isReady = ready ?? true;
  return withContainerRecord(record, container, started);
}

function noteWaiting(record: PodRecord, { container, reason, message }: ContainerWaitingEvent): PodRecord {
  return withContainer(record, container, { waiting: { reason, ...given({ message }) } });
}

/** When a container started that could not be started at all, as the kubelet shows it. */
const neverStarted = 0;

function noteExit(store: Store, record: PodRecord, { container, exitCode, signal, reason, message }: ContainerExitedEvent): PodRecord {
  const known = containerOf(record, container);
  const exited = copyForRun(known, 'waiting');
  exited.state = 'exited';
  exited.isReady = false;
  exited.runs = Math.max(1, known.runs);
  exited.restartCount = exited.runs - 1;
  exited.finishedAt = store.now;
  if (known.ended !== undefined) exited.endedBefore = known.ended;
  exited.ended = {
    exitCode,
    ...(signal === undefined ? {} : { signal }),
    reason: reason ?? (exitCode === 0 ? 'Completed' : 'Error'),
    ...(message === undefined ? {} : { message }),
    startedAt: formatTime(known.state === 'starting' ? neverStarted : known.startedAt ?? store.now),
    finishedAt: formatTime(store.now),
  };
  return withContainerRecord(record, container, exited);
}

/** Notes that the whole pod starts over when a rule of the container says so. */
function noteRestart({ spec, metadata }: StoredPod, record: PodRecord, { container, exitCode }: ContainerExitedEvent): PodRecord {
  if (record.restartedBy !== undefined || metadata.deletionTimestamp !== undefined) return record;
  const asked = [...spec.containers, ...spec.initContainers ?? []].find(({ name }) => name === container);
  return asked !== undefined && restartsAll(asked, exitCode) ? { ...record, restartedBy: container } : record;
}

function patchStatus(store: Store, pod: StoredPod, { phase, reason, message, conditions }: PodPatchEvent): void {
  const types = new Set((conditions ?? []).map(({ type }) => type));
  const dated = (conditions ?? []).map((condition) => ({ lastProbeTime: null, lastTransitionTime: formatTime(store.now), ...condition }));
  const kept = (pod.status.conditions ?? []).filter(({ type }) => !types.has(type));
  const status = {
    ...pod.status,
    ...(phase === undefined || isTerminal(pod.status) ? {} : { phase }),
    ...given({ reason, message }),
    ...(kept.length + dated.length === 0 ? {} : { conditions: [...kept, ...dated] }),
  };
  store.replace({ ...pod, status });
}
