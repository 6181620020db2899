import { type Decoded } from '../../api/decoded';
import { type Container, type PodSpec } from '../../api/kubernetes';
import { type FieldPath } from '../../core/field-path';

/** Visits every container of a pod with its place: init, main, then ephemeral containers. */
export function eachContainer(pod: Decoded<PodSpec>, at: FieldPath, visit: (container: Decoded<Container>, at: FieldPath) => void): void {
  for (const list of ['initContainers', 'containers', 'ephemeralContainers'] as const) {
    (pod[list] as Decoded<Container>[] | undefined)?.forEach((container, position) => visit(container, at.child(list).index(position)));
  }
}

/** Whether any container of a pod is such a one. */
export function someContainer(pod: Decoded<PodSpec>, test: (container: Decoded<Container>) => boolean): boolean {
  const { containers, initContainers, ephemeralContainers } = pod;
  return containers?.some(test) === true || initContainers?.some(test) === true
    || (ephemeralContainers as Decoded<Container>[] | undefined)?.some(test) === true;
}
