import { valueAt } from '../../core/json';
import type { KubernetesObject } from '../../port/cluster-port';

const unfound = 'on this machine no pod is found by its host name, although JOB_PEERS may list it';

/**
 * What to say of objects that the local engine does not know. A headless Service is missed: here nobody finds a pod by its host name.
 *
 * @param labelOf how an object is called.
 */
export function leftOutWords(objects: readonly KubernetesObject[], labelOf: (object: KubernetesObject) => string): string[] {
  const services = objects.filter((object) => object.kind === 'Service' && valueAt(object, ['spec', 'clusterIP']) === 'None');
  const others = objects.filter((object) => !services.includes(object));
  return [
    ...others.length === 0 ? [] : [`left out, since processes here would not notice: ${others.map(labelOf).join(', ')}`],
    ...services.length === 0 ? [] : [`left out: ${services.map(labelOf).join(', ')}: ${unfound}`],
  ];
}
