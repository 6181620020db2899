import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { application, argoCdDefinitions, argoCdSettings, argoCdVerdict, refresh, type ApplicationStatus } from './argo-cd-objects';
import { findProgram } from './find-program';
import { createRepository } from './repository';
import type { GitOpsProgram } from './tool';
import { createNamespace, deleteNamespace, list, tryGet, type TestCluster } from '../api';
import type { BuiltTool } from '../harness/built-tool';
import { installDefinitions } from '../harness/definitions';
import { freePorts } from '../harness/free-ports';
import { create, patch, pathOf } from '../harness/objects';
import { startProgram, untilReady, type Program } from '../harness/program';
import { programsFolder, type ProgramsFolder } from '../harness/programs-folder';

/**
 * Starts Argo CD against a cluster: application controller, repository server and redis, on loopback.
 *
 * Only the controller's metrics listen on every interface: it has no setting for their address.
 * @throws {ClusterUnavailableError} when this machine has no redis-server, or a program does not start
 */
export async function startArgoCd(cluster: TestCluster, { program, sources }: BuiltTool): Promise<GitOpsProgram> {
  const { api } = cluster;
  const redis = findProgram('redis-server');
  const removeDefinitions = await installDefinitions(cluster, argoCdDefinitions(sources));
  const home = await createNamespace(cluster, 'argocd');
  for (const object of argoCdSettings(sources)) await create(api, home, object);
  const folder = programsFolder(cluster, 'argocd');
  await startPrograms(folder, { argocd: folder.link('argocd', program), redis: folder.link('redis-server', redis) }, cluster.kubeconfig, home);

  return {
    async follow(namespace, { application: settings = {} }) {
      const repository = await createRepository(join(folder.path, 'repositories', namespace));
      let pushed: string | undefined;
      return {
        async push(files) {
          const isFirst = pushed === undefined;
          pushed = await repository.commit(files);
          if (isFirst) await create(api, home, application(namespace, repository.url, settings));
          else await patch(api, 'Application', home, namespace, refresh);
        },
        async verdict() {
          const found = await tryGet(api, `${pathOf('Application', home)}/${namespace}`);
          return argoCdVerdict(found?.status as ApplicationStatus | undefined, pushed ?? '');
        },
      };
    },
    async stop() {
      folder.end();
      // Nobody is left to take their finalizers off.
      for (const { metadata: { name } } of await list(api, pathOf('Application', home))) {
        await patch(api, 'Application', home, name, { metadata: { finalizers: null } });
      }
      await deleteNamespace(cluster, home);
      await removeDefinitions();
    },
  };
}

async function startPrograms(
  folder: ProgramsFolder, bin: { readonly argocd: string; readonly redis: string }, kubeconfig: string, home: string,
): Promise<void> {
  const ports = await freePorts(['redis', 'repository', 'repositoryMetrics', 'controllerMetrics']);
  const at = (port: number): string => `127.0.0.1:${port}`;
  const empty = (name: string): string => {
    mkdirSync(join(folder.path, name));
    return join(folder.path, name);
  };
  const redis = startProgram(folder.path, 'redis-server', bin.redis, [
    '--port', String(ports.redis), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no',
    // Its own title would hide whose process it is.
    '--set-proc-title', 'no',
  ]);
  const repositories = startProgram(folder.path, 'argocd-repo-server', bin.argocd, [
    'argocd-repo-server',
    '--redis', at(ports.redis),
    '--disable-tls',
    '--address', '127.0.0.1', '--port', String(ports.repository),
    '--metrics-address', '127.0.0.1', '--metrics-port', String(ports.repositoryMetrics),
    '--revision-cache-expiration', '1s',
  ], {
    ARGOCD_GPG_ENABLED: 'false',
    ARGOCD_TLS_DATA_PATH: empty('tls'),
    ARGOCD_SSH_DATA_PATH: empty('ssh'),
    ARGOCD_PLUGINSOCKFILEPATH: empty('plugins'),
    ARGOCD_ASK_PASS_SOCK: join(folder.path, 'ask'),
    TMPDIR: empty('tmp'),
  });
  const programs = [redis, repositories];
  await untilListening('redis answers', programs, ports.redis);
  await untilListening('the repository server answers', programs, ports.repository);
  const controller = startProgram(folder.path, 'argocd-application-controller', bin.argocd, [
    'argocd-application-controller',
    '--namespace', home,
    '--redis', at(ports.redis),
    '--repo-server', at(ports.repository), '--repo-server-plaintext',
    '--app-resync', '20', '--app-resync-jitter', '0',
    '--metrics-port', String(ports.controllerMetrics),
  ], {
    KUBECONFIG: kubeconfig,
    // The destination https://kubernetes.default.svc then means the cluster of KUBECONFIG.
    ARGOCD_FAKE_IN_CLUSTER: 'true',
    ARGOCD_APPLICATION_CONTROLLER_REPLICAS: '1',
    ARGOCD_TLS_DATA_PATH: join(folder.path, 'tls'),
    ARGOCD_SSH_DATA_PATH: join(folder.path, 'ssh'),
    TMPDIR: join(folder.path, 'tmp'),
  });
  await untilListening('the application controller answers', [...programs, controller], ports.controllerMetrics);
}

async function untilListening(what: string, programs: readonly Program[], port: number): Promise<void> {
  await untilReady(what, programs, () => new Promise<true | undefined>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(undefined));
  }));
}
