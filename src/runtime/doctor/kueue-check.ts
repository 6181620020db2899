import { type Check, toClusterError } from './doctor-check';
import { kueueGroup, kueueVersions } from '../../api/kueue';
import { asObject } from '../../core/json';
import type { KubernetesObject } from '../../port/cluster-port';
import type { KubernetesCluster } from '../connection/kubernetes-cluster';

/** Whether Kueue is on the cluster, and which queues the namespace has; nothing where it is not. */
export async function lookForKueue(cluster: KubernetesCluster): Promise<Check[]> {
  const served = await servedVersions(cluster);
  if (served.length === 0) return [];
  const subject = 'kueue';
  const version = kueueVersions.find((known) => served.includes(known));
  if (version === undefined) return [{ subject, result: 'warning', detail: `its API is ${served.join(', ')}, and ${kueueVersions.join(' and ')} are known` }];
  return [{ subject, result: 'ok', detail: `${version}; ${await queuesOf(cluster, version)}` }];
}

/** The versions of Kueue's API that the cluster serves; none where it has no Kueue, or does not tell. */
async function servedVersions({ transport }: KubernetesCluster): Promise<readonly string[]> {
  try {
    const { body } = await transport.call({ verb: 'read', target: 'the API of Kueue', method: 'GET', path: `/apis/${kueueGroup}` });
    const { versions } = asObject(body);
    return Array.isArray(versions) ? versions.map((entry) => String(asObject(entry).version)) : [];
  } catch (error) {
    toClusterError(error);
    return [];
  }
}

async function queuesOf({ transport, namespace }: KubernetesCluster, version: string): Promise<string> {
  try {
    const path = `/apis/${kueueGroup}/${version}/namespaces/${encodeURIComponent(namespace)}/localqueues`;
    const { body } = await transport.call({ verb: 'list', target: 'localqueues', method: 'GET', path });
    const { items } = body as { readonly items?: readonly KubernetesObject[] };
    const queues = (items ?? []).map((queue) => `${queue.metadata?.name ?? ''} (${stateOf(queue)})`);
    return queues.length === 0 ? 'no queues here' : `queues here: ${queues.join(', ')}`;
  } catch (error) {
    const { code, message } = toClusterError(error);
    return code === 'FORBIDDEN' ? 'we may not list its queues' : message;
  }
}

/** `active`, or why a LocalQueue is not: `ClusterQueueDoesNotExist`. */
function stateOf({ status }: KubernetesObject): string {
  const { conditions } = asObject(status);
  const active = Array.isArray(conditions) ? conditions.map(asObject).find(({ type }) => type === 'Active') : undefined;
  return active?.status === 'True' ? 'active' : String(active?.reason ?? 'not active yet');
}
