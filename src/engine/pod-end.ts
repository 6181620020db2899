import type { PodRecord } from './memory';
import type { StoredPod } from './objects';
import { containerOf, isUnderWay, sidecarsOf, withContainer } from './pod-record';
import { containerRemark } from './pod-remarks';
import { hasProcesses } from './pod-status';
import type { Store } from './store';
import { formatTime } from '../core/time';

/** The shortest grace period of any pod, in milliseconds. */
const leastGraceMs = 2000;

/**
 * Ends a pod: SIGTERM to the regular containers together, then to the sidecars one by one from the last, and SIGKILL to whatever is left
 * when the grace period is over.
 *
 * @source pkg/kubelet/kuberuntime/kuberuntime_container.go killContainersWithSyncResult, killContainer (v1.37)
 */
export function endPod(store: Store, pod: StoredPod, record: PodRecord): PodRecord {
  return hasProcesses(record) ? stopContainers(store, pod, record) : closed(store, pod, record);
}

/** Sends the next signals to the running containers of a pod. */
export function stopContainers(store: Store, pod: StoredPod, record: PodRecord): PodRecord {
  const sidecars = sidecarsOf(pod.spec).map(({ name }) => name);
  const running = Object.keys(record.containers).filter((name) => isUnderWay(containerOf(record, name)));
  const main = running.filter((name) => !sidecars.includes(name));
  const targets = main.length > 0 ? main : running.sort((one, other) => sidecars.indexOf(other) - sidecars.indexOf(one)).slice(0, 1);
  const killAt = Math.min(record.killAt ?? Number.POSITIVE_INFINITY, store.now + graceMs(pod));
  const isKilling = killAt <= store.now;
  if (!isKilling) store.timers.schedule('kubelet', store.keyOf(pod), killAt);
  let next: PodRecord = { ...record, killAt };
  for (const name of isKilling ? running : targets) next = signal(store, pod, next, name, isKilling ? 'SIGKILL' : 'SIGTERM');
  return next;
}

function graceMs({ metadata, spec }: StoredPod): number {
  const seconds = metadata.deletionTimestamp === undefined ? spec.terminationGracePeriodSeconds : metadata.deletionGracePeriodSeconds;
  return Math.max(leastGraceMs, (seconds ?? 30) * 1000);
}

function signal(store: Store, pod: StoredPod, record: PodRecord, name: string, wanted: 'SIGTERM' | 'SIGKILL'): PodRecord {
  const { signalled } = containerOf(record, name);
  if (signalled === wanted || signalled === 'SIGKILL') return record;
  if (signalled === undefined) containerRemark(store, pod, name, { type: 'Normal', reason: 'Killing', message: `Stopping container ${name}` });
  store.actions.push({ action: 'signal-container', podUid: pod.metadata.uid, container: name, signal: wanted });
  return withContainer(record, name, { signalled: wanted });
}

/**
 * Gives an end to the regular containers of a deleted pod that have none, so that the pod has an outcome.
 *
 * @source pkg/kubelet/status/status_manager.go manager.TerminatePod (v1.37)
 */
function closed(store: Store, pod: StoredPod, record: PodRecord): PodRecord {
  let next = record;
  for (const { name } of pod.spec.containers) {
    const known = containerOf(next, name);
    if (known.state === 'exited' || pod.metadata.deletionTimestamp === undefined) continue;
    const ended = known.ended ?? {
      exitCode: 137,
      reason: 'ContainerStatusUnknown',
      message: 'The container could not be located when the pod was terminated',
      finishedAt: formatTime(store.now),
    };
    const { waiting: _, ...kept } = known;
    next = { ...next, containers: { ...next.containers, [name]: { ...kept, state: 'exited', ended } } };
  }
  return next;
}
