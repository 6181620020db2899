import { asObject, isObject } from '../../core/json';

/** What a Kustomization of Flux puts on every object that it applies: its `commonMetadata`. */
export interface CommonMetadata {
  readonly labels: Readonly<Record<string, unknown>>;
  readonly annotations: Readonly<Record<string, unknown>>;
}

/** Reads `commonMetadata`; undefined where there is nothing in it. */
export function readCommonMetadata(written: unknown): CommonMetadata | undefined {
  const [labels, annotations] = [asObject(asObject(written).labels), asObject(asObject(written).annotations)];
  return Object.keys(labels).length + Object.keys(annotations).length === 0 ? undefined : { labels, annotations };
}

/**
 * A manifest as Flux applies it: what is common takes the place of what the object says itself, and templates stay as they are.
 *
 * @source fluxcd/pkg ssa/utils/meta.go SetCommonMetadata (v0.76.2)
 */
export function withCommonMetadata<Manifest>(manifest: Manifest, common: CommonMetadata | undefined): Manifest {
  if (common === undefined || !isObject(manifest)) return manifest;
  const metadata = asObject(manifest.metadata);
  return { ...manifest, metadata: { ...metadata, ...merged('labels'), ...merged('annotations') } };

  function merged(map: 'labels' | 'annotations'): object {
    const own = metadata[map];
    // What is no map is refused before Flux adds anything.
    if (Object.keys(common?.[map] ?? {}).length === 0 || (own !== undefined && own !== null && !isObject(own))) return {};
    return { [map]: { ...asObject(own), ...common?.[map] } };
  }
}

/** Whether a place in a manifest is one that the common metadata fills: `metadata.annotations[…]`, or a key or value in a map. */
export function isCommon(field: string, value: unknown, { labels, annotations }: CommonMetadata): boolean {
  const [, map, key] = /^metadata\.(labels|annotations)(?:\[(.+)\])?$/.exec(field) ?? [];
  // A rule about an annotation of Flux blames it also where a label says the same.
  if (key !== undefined) return Object.hasOwn(annotations, key) || Object.hasOwn(labels, key);
  const entries = map === 'labels' ? Object.entries(labels) : map === 'annotations' ? Object.entries(annotations) : [];
  return entries.some(([name, text]) => value === name || value === text);
}
