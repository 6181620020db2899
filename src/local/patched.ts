import { jsonPatch, mergePatch } from './merge';
import { strategicMerge } from './strategic-merge';
import type { KubernetesObject, PatchType } from '../port/cluster-port';

/** The object after a patch of a kind. */
export function patched(live: KubernetesObject, patch: unknown, type: PatchType): KubernetesObject {
  switch (type) {
    case 'merge': return mergePatch(live, patch) as KubernetesObject;
    case 'json': return jsonPatch(live, patch as Parameters<typeof jsonPatch>[1]) as KubernetesObject;
    case 'strategic': return strategicMerge(live, patch, String(live.kind)) as KubernetesObject;
  }
}

/**
 * A Secret as it is stored: `stringData` is write-only, and becomes `data`.
 *
 * @source pkg/apis/core/v1/conversion.go Convert_v1_Secret_To_core_Secret (v1.37)
 */
export function withEncodedTexts(object: KubernetesObject): KubernetesObject {
  const { stringData, ...rest } = object;
  if (object.kind !== 'Secret' || typeof stringData !== 'object' || stringData === null) return object;
  const encoded = Object.entries(stringData).map(([name, text]) => [name, Buffer.from(String(text)).toString('base64')]);
  return { ...rest, data: { ...(rest.data as object | undefined), ...Object.fromEntries(encoded) as object } };
}
