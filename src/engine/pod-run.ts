import { nextRestart, remainingRestartMs, shouldRestart } from './container-restart';
import type { PodRecord } from './memory';
import type { StoredPod } from './objects';
import { containerOf, copyForRun, isSidecar, withContainer, withContainerRecord } from './pod-record';
import { containerRemark } from './pod-remarks';
import type { Store } from './store';
import type { Container } from '../api/kubernetes';

/**
 * Starts the containers that are to run now: init containers one after the other, sidecars in their turn, then all regular containers; and
 * restarts those that have ended and may be restarted.
 *
 * @source pkg/kubelet/kuberuntime/kuberuntime_manager.go computePodActions, computeInitContainerActions (v1.37)
 */
export function runContainers(store: Store, pod: StoredPod, record: PodRecord): PodRecord {
  let next = record;
  for (const container of pod.spec.initContainers ?? []) {
    next = startIfDue(store, pod, next, container);
    if (!isPassed(next, container)) return next;
  }
  for (const container of pod.spec.containers) next = startIfDue(store, pod, next, container);
  return next;
}

/** Whether the container after this init container may start. */
function isPassed(record: PodRecord, container: Container): boolean {
  const { state, startedAt, ended } = containerOf(record, container.name);
  return isSidecar(container) ? startedAt !== undefined : state === 'exited' && ended?.exitCode === 0;
}

function startIfDue(store: Store, pod: StoredPod, record: PodRecord, container: Container): PodRecord {
  const known = containerOf(record, container.name);
  if (known.state === 'starting' || known.state === 'running') return record;
  if (known.ended === undefined) return start(store, pod, record, container);
  if (!shouldRestart(pod.spec, container, known.ended.exitCode)) return record;
  const waitMs = remainingRestartMs(known, store.now);
  if (waitMs > 0) return backOff(store, pod, record, container, waitMs);
  return start(store, pod, withContainer(record, container.name, { backoff: nextRestart(known, store.now) }), container);
}

function start(store: Store, pod: StoredPod, record: PodRecord, container: Container): PodRecord {
  const known = containerOf(record, container.name);
  const started = copyForRun(known, 'waiting', 'signalled');
  started.state = 'starting';
  started.runs = known.runs + 1;
  store.actions.push({ action: 'start-container', pod, container, attempt: known.runs });
  return withContainerRecord(record, container.name, started);
}

function backOff(store: Store, pod: StoredPod, record: PodRecord, { name }: Container, waitMs: number): PodRecord {
  const { metadata } = pod;
  store.timers.schedule('kubelet', store.keyOf(pod), store.now + waitMs);
  const known = containerOf(record, name);
  if (known.waiting !== undefined) return record;
  const place = `${metadata.name}_${metadata.namespace}(${metadata.uid})`;
  const seconds = (known.backoff?.waitMs ?? 0) / 1000;
  const length = seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
  containerRemark(store, pod, name, { type: 'Warning', reason: 'BackOff', message: `Back-off restarting failed container ${name} in pod ${place}` });
  const waiting = { reason: 'CrashLoopBackOff', message: `back-off ${length} restarting failed container=${name} pod=${place}` };
  return withContainer(record, name, { state: 'idle', waiting });
}
