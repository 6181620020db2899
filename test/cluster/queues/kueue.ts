import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  certificateSecret, hookedLabel, kueueDefinitions, kueueHome, kueueSettings, kueueWebhooks, queueObjects, sharedObjects,
} from './kueue-objects';
import { createNamespace, deleteNamespace, list, tryGet, until, type TestCluster } from '../api';
import { type BuiltTool, buildTool } from '../harness/built-tool';
import { installDefinitions } from '../harness/definitions';
import { freePorts } from '../harness/free-ports';
import type { Say } from '../harness/go-build';
import { create, patch, pathOf } from '../harness/objects';
import { startProgram, untilReady } from '../harness/program';
import { programsFolder } from '../harness/programs-folder';

/** A Kueue that runs. */
export interface Kueue {
  /** Whether its webhooks see Jobs: the API server must reach this machine's loopback for that. */
  readonly hasWebhooks: boolean;
  /** Makes a namespace with a queue `team` of so much processor time, and a queue `dangling` whose ClusterQueue is missing. */
  openQueue(cpu: string): Promise<string>;
  /** Ends the namespace and the queue. */
  closeQueue(namespace: string): Promise<void>;
  /** Ends the program and takes away what it put into the cluster. */
  stop(): Promise<void>;
}

/**
 * Builds Kueue's controller, or finds it built.
 *
 * @throws {ClusterUnavailableError} when there is no Go, a module is not to be had, or the build fails
 */
export function buildKueue(say: Say): Promise<BuiltTool> {
  return buildTool(join(__dirname, 'kueue'), 'sigs.k8s.io/kueue/cmd/kueue', 'sigs.k8s.io/kueue', say);
}

/**
 * Starts Kueue against a cluster, on loopback.
 *
 * It makes the certificate of its webhooks itself and keeps it in a Secret; the harness puts that into its folder, as a kubelet would.
 * @throws {ClusterUnavailableError} with the end of its log when it does not start
 */
export async function startKueue(cluster: TestCluster, { program, sources }: BuiltTool): Promise<Kueue> {
  const { api } = cluster;
  const hasWebhooks = cluster.folder !== undefined;
  const home = await createNamespace(cluster, 'kueue');
  const ports = await freePorts(['webhook', 'health']);
  const removeDefinitions = await installDefinitions(cluster, kueueDefinitions(sources, home));
  for (const object of kueueHome(ports.webhook)) await create(api, home, object);
  const webhooks = hasWebhooks ? kueueWebhooks(sources, home, ports.webhook) : [];
  for (const object of webhooks) await create(api, home, object);

  const folder = programsFolder(cluster, 'kueue');
  const certificates = join(folder.path, 'certificates');
  mkdirSync(certificates);
  writeFileSync(join(folder.path, 'settings.json'), JSON.stringify(kueueSettings(home, certificates, ports)));
  const environment = { KUBECONFIG: cluster.kubeconfig };
  const controller = startProgram(folder.path, 'kueue', folder.link('kueue', program), ['--config', 'settings.json'], environment);
  const files = await untilReady('Kueue has a certificate', [controller], async () => {
    const secret = await tryGet(api, `${pathOf('Secret', home)}/${certificateSecret}`);
    return (secret as { readonly data?: Readonly<Record<string, string>> } | undefined)?.data;
  });
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(certificates, name), Buffer.from(content, 'base64'), { mode: 0o600 });
  }
  await untilReady('Kueue is ready', [controller], async () => {
    const answer = await fetch(`http://127.0.0.1:${ports.health}/readyz`).catch(() => undefined);
    return answer?.ok === true ? true : undefined;
  });
  // Its webhooks listen a moment after it says that it is ready.
  for (const object of sharedObjects()) {
    await untilReady('Kueue takes objects', [controller], () => create(api, '', object).then(() => true, () => undefined));
  }

  return {
    hasWebhooks,
    async openQueue(cpu) {
      const namespace = await createNamespace(cluster, 'queue');
      await patch(api, 'Namespace', '', namespace, { metadata: { labels: { [hookedLabel]: 'true' } } });
      for (const object of queueObjects(namespace, cpu)) await create(api, namespace, object);
      await until(`the queue of ${namespace} is active`, async () => {
        const queue = await tryGet(api, `${pathOf('LocalQueue', namespace)}/team`);
        const conditions = (queue?.status?.conditions ?? []) as ReadonlyArray<Readonly<Record<'type' | 'status', string>>>;
        return conditions.some(({ type, status }) => type === 'Active' && status === 'True') || undefined;
      });
      return namespace;
    },
    async closeQueue(namespace) {
      await deleteNamespace(cluster, namespace);
      await api.mustRequest('DELETE', `${pathOf('ClusterQueue', '')}/${namespace}`);
    },
    async stop() {
      await until('Kueue has let go of all Workloads', async () => (await list(api, pathOf('Workload', ''))).length === 0 || undefined);
      for (const { kind = '', metadata } of webhooks) await api.mustRequest('DELETE', `${pathOf(kind, '')}/${metadata?.name}`);
      for (const { kind = '', metadata } of sharedObjects()) await api.mustRequest('DELETE', `${pathOf(kind, '')}/${metadata?.name}`);
      folder.end();
      // Nobody is left to take their finalizers off.
      for (const kind of ['ClusterQueue', 'ResourceFlavor']) {
        const names = (await list(api, pathOf(kind, ''))).map(({ metadata }) => metadata.name);
        for (const name of names) await patch(api, kind, '', name, { metadata: { finalizers: null } });
      }
      await deleteNamespace(cluster, home);
      await removeDefinitions();
    },
  };
}
