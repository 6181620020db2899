import { nextRestart, remainingRestartMs } from './container-restart';
import type { ContainerRecord, PodRecord } from './memory';
import type { StoredPod } from './objects';
import { stopContainers } from './pod-end';
import { containerOf } from './pod-record';
import { runContainers } from './pod-run';
import { hasProcesses } from './pod-status';
import type { Store } from './store';
import { given } from '../core/given';

/**
 * Restarts all containers of a pod, as the rule `RestartAllContainers` of one of them asks: the running ones are stopped, then the pod
 * begins again with its init containers, after the usual wait of the container that asked for it.
 *
 * @source pkg/kubelet/kuberuntime/kuberuntime_manager.go computePodActions, RestartAllContainers (v1.37)
 */
export function restartPod(store: Store, pod: StoredPod, record: PodRecord): PodRecord {
  const { restartedBy = '', startedAt } = record;
  if (hasProcesses(record)) return stopContainers(store, pod, record);
  const cause = containerOf(record, restartedBy);
  const waitMs = remainingRestartMs(cause, store.now);
  if (waitMs > 0) {
    store.timers.schedule('kubelet', store.keyOf(pod), store.now + waitMs);
    return record;
  }
  const containers = Object.fromEntries(Object.entries(record.containers).map(([name, one]) => [name, anew(one)]));
  const backoff = nextRestart(cause, store.now);
  return runContainers(store, pod, { startedAt, containers: { ...containers, [restartedBy]: { ...anew(cause), backoff } } });
}

/** The record of a container that has not run, except for the count of its runs, its back-off and its last end. */
function anew({ runs, restartCount, ended, endedBefore, backoff }: ContainerRecord): ContainerRecord {
  const last = ended ?? endedBefore;
  return {
    state: 'idle',
    runs,
    restartCount,
    isReady: false,
    ...given({ endedBefore: last, backoff }),
  };
}
