import { readClusterRecord } from '../harness/cluster-record';
import { endCluster } from '../harness/leftovers';

/** Ends the cluster when `globalSetup` started it. */
function globalTeardown(): void {
  const { KUBECONFIG: kubeconfig, CDK8S_JOBS_TEST_CLUSTER: recordFile } = process.env;
  if (recordFile === undefined || (kubeconfig !== undefined && kubeconfig !== '')) return;
  const { folder } = readClusterRecord(recordFile);
  if (folder !== undefined) endCluster(folder);
}

export = globalTeardown;
