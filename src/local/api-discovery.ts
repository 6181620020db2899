import { given } from '../core/given';
import type { Resource } from '../port/cluster-port';
import { resources } from '../port/resources';

const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

/** Short names, as `kubectl get po` uses them. */
const shortNames: Readonly<Record<string, readonly string[]>> = {
  pods: ['po'],
  cronjobs: ['cj'],
  events: ['ev'],
  configmaps: ['cm'],
  serviceaccounts: ['sa'],
  namespaces: ['ns'],
  persistentvolumeclaims: ['pvc'],
  services: ['svc'],
};
const inAll: ReadonlySet<string> = new Set(['pods', 'jobs', 'cronjobs', 'services']);

/** Whether a client that accepts this wants all groups in one document. */
export function wantsAggregated(accept: string | undefined): boolean {
  return /\bg=apidiscovery\.k8s\.io;v=v2;as=APIGroupDiscoveryList\b/.test(accept ?? '');
}

/** The media type of such a document. */
export const aggregatedType = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/**
 * The answer to a discovery request; undefined for any other path.
 *
 * @source staging/src/k8s.io/apiserver/pkg/endpoints/discovery (v1.37)
 */
export function discoveryDocument(path: string, aggregated: boolean): object | undefined {
  switch (path) {
    case '/api': return aggregated ? groupList('v1') : { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] };
    case '/apis': return aggregated ? groupList('batch/v1') : { kind: 'APIGroupList', apiVersion: 'v1', groups: [batchGroup] };
    case '/apis/batch': return { kind: 'APIGroup', apiVersion: 'v1', ...batchGroup };
    case '/api/v1': return resourceList('v1');
    case '/apis/batch/v1': return resourceList('batch/v1');
    default: return undefined;
  }
}

const batchVersion = { groupVersion: 'batch/v1', version: 'v1' };
const batchGroup = { name: 'batch', versions: [batchVersion], preferredVersion: batchVersion };

function resourceList(apiVersion: string): object {
  const listed = resources.filter((resource) => resource.apiVersion === apiVersion).flatMap((resource) => {
    const { plural, kind, namespaced } = resource;
    const parts = partsOf(resource).map((part) => ({ name: `${plural}/${part}`, singularName: '', namespaced, kind, verbs: ['get'] }));
    return [{ name: plural, singularName: kind.toLowerCase(), namespaced, kind, verbs, ...extrasOf(plural) }, ...parts];
  });
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: apiVersion, resources: listed };
}

function groupList(apiVersion: string): object {
  const [group, version = group] = apiVersion.split('/');
  const listed = resources.filter((resource) => resource.apiVersion === apiVersion).map((resource) => {
    const { plural, kind, namespaced } = resource;
    const responseKind = { group: group === version ? '' : group, version, kind };
    return {
      resource: plural,
      responseKind,
      scope: namespaced ? 'Namespaced' : 'Cluster',
      singularResource: kind.toLowerCase(),
      verbs,
      ...extrasOf(plural),
      subresources: partsOf(resource).map((part) => ({ subresource: part, responseKind, verbs: ['get'] })),
    };
  });
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items: [{ metadata: group === version ? {} : { name: group }, versions: [{ version, resources: listed, freshness: 'Current' }] }],
  };
}

function extrasOf(plural: string): object {
  const names = shortNames[plural];
  return { ...given({ shortNames: names }), ...(inAll.has(plural) ? { categories: ['all'] } : {}) };
}

/** The parts of an object that can be read by a path of their own. */
function partsOf({ plural }: Resource): readonly string[] {
  if (plural === 'pods') return ['log', 'status'];
  return plural === 'jobs' || plural === 'cronjobs' ? ['status'] : [];
}
