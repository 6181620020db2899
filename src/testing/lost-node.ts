import { podReason } from './pod-reasons';
import type { PodRun } from './pod-script';
import type { Toleration } from '../api/kubernetes';
import type { Pod } from '../api/pod-manifest';
import { given } from '../core/given';
import type { Event } from '../engine/world';
import { pods } from '../port/resources';

/** Something that happens to a pod because of its node. */
interface NodeStep {
  /** Seconds from the start of its containers. */
  readonly at: number;
  readonly events: readonly Event[];
}

/** For how long a node may be silent, in seconds. @source pkg/controller/nodelifecycle/config/v1alpha1/defaults.go (v1.37) */
const gracePeriod = 50;

/** How long a pod may stay on a node that does not answer, in seconds. @source plugin/pkg/admission/defaulttolerationseconds (v1.37) */
const defaultToleration = 300;

/** For how long PodGC waits for a node to come back, in seconds. @source pkg/controller/podgc/gc_controller.go quarantineTime (v1.37) */
const quarantine = 40;

/**
 * What becomes of a pod whose node is lost: the containers show no end any more.
 *
 * A node that falls silent is noticed, and its pods are deleted once they tolerate that no longer; they stay until the Node is removed.
 * Of a Node that is not there, PodGC removes the pods.
 *
 * @source pkg/controller/nodelifecycle/node_lifecycle_controller.go, pkg/controller/tainteviction/taint_eviction.go,
 * pkg/controller/podgc/gc_controller.go gcOrphaned (v1.37); what a watcher sees of it: the tapes `node-lost` and `node-lost-deadline`
 */
export function stepsOfLostNode(pod: Pod, { after = 0, reason = '', message, nodeRemovedAfter }: PodRun): readonly NodeStep[] {
  const isRemoved = reason === 'DeletionByPodGC';
  const removedAt = isRemoved ? after : nodeRemovedAfter === undefined ? undefined : after + nodeRemovedAfter;
  const said = message ?? podReason(reason)?.message;
  // Nobody notices the silence of a node that is not known any more.
  const isNoticed = !isRemoved && (removedAt === undefined || removedAt > after + gracePeriod);
  return [
    { at: after, events: [] },
    ...(isNoticed ? silenceOf(pod, after + gracePeriod, said) : []),
    ...(removedAt === undefined ? [] : [{ at: removedAt + quarantine, events: removalOf(pod, isRemoved ? said : undefined) }]),
  ].sort((one, other) => one.at - other.at);
}

function silenceOf(pod: Pod, noticedAt: number, message: string | undefined): NodeStep[] {
  const podUid = pod.metadata?.uid ?? '';
  const unready = (pod.spec?.containers ?? []).map(({ name }): Event => ({ event: 'container-ready', podUid, container: name, ready: false }));
  const tolerated = tolerationOf(pod.spec?.tolerations ?? []);
  const conditions = [{ type: 'DisruptionTarget', status: 'True', reason: 'DeletionByTaintManager', ...given({ message }) }];
  return [
    { at: noticedAt, events: unready },
    ...(tolerated === undefined ? [] : [
      { at: noticedAt + tolerated, events: [{ event: 'pod-patch' as const, podUid, conditions }, deletionOf(pod)] },
    ]),
  ];
}

function removalOf(pod: Pod, message = podReason('DeletionByPodGC')?.message): readonly Event[] {
  const conditions = [{ type: 'DisruptionTarget', status: 'True', reason: 'DeletionByPodGC', ...given({ message }) }];
  return [{ event: 'pod-patch', podUid: pod.metadata?.uid ?? '', phase: 'Failed', conditions }, deletionOf(pod, 0)];
}

function deletionOf({ metadata = {} }: Pod, gracePeriodSeconds?: number): Event {
  const { name = '', namespace = '', uid } = metadata;
  return { event: 'delete', reference: { resource: pods, name, namespace }, ...given({ gracePeriodSeconds, uid }) };
}

/** For how many seconds a pod tolerates that its node does not answer; undefined for ever. */
function tolerationOf(tolerations: readonly Toleration[]): number | undefined {
  const matching = tolerations.filter(({ key, operator, value = '', effect = '' }) => {
    const isKey = key === 'node.kubernetes.io/unreachable' || (operator === 'Exists' && (key === undefined || key === ''));
    return isKey && (operator === 'Exists' || value === '') && (effect === '' || effect === 'NoExecute');
  });
  if (matching.length === 0) return defaultToleration;
  const seconds = matching.flatMap(({ tolerationSeconds }) => (typeof tolerationSeconds === 'number' ? [Math.max(0, tolerationSeconds)] : []));
  return seconds.length === 0 ? undefined : Math.min(...seconds);
}
