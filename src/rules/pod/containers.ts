import { type Decoded } from '../../api/decoded';
import { type Container, type PodSpec } from '../../api/kubernetes';
import { type FieldPath } from '../../core/field-path';

/** Visits every container of a pod with its place: init, main, then ephemeral containers. */
export function eachContainer(pod: Decoded<PodSpec>, at: FieldPath, visit: Visit): void {
  eachIn('initContainers', pod, at, visit);
  eachIn('containers', pod, at, visit);
  eachIn('ephemeralContainers', pod, at, visit);
}

type Visit = (container: Decoded<Container>, at: FieldPath) => void;

function eachIn(list: 'initContainers' | 'containers' | 'ephemeralContainers', pod: Decoded<PodSpec>, at: FieldPath, visit: Visit): void {
  const containers = pod[list] as Decoded<Container>[] | undefined;
  if (containers === undefined) return;
  const place = at.child(list);
  for (let position = 0; position < containers.length; position += 1) visit(containers[position] ?? {}, place.index(position));
}

/** Whether any container of a pod is such a one. */
export function someContainer(pod: Decoded<PodSpec>, test: (container: Decoded<Container>) => boolean): boolean {
  const { containers, initContainers, ephemeralContainers } = pod;
  return containers?.some(test) === true || initContainers?.some(test) === true
    || (ephemeralContainers as Decoded<Container>[] | undefined)?.some(test) === true;
}
