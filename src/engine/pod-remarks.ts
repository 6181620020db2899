import type { StoredPod } from './objects';
import { type Remark, recordEvent } from './recorder';
import type { Store } from './store';

/** Writes an event about a pod, if this world has events about pods. */
export function podRemark(store: Store, pod: StoredPod, component: string, remark: Remark): void {
  if (store.options.podEvents) recordEvent(store, component, pod, remark);
}

/** Writes an event from the kubelet about a container. */
export function containerRemark(store: Store, pod: StoredPod, container: string, remark: Omit<Remark, 'fieldPath'>): void {
  if (!store.options.podEvents) return;
  const isInit = pod.spec.initContainers?.some(({ name }) => name === container) ?? false;
  podRemark(store, pod, 'kubelet', { ...remark, fieldPath: `spec.${isInit ? 'initContainers' : 'containers'}{${container}}` });
}
