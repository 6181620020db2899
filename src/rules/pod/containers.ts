import { type Decoded } from '../../api/decoded';
import { type Container, type PodSpec } from '../../api/kubernetes';
import { type FieldPath } from '../../core/field-path';

/** Visits every container of a pod with its place: those before the others, the others, the ephemeral ones. */
export function eachContainer(pod: Decoded<PodSpec>, at: FieldPath, visit: (container: Decoded<Container>, at: FieldPath) => void): void {
  for (const list of ['initContainers', 'containers', 'ephemeralContainers'] as const) {
    (pod[list] as Decoded<Container>[] | undefined)?.forEach((container, position) => visit(container, at.child(list).index(position)));
  }
}
