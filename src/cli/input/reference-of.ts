import type { LocatedObject } from './run-manifests';
import { UsageError } from '../../core/errors';
import { given } from '../../core/given';
import type { ObjectReference } from '../../port/cluster-port';
import type { KubernetesCluster } from '../../runtime/connection/kubernetes-cluster';

/**
 * What a manifest names in the cluster.
 *
 * @param verb what is done to it, for the error.
 * @throws {UsageError} for one that the cluster gives its name. @throws {ClusterError} for a kind that the cluster does not have.
 */
export async function referenceOf(
  verb: string, { object, file, document, position }: LocatedObject, port: KubernetesCluster,
): Promise<ObjectReference> {
  const { name, namespace } = object.metadata ?? {};
  if (name === undefined) {
    throw new UsageError(
      `Cannot ${verb} ${file}:${document.line}: document ${position}: it has no metadata.name, the cluster names what is made of it`,
      `${verb} that by its labels: -l a=b`,
    );
  }
  return { resource: await port.resourceOf(object), name, ...given({ namespace }) };
}
