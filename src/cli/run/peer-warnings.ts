import { formatFinding } from '../../core/finding';
import { ClusterError, type ClusterPort, type KubernetesObject } from '../../port/cluster-port';
import { services } from '../../port/resources';
import { findPeerFaults } from '../../rules/peers';
import { idsSilencedIn } from '../../rules/silence';
import { fateOf } from '../../rules/tell';
import type { Cluster } from '../../runtime/cluster';
import { placedLines } from '../input/place-finding';
import type { LocatedObject } from '../input/run-manifests';
import { objectName } from '../tables/object-name';
import type { Output } from '../terminal/output';

/**
 * Warns, before anything is applied, where pods will not find one another by their host names: as `validate` does, but a Service that is
 * not among the manifests may be in the cluster.
 */
export async function warnOfPeers({ port }: Cluster, located: readonly LocatedObject[], output: Output): Promise<void> {
  const written = located.map(({ object }) => object);
  const faults = findPeerFaults(written, port.namespace);
  const live = port.capabilities.runsImages ? await servicesInCluster(port, written, faults) : [];
  const objects = [...written, ...live];
  for (const { position, finding } of live.length === 0 ? faults : findPeerFaults(objects, port.namespace)) {
    const object = objects[position] ?? {};
    if (finding.severity !== 'warning' || fateOf(finding, {}, idsSilencedIn(object)) !== 'told') continue;
    const place = located[position];
    const lines = place === undefined ? [`${objectName(object)} of the cluster: ${formatFinding(finding)}`] : placedLines([finding], place);
    for (const line of lines) output.warn(line);
  }
}

/** The Services that are missing among the manifests, and are in the cluster. */
async function servicesInCluster(
  port: ClusterPort, written: readonly KubernetesObject[], faults: ReturnType<typeof findPeerFaults>,
): Promise<readonly KubernetesObject[]> {
  const missing = faults.filter(({ finding }) => finding.type === 'NotFound').map(({ position, finding }) => (
    { name: String(finding.value), namespace: written[position]?.metadata?.namespace ?? port.namespace }
  ));
  const named = new Map(missing.map((reference) => [`${reference.namespace}/${reference.name}`, reference]));
  const found = await Promise.all([...named.values()].map(async (reference) => tryGetService(port, reference)));
  return found.filter((service) => service !== undefined);
}

/** A Service of the cluster; undefined where there is none, or none that we may read: that refuses no run. */
async function tryGetService(
  port: ClusterPort, reference: { readonly name: string; readonly namespace: string },
): Promise<KubernetesObject | undefined> {
  try {
    return await port.get({ resource: services, ...reference });
  } catch (error) {
    if (error instanceof ClusterError && (error.code === 'NOT_FOUND' || error.code === 'FORBIDDEN')) return undefined;
    throw error;
  }
}
