import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Where a cluster is, for those who use it; kept as `cluster.json` beside its kubeconfig. */
export interface ClusterRecord {
  /** The file that holds this record. */
  readonly recordFile: string;
  /** An administrator's kubeconfig. */
  readonly kubeconfig: string;
  /** The kubeconfig of a user without any right; undefined on a cluster that is not ours. */
  readonly nobodyKubeconfig?: string;
  /** A kubectl of the cluster's version, or `kubectl` for the one on the path. */
  readonly kubectl: string;
  /** Whether pods run. */
  readonly withNode: boolean;
  /** The folder to end it by; undefined on a cluster that is not ours. */
  readonly folder?: string;
}

const fileName = 'cluster.json';

/** Writes `cluster.json` into a folder. */
export function writeClusterRecord(folder: string, cluster: Omit<ClusterRecord, 'recordFile'>): ClusterRecord {
  const record = { recordFile: join(folder, fileName), ...cluster };
  writeFileSync(record.recordFile, JSON.stringify(record, undefined, 2));
  return record;
}

/** Reads a `cluster.json`. */
export function readClusterRecord(path: string): ClusterRecord {
  return JSON.parse(readFileSync(path, 'utf8')) as ClusterRecord;
}

/** The file with the record of the cluster that a user's kubeconfig names; one that this harness started has it beside the kubeconfig. */
export function recordOfKubeconfig(kubeconfig: string): string {
  const beside = join(dirname(kubeconfig), fileName);
  if (existsSync(beside)) return beside;
  return writeClusterRecord(mkdtempSync(join(tmpdir(), 'cdk8s-jobs-')), { kubeconfig, kubectl: 'kubectl', withNode: true }).recordFile;
}
