import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { isAttached } from './attached';
import { additionsTo } from './render/additions';
import { asObject } from '../core/json';
import type { HashOptions } from '../gitops/content-hash';
import { keyOf } from '../gitops/references';

/** The ConfigMaps and Secrets of an app, by kind and name, in the order of the tree. */
type Contents = ReadonlyMap<string, readonly ApiObject[]>;

/** What was found when the app was walked, and how often something had been added to it by then. */
const walked = new WeakMap<IConstruct, { readonly additions: number | undefined; readonly contents: Contents }>();

/** Finds the ConfigMaps and Secrets that an app has in a namespace, as they will be written. */
export function contentOfApp({ node: { root } }: IConstruct, namespace: unknown): HashOptions['find'] {
  return (kind, name) => {
    for (const object of contentsOf(root).get(keyOf({ kind, name })) ?? []) {
      if (!isAttached(object)) continue;
      const manifest: unknown = object.toJson();
      if (namespaceOf(manifest) === (namespace ?? '')) return manifest;
    }
    return undefined;
  };
}

/** Walks the app, unless nothing was added since the last time. */
function contentsOf(root: IConstruct): Contents {
  const additions = additionsTo(root);
  const last = walked.get(root);
  if (last !== undefined && additions !== undefined && last.additions === additions) return last.contents;
  const contents = new Map<string, ApiObject[]>();
  for (const object of root.node.findAll()) {
    if (!ApiObject.isApiObject(object) || object.apiVersion !== 'v1') continue;
    const { kind, name } = object;
    if (kind === 'ConfigMap' || kind === 'Secret') contents.set(keyOf({ kind, name }), [...contents.get(keyOf({ kind, name })) ?? [], object]);
  }
  walked.set(root, { additions, contents });
  return contents;
}

function namespaceOf(manifest: unknown): unknown {
  return asObject(asObject(manifest).metadata).namespace ?? '';
}
