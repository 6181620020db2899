import { checkQualifiedName } from '../../api/names';

/**
 * What only quotas count.
 *
 * @source pkg/apis/core/helper/helpers.go (v1.37)
 */
const quotaCounts = [
  'pods', 'services', 'replicationcontrollers', 'resourcequotas', 'secrets', 'configmaps', 'persistentvolumeclaims', 'services.nodeports', 'services.loadbalancers',
];
const containerNames = ['cpu', 'memory', 'ephemeral-storage'];
const standardNames = new Set([
  ...containerNames, ...containerNames.map((name) => `requests.${name}`), ...containerNames.map((name) => `limits.${name}`),
  ...quotaCounts, 'storage', 'requests.storage',
]);

/** A name that has a meaning in Kubernetes itself, if only in quotas. */
export function isStandardResource(name: string): boolean {
  return standardNames.has(name) || isHugePages(name) || name.startsWith('requests.hugepages-');
}

const usualNames: ReadonlySet<string> = new Set(containerNames);

/** What every container and every pod may ask for, in any amount. */
export function isUsual(name: string): boolean {
  return usualNames.has(name);
}

/** A resource without a domain that a container may ask for. */
export function isContainerResource(name: string): boolean {
  return containerNames.includes(name) || isHugePages(name);
}

/** A resource that the pod as a whole may ask for. */
export function isPodResource(name: string): boolean {
  return name === 'cpu' || name === 'memory' || isHugePages(name);
}

/** Memory in pages of a size. */
export function isHugePages(name: string): boolean {
  return name.startsWith('hugepages-');
}

/** A resource of Kubernetes: without a domain, or with one of kubernetes.io. */
export function isNativeResource(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

/** A resource of a third party, such as `example.com/gpu`. */
export function isExtendedResource(name: string): boolean {
  return !isNativeResource(name) && !name.startsWith('requests.') && checkQualifiedName(`requests.${name}`).length === 0;
}

/** A resource that comes in whole pieces. */
export function isInteger(name: string): boolean {
  return quotaCounts.includes(name) || isExtendedResource(name);
}

/** A resource whose limit may exceed its request. */
export function isOvercommitAllowed(name: string): boolean {
  return isNativeResource(name) && !isHugePages(name);
}
