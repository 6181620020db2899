import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../../src/port/cluster-port';
import type { KubeApi } from '../kube-api';

const resources: Readonly<Record<string, string>> = {
  Application: '/apis/argoproj.io/v1alpha1/*/applications',
  AppProject: '/apis/argoproj.io/v1alpha1/*/appprojects',
  ClusterQueue: '/apis/kueue.x-k8s.io/v1beta2/clusterqueues',
  ConfigMap: '/api/v1/*/configmaps',
  CustomResourceDefinition: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
  GitRepository: '/apis/source.toolkit.fluxcd.io/v1/*/gitrepositories',
  Job: '/apis/batch/v1/*/jobs',
  Kustomization: '/apis/kustomize.toolkit.fluxcd.io/v1/*/kustomizations',
  LocalQueue: '/apis/kueue.x-k8s.io/v1beta2/*/localqueues',
  MutatingWebhookConfiguration: '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations',
  Namespace: '/api/v1/namespaces',
  Pod: '/api/v1/*/pods',
  ResourceFlavor: '/apis/kueue.x-k8s.io/v1beta2/resourceflavors',
  Secret: '/api/v1/*/secrets',
  Service: '/api/v1/*/services',
  ValidatingWebhookConfiguration: '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations',
  Workload: '/apis/kueue.x-k8s.io/v1beta2/*/workloads',
  WorkloadPriorityClass: '/apis/kueue.x-k8s.io/v1beta2/workloadpriorityclasses',
};

/** The path of the objects of a kind in a namespace; in all of them where it is empty. */
export function pathOf(kind: string, namespace: string): string {
  const path = resources[kind];
  if (path === undefined) throw new Error(`Cannot tell the path of ${kind}`);
  return namespace === '' ? path.replace('/*', '') : path.replace('*', `namespaces/${namespace}`);
}

/** Creates an object in a namespace; a kind without namespaces ignores it. */
export async function create(api: KubeApi, namespace: string, object: KubernetesObject): Promise<void> {
  await api.mustRequest('POST', pathOf(object.kind ?? '', namespace), object);
}

/** Changes an object by a merge patch; `subresource` such as `/status`. */
export async function patch(api: KubeApi, kind: string, namespace: string, name: string, change: object, subresource = ''): Promise<void> {
  await api.mustRequest('PATCH', `${pathOf(kind, namespace)}/${name}${subresource}`, change, { 'content-type': 'application/merge-patch+json' });
}

/** The objects of a text of YAML. */
export function objectsOf(text: string): KubernetesObject[] {
  return parseAllDocuments(text).map((document) => document.toJS() as KubernetesObject);
}
