import { withEncodedTexts } from './patched';
import { ClusterError, type KubernetesObject, type Resource } from '../port/cluster-port';
import { tryFindResource } from '../port/resources';

/** The object with its namespace, or the given one. @throws {ClusterError} for a kind that the engine does not know. */
export function placedIn(namespace: string, object: KubernetesObject): KubernetesObject {
  const resource = tryFindResource(object.apiVersion, object.kind);
  if (resource === undefined) {
    throw new ClusterError('NOT_FOUND', `The local engine knows no kind ${JSON.stringify(object.kind)} of ${JSON.stringify(object.apiVersion)}`, {
      status: 404, reason: 'NotFound', hint: 'leave the object out, or run it on a real cluster',
    });
  }
  const stored = withEncodedTexts(object);
  return resource.namespaced ? { ...stored, metadata: { namespace, ...stored.metadata } } : stored;
}

/** Where a placed object is, or will be. @throws {ClusterError} for one without a name. */
export function referenceOf(object: KubernetesObject): { resource: Resource; namespace: string; name: string } {
  const resource = tryFindResource(object.apiVersion, object.kind);
  const name = object.metadata?.name;
  if (resource === undefined || name === undefined) {
    throw new ClusterError('API', `Cannot apply a ${object.kind} without a name`, {
      status: 400, reason: 'BadRequest', hint: 'give metadata.name, or create it: generateName works with create only',
    });
  }
  return { resource, namespace: object.metadata?.namespace ?? '', name };
}
