import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubeApi } from '../kube-api';
import { containerdSocket } from './containerd';
import { startProgram, untilReady, type Program } from './program';

const nodeName = 'localhost';
const evictionSignals = ['memory.available', 'nodefs.available', 'nodefs.inodesFree', 'imagefs.available', 'imagefs.inodesFree'];

/** Starts the kubelet of the one node. */
export function startKubelet(folder: string, bin: string, kubeconfig: string, ports: { readonly kubelet: number }): Program {
  mkdirSync(join(folder, 'kubelet'));
  writeFileSync(join(folder, 'kubelet.json'), JSON.stringify(configuration(folder, ports.kubelet), undefined, 2));
  return startProgram(folder, 'kubelet', join(bin, 'kubelet'), [
    '--config', join(folder, 'kubelet.json'),
    '--kubeconfig', kubeconfig,
    '--root-dir', join(folder, 'kubelet'),
    '--cert-dir', join(folder, 'kubelet', 'pki'),
    // These two keep everything on loopback: no address is taken from an interface, and the API server reaches the kubelet as `localhost`.
    '--hostname-override', nodeName,
    '--cloud-provider', 'external',
  ]);
}

/** Waits until the node is ready, and takes off the taint that a cloud provider would take off. */
export async function untilNodeReady(api: KubeApi, programs: readonly Program[]): Promise<void> {
  const path = `/api/v1/nodes/${nodeName}`;
  await untilReady('the node has joined', programs, async () => (await api.request('GET', path)).status === 200 || undefined);
  await api.mustRequest('PATCH', path, { spec: { taints: null } }, { 'content-type': 'application/merge-patch+json' });
  await untilReady('the node is Ready', programs, async () => {
    const { spec, status } = (await api.mustRequest('GET', path)).body as {
      spec: { taints?: object[] }; status: { conditions?: { type: string; status: string }[] };
    };
    const ready = status.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') ?? false;
    return (ready && (spec.taints ?? []).length === 0) || undefined;
  });
}

function configuration(folder: string, port: number): object {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address: '127.0.0.1',
    port,
    readOnlyPort: 0,
    healthzPort: 0,
    authentication: { anonymous: { enabled: true }, webhook: { enabled: false } },
    authorization: { mode: 'AlwaysAllow' },
    containerRuntimeEndpoint: `unix://${containerdSocket(folder)}`,
    cgroupDriver: 'cgroupfs',
    cgroupsPerQOS: false,
    enforceNodeAllocatable: [],
    failCgroupV1: false,
    failSwapOn: false,
    localStorageCapacityIsolation: false,
    makeIPTablesUtilChains: false,
    // No image may vanish because the developer's disk is full, and no pod be evicted.
    imageGCHighThresholdPercent: 100,
    evictionHard: Object.fromEntries(evictionSignals.map((signal) => [signal, '0%'])),
    volumePluginDir: join(folder, 'volume-plugins'),
    podLogsDir: join(folder, 'pod-logs'),
    // Otherwise a test that pulls the bytes of a preloaded image makes the kubelet refuse the preloaded one from then on.
    imagePullCredentialsVerificationPolicy: 'NeverVerify',
    // Nobody answers there; without it, each pod with the default DNS policy would get a warning event.
    clusterDNS: ['10.96.0.10'],
    clusterDomain: 'cluster.local',
  };
}
