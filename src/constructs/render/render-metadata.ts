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

/**
 * The metadata as cdk8s renders it, an order of magnitude faster where it holds only texts; everything else is left to cdk8s.
 *
 * Only for apps that resolve values as usual. The keys are sorted: cdk8s always sorts those of metadata, whatever it has been told.
 */
export function renderMetadata(metadata: ApiObjectMetadataDefinition): unknown {
  if (!hasKnownFields(metadata)) return metadata.toJson();
  const kept = metadata as unknown as Kept;
  const { name, namespace, labels, annotations, finalizers, ownerReferences, _additionalAttributes: more } = kept;
  const isPlain = isTexts(labels) && isTexts(annotations) && isEmptyList(finalizers) && isEmptyList(ownerReferences) && isPlainObject(more);
  if (!isPlain) return metadata.toJson();
  const texts = { ...more, name, namespace, labels: undefined, annotations: undefined, finalizers: undefined, ownerReferences: undefined };
  if (!isTexts(texts)) return metadata.toJson();
  return copyPlain({ ...texts, labels: unlessEmpty(labels), annotations: unlessEmpty(annotations) }, true);
}

function isTexts(value: unknown): value is Readonly<Record<string, string | undefined>> {
  if (!isPlainObject(value)) return false;
  for (const key of Object.keys(value)) if (typeof value[key] !== 'string' && value[key] !== undefined) return false;
  return true;
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function unlessEmpty(texts: Readonly<Record<string, string | undefined>>): unknown {
  for (const key of Object.keys(texts)) if (texts[key] !== undefined) return texts;
  return undefined;
}
