import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '../../../src/port/cluster-port';
import { objectsOf } from '../harness/objects';

/** Where its webhooks are reached, in the namespace of Kueue; the prefix of the names that Kueue looks for. */
const service = 'kueue-webhook-service';

/** The Secret in which Kueue puts the certificate of its webhooks. */
export const certificateSecret = 'kueue-webhook-server-cert';

/** The label of a namespace whose Jobs go through the webhooks. */
export const hookedLabel = 'cdk8s-jobs-test-queues';

/** The ResourceFlavor of all queues of the tests. */
export const flavor = 'cdk8s-jobs-test';

/** The WorkloadPriorityClass that goes first. */
export const highPriority = 'cdk8s-jobs-test-high';

/** Kueue's definitions; it insists on a conversion of some, to put its certificate there. */
export function kueueDefinitions(sources: string, namespace: string): KubernetesObject[] {
  const folder = join(sources, 'config', 'components', 'crd', 'bases');
  const conversion = {
    strategy: 'Webhook',
    webhook: { clientConfig: { service: { name: service, namespace, path: '/convert' } }, conversionReviewVersions: ['v1'] },
  };
  return readdirSync(folder).flatMap((name) => objectsOf(readFileSync(join(folder, name), 'utf8')))
    .map((definition) => ({ ...definition, spec: { ...definition.spec as object, conversion } }));
}

/** What Kueue's webhooks are reached by: a name of this machine, and a Secret for the certificate that Kueue makes. */
export function kueueHome(port: number): KubernetesObject[] {
  return [
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: certificateSecret } },
    { apiVersion: 'v1', kind: 'Service', metadata: { name: service }, spec: { type: 'ExternalName', externalName: 'localhost', ports: [{ port }] } },
  ];
}

interface Webhook {
  readonly clientConfig: { readonly service: { readonly path: string } };
}

/** Kueue's own webhooks of Jobs and of its own kinds, as it is shipped, for namespaces with the label of the tests. */
export function kueueWebhooks(sources: string, namespace: string, port: number): KubernetesObject[] {
  const objects = objectsOf(readFileSync(join(sources, 'config', 'components', 'webhook', 'manifests.yaml'), 'utf8'));
  return objects.map((object) => {
    const webhooks = (object as unknown as { readonly webhooks: readonly Webhook[] }).webhooks
      .filter(({ clientConfig: { service: { path } } }) => /kueue-x-k8s-io|batch-v1-job/.test(path))
      .map((webhook) => ({
        ...webhook,
        clientConfig: { service: { ...webhook.clientConfig.service, name: service, namespace, port } },
        namespaceSelector: { matchLabels: { [hookedLabel]: 'true' } },
      }));
    return { ...object, metadata: { name: `kueue-${object.metadata?.name}` }, webhooks };
  });
}

/** The settings of Kueue: Jobs of batch/v1 alone, everything on loopback. */
export function kueueSettings(namespace: string, certDir: string, ports: { readonly webhook: number; readonly health: number }): object {
  return {
    apiVersion: 'config.kueue.x-k8s.io/v1beta2',
    kind: 'Configuration',
    namespace,
    health: { healthProbeBindAddress: `127.0.0.1:${ports.health}` },
    metrics: { bindAddress: '0' },
    webhook: { host: '127.0.0.1', port: ports.webhook, certDir },
    leaderElection: { leaderElect: false },
    internalCertManagement: { enable: true, webhookServiceName: service, webhookSecretName: certificateSecret },
    integrations: { frameworks: ['batch/job'] },
    // It would want an aggregated API.
    featureGates: { VisibilityOnDemand: false },
  };
}

/** What all queues of the tests share. */
export function sharedObjects(): KubernetesObject[] {
  const apiVersion = 'kueue.x-k8s.io/v1beta2';
  return [
    { apiVersion, kind: 'ResourceFlavor', metadata: { name: flavor } },
    { apiVersion, kind: 'WorkloadPriorityClass', metadata: { name: highPriority }, value: 1000 },
  ];
}

/** A queue `team` with so much processor time, and one that leads nowhere. */
export function queueObjects(namespace: string, cpu: string): KubernetesObject[] {
  const apiVersion = 'kueue.x-k8s.io/v1beta2';
  const resources = [{ name: 'cpu', nominalQuota: cpu }, { name: 'memory', nominalQuota: '1Gi' }];
  return [
    {
      apiVersion,
      kind: 'ClusterQueue',
      metadata: { name: namespace },
      spec: {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
        preemption: { withinClusterQueue: 'LowerPriority' },
        resourceGroups: [{ coveredResources: ['cpu', 'memory'], flavors: [{ name: flavor, resources }] }],
      },
    },
    { apiVersion, kind: 'LocalQueue', metadata: { name: 'team' }, spec: { clusterQueue: namespace } },
    { apiVersion, kind: 'LocalQueue', metadata: { name: 'dangling' }, spec: { clusterQueue: 'nothing' } },
  ];
}
