import { startCluster } from '../harness/cluster';
import { recordOfKubeconfig } from '../harness/cluster-record';
import { ClusterUnavailableError } from '../harness/errors';

/** Gives the tests a cluster, once for all of them: the one of KUBECONFIG, or one of our own; `testCluster()` in ../api.ts finds it. */
async function globalSetup(): Promise<void> {
  const { KUBECONFIG: kubeconfig } = process.env;
  try {
    process.env.CDK8S_JOBS_TEST_CLUSTER = kubeconfig === undefined || kubeconfig === '' ? (await startCluster()).recordFile : recordOfKubeconfig(kubeconfig);
  } catch (error) {
    if (!(error instanceof ClusterUnavailableError)) throw error;
    // One clear line, without the stack that Jest would show.
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

export = globalSetup;
