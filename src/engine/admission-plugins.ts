import type { Answer, AdmissionPlugin } from './world';
import { isPod } from '../api/kinds';
import { isObject } from '../core/json';
import type { KubernetesObject, ObjectReference } from '../port/cluster-port';
import { namespaces, serviceAccounts } from '../port/resources';

/** How a plugin looks up an object of the cluster. */
type Find = (reference: ObjectReference) => KubernetesObject | undefined;

/** A new object, and the resource and namespace that it is to have. */
interface NewObject {
  readonly object: KubernetesObject;
  /** As messages name it: `jobs.batch`. */
  readonly resource: string;
  /** Empty for an object that is in none. */
  readonly namespace: string;
}

/** What the admission plugins that are on answer to a new object; undefined: they let it in. */
export function findRefusal(plugins: readonly AdmissionPlugin[], made: NewObject, find: Find): Answer<never> | undefined {
  for (const plugin of plugins) {
    const refusal = plugin === 'NamespaceLifecycle' ? refusedByNamespace(made, find) : refusedByServiceAccount(made, find);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

/** @source staging/src/k8s.io/apiserver/pkg/admission/plugin/namespace/lifecycle/admission.go Lifecycle.Admit (v1.37) */
function refusedByNamespace(made: NewObject, find: Find): Answer<never> | undefined {
  if (made.namespace === '') return undefined;
  const namespace = find({ resource: namespaces, name: made.namespace });
  if (namespace === undefined) return { code: 404, reason: 'NotFound', message: `namespaces "${made.namespace}" not found` };
  if (namespace.metadata?.deletionTimestamp === undefined) return undefined;
  return forbidden(made, `unable to create new content in namespace ${made.namespace} because it is being terminated`);
}

/** @source plugin/pkg/admission/serviceaccount/admission.go Plugin.Admit (v1.37) */
function refusedByServiceAccount(made: NewObject, find: Find): Answer<never> | undefined {
  if (!isPod(made.object)) return undefined;
  const name = serviceAccountOf(made.object);
  if (find({ resource: serviceAccounts, namespace: made.namespace, name }) !== undefined) return undefined;
  return forbidden(made, `error looking up service account ${made.namespace}/${name}: serviceaccount "${name}" not found`);
}

/** What the admission plugins that are on answer to a deletion; undefined: they let it through. */
export function findDeletionRefusal(plugins: readonly AdmissionPlugin[], { resource, name }: ObjectReference): Answer<never> | undefined {
  if (resource !== namespaces || !immortal.includes(name) || !plugins.includes('NamespaceLifecycle')) return undefined;
  return { code: 403, reason: 'Forbidden', message: `namespaces "${name}" is forbidden: this namespace may not be deleted` };
}

/** The namespaces that cannot be deleted. */
const immortal = ['default', 'kube-public', 'kube-system'];

/** The service account that a pod runs as. */
function serviceAccountOf({ spec }: KubernetesObject): string {
  const { serviceAccountName, serviceAccount } = isObject(spec) ? spec : {};
  const [name = 'default'] = [serviceAccountName, serviceAccount].filter((text): text is string => typeof text === 'string' && text !== '');
  return name;
}

function forbidden({ object, resource }: NewObject, why: string): Answer<never> {
  const { name = '', generateName = '' } = object.metadata ?? {};
  return { code: 403, reason: 'Forbidden', message: `${resource} "${name === '' ? generateName : name}" is forbidden: ${why}` };
}
