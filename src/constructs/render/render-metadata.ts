import type { ApiObjectMetadataDefinition } from 'cdk8s';
import { hasKnownFields } from './known-cdk8s';
import { copyPlain } from './plain-json';
import { isPlainObject } from '../../core/json';

/** The private fields in which cdk8s keeps metadata. */
interface Kept {
  readonly name?: unknown;
  readonly namespace?: unknown;
  readonly labels?: unknown;
  readonly annotations?: unknown;
  readonly finalizers?: unknown;
  readonly ownerReferences?: unknown;
  readonly _additionalAttributes?: unknown;
}

/** What {@link renderMetadata} reads by itself, whatever else has been added. */
const own: ReadonlySet<string> = new Set(['annotations', 'finalizers', 'labels', 'name', 'namespace', 'ownerReferences']);

/**
 * The metadata as cdk8s renders it, an order of magnitude faster where it holds only texts; everything else is left to cdk8s.
 *
 * Only for apps that resolve values as usual. The keys are sorted: cdk8s always sorts those of metadata, whatever it has been told.
 */
export function renderMetadata(metadata: ApiObjectMetadataDefinition): unknown {
  if (!hasKnownFields(metadata)) return metadata.toJson();
  const { name, namespace, labels, annotations, finalizers, ownerReferences, _additionalAttributes: more } = metadata as unknown as Kept;
  const isPlain = isTexts(labels) && isTexts(annotations) && isEmptyList(finalizers) && isEmptyList(ownerReferences) && isPlainObject(more)
    && isText(name) && isText(namespace);
  if (!isPlain) return metadata.toJson();
  const added = Object.keys(more).filter(isAdded);
  if (added.length > 0) return renderAdded(metadata, added.map((key) => [key, more[key]]));
  const rendered: Record<string, unknown> = {};
  if (holdsSome(annotations)) rendered.annotations = copyPlain(annotations, true);
  if (holdsSome(labels)) rendered.labels = copyPlain(labels, true);
  if (name !== undefined) rendered.name = name;
  if (namespace !== undefined) rendered.namespace = namespace;
  return rendered;
}

function isAdded(key: string): boolean {
  return !own.has(key);
}

/** Metadata with fields beside those that everybody has. */
function renderAdded(metadata: ApiObjectMetadataDefinition, added: ReadonlyArray<readonly [key: string, value: unknown]>): unknown {
  if (!added.every(([, value]) => isText(value))) return metadata.toJson();
  const { name, namespace, labels, annotations } = metadata as unknown as Record<'annotations' | 'labels' | 'name' | 'namespace', unknown>;
  const maps = {
    labels: holdsSome(labels as Texts) ? labels : undefined,
    annotations: holdsSome(annotations as Texts) ? annotations : undefined,
  };
  return copyPlain({ ...Object.fromEntries(added), name, namespace, ...maps }, true);
}

type Texts = Readonly<Record<string, string | undefined>>;

function isText(value: unknown): value is string | undefined {
  return typeof value === 'string' || value === undefined;
}

function isTexts(value: unknown): value is Texts {
  if (!isPlainObject(value)) return false;
  for (const key of Object.keys(value)) if (!isText(value[key])) return false;
  return true;
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function holdsSome(texts: Texts): boolean {
  for (const key of Object.keys(texts)) if (texts[key] !== undefined) return true;
  return false;
}
