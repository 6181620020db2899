import { record, records, text } from './read';
import type { JsonObject } from '../core/json';

/** What a container is for. */
export type ContainerRole = 'main' | 'init' | 'sidecar';

/** A container of a pod: what its spec says of it and what its status says. */
export interface ContainerView {
  readonly name: string;
  readonly role: ContainerRole;
  /** Its place in the pod: init containers and sidecars first, then the others, in the order of the spec. */
  readonly order: number;
  /** Empty until the kubelet has written one. */
  readonly status: JsonObject;
}

/**
 * The containers of a pod in the order of its spec; statuses come sorted by name, and are matched by it.
 *
 * A native sidecar is an init container with restartPolicy Always.
 */
export function containersOf(pod: JsonObject): readonly ContainerView[] {
  const init = records(pod, 'spec', 'initContainers');
  const main = records(pod, 'spec', 'containers');
  const initStatuses = byName(records(pod, 'status', 'initContainerStatuses'));
  const mainStatuses = byName(records(pod, 'status', 'containerStatuses'));
  return [
    ...init.map((container, order) => view(container, text(container, 'restartPolicy') === 'Always' ? 'sidecar' : 'init', order, initStatuses)),
    ...main.map((container, order) => view(container, 'main', init.length + order, mainStatuses)),
  ];
}

/** Whether a status shows that the container has ever run. */
export function hasRun({ status }: ContainerView): boolean {
  return isRunning(status) || isRealEnd(record(status, 'state', 'terminated')) || isRealEnd(record(status, 'lastState', 'terminated'));
}

/** Whether a status shows a running container. */
export function isRunning(status: JsonObject): boolean {
  const state = record(status, 'state');
  return typeof state.running === 'object' && state.running !== null;
}

/** Whether a terminated state is the end of a run, and not the kubelet's stand-in for one that never was. */
export function isRealEnd(terminated: JsonObject): boolean {
  return typeof terminated.exitCode === 'number' && terminated.reason !== 'ContainerStatusUnknown';
}

function byName(statuses: readonly JsonObject[]): ReadonlyMap<unknown, JsonObject> {
  return new Map(statuses.map((status) => [status.name, status]));
}

function view(container: JsonObject, role: ContainerRole, order: number, statuses: ReadonlyMap<unknown, JsonObject>): ContainerView {
  return { name: text(container, 'name') ?? '', role, order, status: statuses.get(container.name) ?? {} };
}
