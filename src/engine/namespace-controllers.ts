import type { Controller } from './controller';
import { objectKey } from './keys';
import type { StoredMetadata, StoredObject } from './objects';
import type { Store } from './store';
import { createOwn, deleteObject, referenceTo, removeIfFreed } from './writes';
import { namespaces, resources, serviceAccounts } from '../port/resources';

/**
 * The controller that empties namespaces which are being deleted, and lets them go once nothing is left in them.
 *
 * Unlike the real one it does not order kinds: all are deleted at once.
 *
 * @source pkg/controller/namespace/deletion/namespaced_resources_deleter.go Delete (v1.37)
 */
export const namespaceController: Controller = {
  name: 'namespace',

  watch({ type, resource, object, key }, store, queue) {
    if (resource === namespaces) {
      if (type !== 'DELETED' && isGoing(object)) queue.add('namespace', key);
      return;
    }
    if (type !== 'DELETED' || !store.isAnyGoing) return;
    const namespace = objectKey(namespaces, undefined, object.metadata.namespace);
    if (isGoing(store.get(namespace))) queue.add('namespace', namespace);
  },

  reconcile(store, key) {
    const namespace = store.get(key);
    if (namespace === undefined || !isGoing(namespace)) return true;
    const { name } = namespace.metadata;
    for (const object of contentOf(store, name)) {
      if (!isGoing(object)) deleteObject(store, { reference: referenceTo(object), propagationPolicy: 'Background', uid: object.metadata.uid });
    }
    if (contentOf(store, name).length === 0) removeIfFreed(store, store.replace({ ...namespace, spec: {} }));
    return true;
  },
};

/**
 * The controller that gives each namespace the service account `default`, also when it was deleted.
 *
 * @source pkg/controller/serviceaccount/serviceaccounts_controller.go syncNamespace (v1.37)
 */
export const serviceAccountController: Controller = {
  name: 'service-account',
  watches: [namespaces, serviceAccounts],

  watch({ type, resource, object, key }, _store, queue) {
    if (resource === namespaces && type !== 'DELETED') queue.add('service-account', key);
    if (type === 'DELETED' && resource === serviceAccounts) queue.add('service-account', objectKey(namespaces, undefined, object.metadata.namespace));
  },

  reconcile(store, key) {
    const namespace = store.get(key);
    if (namespace === undefined || isGoing(namespace)) return true;
    const { apiVersion, kind } = serviceAccounts;
    if (store.get(objectKey(serviceAccounts, namespace.metadata.name, 'default')) === undefined) {
      createOwn(store, { apiVersion, kind, metadata: { name: 'default', namespace: namespace.metadata.name } });
    }
    return true;
  },
};

function isGoing(object: { readonly metadata: StoredMetadata } | undefined): boolean {
  return object?.metadata.deletionTimestamp !== undefined;
}

/** Everything in a namespace. */
function contentOf(store: Store, name: string): readonly StoredObject[] {
  const objects = resources.filter(({ namespaced }) => namespaced).flatMap((resource) => store.list(resource));
  return objects.filter(({ metadata }) => metadata.namespace === name);
}
