import type { Resource } from './cluster-port';
import { kueueGroup, kueueVersions } from '../api/kueue';

/** batch/v1 Jobs. */
export const jobs: Resource = { apiVersion: 'batch/v1', kind: 'Job', plural: 'jobs', namespaced: true };

/** batch/v1 CronJobs. */
export const cronJobs: Resource = { apiVersion: 'batch/v1', kind: 'CronJob', plural: 'cronjobs', namespaced: true };

/** Core pods. */
export const pods: Resource = { apiVersion: 'v1', kind: 'Pod', plural: 'pods', namespaced: true };

/** Core events, as controllers and kubelets write them. */
export const events: Resource = { apiVersion: 'v1', kind: 'Event', plural: 'events', namespaced: true };

/** Core config maps, which pods may refer to. */
export const configMaps: Resource = { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true };

/** Core secrets, which pods may refer to. */
export const secrets: Resource = { apiVersion: 'v1', kind: 'Secret', plural: 'secrets', namespaced: true };

/** Core service accounts, which pods may run as. */
export const serviceAccounts: Resource = { apiVersion: 'v1', kind: 'ServiceAccount', plural: 'serviceaccounts', namespaced: true };

/** Core namespaces. */
export const namespaces: Resource = { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces', namespaced: false };

/** Core persistent volume claims, which pods may refer to. */
const persistentVolumeClaims: Resource = {
  apiVersion: 'v1', kind: 'PersistentVolumeClaim', plural: 'persistentvolumeclaims', namespaced: true,
};

/** Core services, by which pods are found. */
export const services: Resource = { apiVersion: 'v1', kind: 'Service', plural: 'services', namespaced: true };

/** What Kueue keeps for a Job in a queue, in each version of its API, newest first; only clusters with Kueue have it. */
export const workloads: readonly Resource[] = kueueVersions.map((version) => ({
  apiVersion: `${kueueGroup}/${version}`, kind: 'Workload', plural: 'workloads', namespaced: true,
}));

/** Every kind that this package can read and write, in reading order. */
export const resources: readonly Resource[] = [
  jobs, cronJobs, pods, events, configMaps, secrets, serviceAccounts, namespaces, persistentVolumeClaims, services,
];

/** A resource as messages name it, with its group: `jobs.batch`, `pods`. */
export function qualifiedName({ apiVersion, plural }: Resource): string {
  const [group, version] = apiVersion.split('/');
  return version === undefined ? plural : `${plural}.${group}`;
}

/** The resource of an object by its `apiVersion` and `kind`, or undefined for a kind that this package does not know. */
export function tryFindResource(apiVersion: unknown, kind: unknown): Resource | undefined {
  const found = byKind.get(kind);
  return found?.apiVersion === apiVersion ? found : undefined;
}

const byKind: ReadonlyMap<unknown, Resource> = new Map(resources.map((resource) => [resource.kind, resource]));
