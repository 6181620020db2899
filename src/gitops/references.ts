import type { Decoded } from '../api/decoded';
import type { Container, PodSpec, Volume } from '../api/kubernetes';

/** The kinds of objects that hold what the pods of a Job read. */
export type ContentKind = 'ConfigMap' | 'Secret';

/** An object that a pod reads, in its own namespace. */
interface Reference {
  readonly kind: ContentKind;
  readonly name: string;
}

/**
 * The ConfigMaps and Secrets that the containers of a pod read, as variables or as files, each once, sorted by kind and name.
 *
 * Not those that only the kubelet reads: `imagePullSecrets`, and the credentials of volume drivers.
 */
export function referencesOf(pod: Decoded<PodSpec>): Reference[] {
  const containers = [...pod.initContainers ?? [], ...pod.containers ?? []];
  const found = new Map<string, Reference>();
  for (const [kind, name] of [...containers.flatMap(referencesOfContainer), ...(pod.volumes ?? []).flatMap(referencesOfVolume)]) {
    if (name !== undefined && name !== '') found.set(keyOf({ kind, name }), { kind, name });
  }
  return [...found.keys()].sort().flatMap((key) => found.get(key) ?? []);
}

/** How an object is called among those that a pod reads: `ConfigMap/settings`. */
export function keyOf({ kind, name }: Reference): string {
  return `${kind}/${name}`;
}

type Named = readonly [ContentKind, string | undefined];

function referencesOfContainer({ env = [], envFrom = [] }: Decoded<Container>): Named[] {
  return [
    ...env.flatMap(({ valueFrom }): Named[] => [['ConfigMap', valueFrom?.configMapKeyRef?.name], ['Secret', valueFrom?.secretKeyRef?.name]]),
    ...envFrom.flatMap(({ configMapRef, secretRef }): Named[] => [['ConfigMap', configMapRef?.name], ['Secret', secretRef?.name]]),
  ];
}

function referencesOfVolume({ configMap, secret, projected }: Decoded<Volume>): Named[] {
  return [
    ['ConfigMap', configMap?.name],
    ['Secret', secret?.secretName],
    ...(projected?.sources ?? []).flatMap((source): Named[] => [['ConfigMap', source.configMap?.name], ['Secret', source.secret?.name]]),
  ];
}
