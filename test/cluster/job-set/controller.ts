import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '../../../src/port/cluster-port';
import type { TestCluster } from '../api';
import { freePorts } from '../harness/free-ports';
import { create, objectsOf, pathOf } from '../harness/objects';
import { startProgram, untilReady } from '../harness/program';
import { programsFolder } from '../harness/programs-folder';

/** A cluster of the harness: its webhooks can be on this machine's loopback. */
export type OwnCluster = TestCluster & { readonly folder: string };

/** The label of a namespace whose JobSets go through the webhooks. */
export const hookedLabel = 'cdk8s-jobs-test-job-sets';

/**
 * Starts JobSet's controller against a cluster, on loopback, and returns what ends it again.
 *
 * Its webhooks answer with the certificate of the API server, which is good for 127.0.0.1 and holds its own authority.
 * @throws {ClusterUnavailableError} with the end of its log when it does not start
 */
export async function startJobSetController(cluster: OwnCluster, program: string, sources: string): Promise<() => Promise<void>> {
  const { api } = cluster;
  const ports = await freePorts(['webhook', 'health']);
  const folder = programsFolder(cluster, 'job-set');
  const certificates = join(folder.path, 'certificates');
  mkdirSync(certificates);
  for (const [from, to] of [['apiserver.crt', 'tls.crt'], ['apiserver.key', 'tls.key']] as const) {
    copyFileSync(join(cluster.folder, 'certificates', from), join(certificates, to));
  }
  writeFileSync(join(folder.path, 'settings.json'), JSON.stringify(settings(certificates, ports)));
  const environment = { KUBECONFIG: cluster.kubeconfig };
  const controller = startProgram(folder.path, 'job-set', folder.link('job-set', program), ['--config', 'settings.json'], environment);
  await untilReady('JobSet is ready', [controller], async () => {
    const answer = await fetch(`http://127.0.0.1:${ports.health}/readyz`).catch(() => undefined);
    return answer?.ok === true ? true : undefined;
  });
  const authority = readFileSync(join(certificates, 'tls.crt')).toString('base64');
  const webhooks = webhooksOf(sources, `https://127.0.0.1:${ports.webhook}`, authority);
  for (const object of webhooks) await create(api, '', object);
  return async () => {
    for (const { kind = '', metadata } of webhooks) await api.mustRequest('DELETE', `${pathOf(kind, '')}/${metadata?.name}`);
    folder.end();
  };
}

function settings(certDir: string, ports: { readonly webhook: number; readonly health: number }): object {
  return {
    apiVersion: 'config.jobset.x-k8s.io/v1alpha1',
    kind: 'Configuration',
    health: { healthProbeBindAddress: `127.0.0.1:${ports.health}` },
    metrics: { bindAddress: '0' },
    webhook: { host: '127.0.0.1', port: ports.webhook, certDir },
    leaderElection: { leaderElect: false },
    internalCertManagement: { enable: false },
  };
}

interface Webhook {
  readonly clientConfig: { readonly service: { readonly path: string } };
}

/** JobSet's own webhooks of JobSets, as it is shipped, for namespaces with the label of the tests. */
function webhooksOf(sources: string, server: string, caBundle: string): KubernetesObject[] {
  return objectsOf(readFileSync(join(sources, 'config/components/webhook/manifests.yaml'), 'utf8')).map((object) => {
    const webhooks = (object as unknown as { readonly webhooks: readonly Webhook[] }).webhooks
      .filter(({ clientConfig: { service: { path } } }) => path.endsWith('jobset'))
      .map((webhook) => ({
        ...webhook,
        clientConfig: { url: `${server}${webhook.clientConfig.service.path}`, caBundle },
        namespaceSelector: { matchLabels: { [hookedLabel]: 'true' } },
      }));
    return { ...object, metadata: { name: `jobset-${object.metadata?.name}` }, webhooks };
  });
}
