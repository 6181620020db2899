import { join } from 'node:path';
import { startProgram, type Program } from './program';

/** Where etcd listens. */
export interface EtcdPorts {
  readonly etcd: number;
  readonly etcdPeers: number;
}

/** Starts etcd with its data in `folder`, on loopback. */
export function startEtcd(folder: string, ports: EtcdPorts): Program {
  const clients = etcdUrl(ports);
  const peers = `http://127.0.0.1:${ports.etcdPeers}`;
  return startProgram(folder, 'etcd', 'etcd', [
    '--data-dir', join(folder, 'etcd'),
    '--listen-client-urls', clients,
    '--advertise-client-urls', clients,
    '--listen-peer-urls', peers,
    '--initial-advertise-peer-urls', peers,
    '--initial-cluster', `default=${peers}`,
    // The data need not survive a crash.
    '--unsafe-no-fsync',
  ]);
}

/** The URL under which the API server finds etcd. */
export function etcdUrl({ etcd }: EtcdPorts): string {
  return `http://127.0.0.1:${etcd}`;
}
