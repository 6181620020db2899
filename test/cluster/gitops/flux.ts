import { startArtifactServer, type Artifact } from './artifacts';
import { fluxDefinitions, fluxVerdict, gitRepository, kustomization, kustomizationName, sourceStatus, type KustomizationStatus } from './flux-objects';
import type { GitOpsProgram, KustomizationSettings } from './tool';
import { createNamespace, deleteNamespace, list, tryGet, type TestCluster } from '../api';
import type { BuiltTool } from '../harness/built-tool';
import { installDefinitions } from '../harness/definitions';
import { freePorts } from '../harness/free-ports';
import { create, patch, pathOf } from '../harness/objects';
import { startProgram, untilReady } from '../harness/program';
import { programsFolder } from '../harness/programs-folder';

const everything: readonly KustomizationSettings[] = [{ path: '' }];

/**
 * Starts Flux's kustomize-controller against a cluster, on loopback.
 *
 * Its sources are made by hand: an archive on a server of ours, and the status that source-controller would write.
 * @throws {ClusterUnavailableError} with the end of its log when it does not start
 */
export async function startFlux(cluster: TestCluster, { program, sources }: BuiltTool): Promise<GitOpsProgram> {
  const { api } = cluster;
  const removeDefinitions = await installDefinitions(cluster, fluxDefinitions(sources));
  const home = await createNamespace(cluster, 'flux');
  const artifacts = await startArtifactServer();
  const folder = programsFolder(cluster, 'flux');
  const { metrics, health } = await freePorts(['metrics', 'health']);
  const controller = startProgram(folder.path, 'kustomize-controller', folder.link('kustomize-controller', program), [
    '--metrics-addr', `127.0.0.1:${metrics}`,
    '--health-addr', `127.0.0.1:${health}`,
    '--watch-all-namespaces=false',
    '--concurrent', '10',
    // By default a dependent looks every 30 seconds whether it may start.
    '--requeue-dependency', '2s',
  ], { KUBECONFIG: cluster.kubeconfig, RUNTIME_NAMESPACE: home });
  await untilReady('kustomize-controller is ready', [controller], async () => {
    const answer = await fetch(`http://127.0.0.1:${health}/readyz`).catch(() => undefined);
    return answer?.ok === true ? true : undefined;
  });

  return {
    async follow(namespace, { kustomizations = everything }) {
      let pushed: Artifact | undefined;
      return {
        async push(files) {
          const isFirst = pushed === undefined;
          pushed = artifacts.publish(files);
          if (isFirst) await create(api, home, gitRepository(namespace));
          await patch(api, 'GitRepository', home, namespace, { status: sourceStatus(pushed) }, '/status');
          if (isFirst) for (const each of kustomizations) await create(api, home, kustomization(namespace, each));
        },
        async verdict() {
          const paths = kustomizations.map(({ path }) => `${pathOf('Kustomization', home)}/${kustomizationName(namespace, path)}`);
          const objects = await Promise.all(paths.map((path) => tryGet(api, path)));
          return fluxVerdict(objects.map((object) => object?.status as KustomizationStatus | undefined), pushed?.revision ?? '');
        },
      };
    },
    async stop() {
      folder.end();
      await artifacts.close();
      // Nobody is left to take their finalizers off.
      for (const { metadata: { name } } of await list(api, pathOf('Kustomization', home))) {
        await patch(api, 'Kustomization', home, name, { metadata: { finalizers: null } });
      }
      await deleteNamespace(cluster, home);
      await removeDefinitions();
    },
  };
}
