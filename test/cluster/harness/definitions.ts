import { create, pathOf } from './objects';
import type { KubernetesObject } from '../../../src/port/cluster-port';
import { type TestCluster, tryGet, until } from '../api';

/** Puts those CustomResourceDefinitions into a cluster that it does not have, and returns what takes them away again. */
export async function installDefinitions({ api }: TestCluster, definitions: readonly KubernetesObject[]): Promise<() => Promise<void>> {
  const installed: string[] = [];
  for (const definition of definitions) {
    const path = `${pathOf('CustomResourceDefinition', '')}/${definition.metadata?.name}`;
    if (await tryGet(api, path) !== undefined) continue;
    await create(api, '', definition);
    installed.push(path);
  }
  for (const path of installed) {
    await until(`${path} is served`, async () => {
      const conditions = ((await tryGet(api, path))?.status?.conditions ?? []) as Array<{ type: string; status: string }>;
      return conditions.some(({ type, status }) => type === 'Established' && status === 'True') || undefined;
    });
  }
  return async () => {
    for (const path of installed) await api.mustRequest('DELETE', path);
  };
}

/** A definition that takes any object: for kinds that a tool reads and whose own controller does not run. */
export function openDefinition(group: string, version: string, kind: string, plural: string): KubernetesObject {
  const schema = { openAPIV3Schema: { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, listKind: `${kind}List`, plural, singular: kind.toLowerCase() },
      versions: [{ name: version, served: true, storage: true, schema, subresources: { status: {} } }],
    },
  } as KubernetesObject;
}
