import { containersOf } from './containers';
import { byCreation, type PodFacts } from './pod-facts';
import { record, text } from './read';

/** When the kubelet starts a container again. */
export interface Restart {
  readonly at: number;
  readonly pod: PodFacts;
}

/**
 * The first restart that a pod waits for, of those runs whose end was seen.
 *
 * @source pkg/kubelet/kuberuntime/kuberuntime_manager.go doBackOff (v1.37)
 */
export function restartOf(pod: PodFacts): Restart | undefined {
  let first: Restart | undefined;
  if (!pod.isAlive) return first;
  for (const { name, status } of containersOf(pod.latest)) {
    const waiting = record(status, 'state', 'waiting');
    const wait = text(waiting, 'reason') === 'CrashLoopBackOff' ? backoffSeconds(text(waiting, 'message') ?? '') : undefined;
    const last = wait === undefined ? undefined : pod.runs.filter(({ container }) => container === name).at(-1);
    if (wait === undefined || last === undefined || last.at <= pod.seenAt) continue;
    if (first === undefined || last.at + wait < first.at) first = { at: last.at + wait, pod };
  }
  return first;
}

/** The first of the restarts that two groups of pods wait for; of two at once, that of the pod that was created first. */
export function firstRestart(one: Restart | undefined, other: Restart | undefined): Restart | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const later = other.at - one.at;
  return later > 0 || (later === 0 && byCreation(one.pod, other.pod) <= 0) ? one : other;
}

/** Of `back-off 1m20s restarting failed container=main …`. */
function backoffSeconds(message: string): number | undefined {
  const [, minutes, rest] = /^back-off (?:(\d+)m)?(\d+)s restarting failed container/.exec(message) ?? [];
  return rest === undefined ? undefined : Number(minutes ?? 0) * 60 + Number(rest);
}
