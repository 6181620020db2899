import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { asObject } from '../core/json';
import type { HashOptions } from '../gitops/content-hash';

/** Finds the ConfigMaps and Secrets that an app has in a namespace, as they will be written. */
export function contentOfApp({ node: { root } }: IConstruct, namespace: unknown): HashOptions['find'] {
  return (kind, name) => {
    for (const construct of root.node.findAll()) {
      if (!ApiObject.isApiObject(construct) || construct.kind !== kind || construct.apiVersion !== 'v1' || construct.name !== name) continue;
      const manifest: unknown = construct.toJson();
      if (namespaceOf(manifest) === (namespace ?? '')) return manifest;
    }
    return undefined;
  };
}

function namespaceOf(manifest: unknown): unknown {
  return asObject(asObject(manifest).metadata).namespace ?? '';
}
