import { containerEnd, type ScriptedEnd } from './container-end';
import { podReason } from './pod-reasons';
import type { PodRun } from './pod-script';
import type { Container } from '../api/kubernetes';
import type { Pod, PodCondition } from '../api/pod-manifest';
import { given } from '../core/given';
import type { Event } from '../engine/world';

/** What a container does in its next run. */
interface NextRun extends ScriptedEnd {
  readonly after: number;
}

/** What a container does in its next run, from 0; undefined when it runs until it is stopped. */
export function nextRun(run: PodRun, pod: Pod, container: Container, attempt: number): NextRun | undefined {
  const { after = 0, exit, signal, reason, message, exits, runs, initRuns, initExit, hang } = run;
  if (isInit(pod, container)) {
    if (container.restartPolicy === 'Always') return undefined;
    if (initRuns !== undefined) return initRuns[attempt];
    return initExit === undefined ? { after: 0, exit: 0 } : { after, exit: initExit };
  }
  if (runs !== undefined) return runs[attempt] && { ...given({ message }), ...runs[attempt] };
  if (hang === true) return undefined;
  const own = exits?.[container.name];
  return own === undefined ? { after, ...given({ exit, signal, reason, message }) } : { after, exit: own, ...given({ message }) };
}

/** Whether a container is one of the regular ones of its pod. */
export function isMain({ spec }: Pod, { name }: Container): boolean {
  return spec?.containers.some((container) => container.name === name) ?? false;
}

function isInit({ spec }: Pod, { name }: Container): boolean {
  return spec?.initContainers?.some((container) => container.name === name) ?? false;
}

/** The end of a container as an event. */
export function exitEvent(podUid: string, container: string, end: ScriptedEnd, otherwise?: number): Event {
  return { event: 'container-exited', podUid, container, ...containerEnd(end, otherwise) };
}

/** What happens to a pod when one of its regular containers ends by itself. */
export function endOfPod(podUid: string, { condition, phase, podReason: reason }: PodRun): readonly Event[] {
  if (condition === undefined && phase === undefined) return [];
  const conditions = condition === undefined ? undefined : [{ status: 'True', ...condition }];
  return [{ event: 'pod-patch', podUid, ...given({ phase, reason, conditions }) }];
}

/** What happens to a pod that its node ends or does not take, for a reason of the kubelet. */
export function failureOfPod(podUid: string, { reason, message, condition }: PodRun): Event {
  const known = podReason(reason);
  const words = message ?? known?.message;
  const disruption = known?.isDisruption === true ? { type: 'DisruptionTarget', reason: 'TerminationByKubelet', ...given({ message: words }) } : undefined;
  const conditions = [disruption, condition].flatMap((one): PodCondition[] => (one === undefined ? [] : [{ status: 'True', ...one }]));
  return { event: 'pod-patch', podUid, phase: 'Failed', ...given({ reason, message: words }), ...(conditions.length === 0 ? {} : { conditions }) };
}

/** What the scheduler does with a new pod, and its node before any container starts. */
export function placementOf(podUid: string, run: PodRun): readonly Event[] {
  const { reason, message, neverStart } = run;
  const place = podReason(reason)?.place;
  if (place === 'no node') {
    return [{ event: 'pod-patch', podUid, conditions: [{ type: 'PodScheduled', status: 'False', ...given({ reason, message }) }] }];
  }
  if (neverStart === true) return [];
  return [...(place === 'rejection' ? [failureOfPod(podUid, run)] : []), { event: 'pod-scheduled', podUid }];
}
