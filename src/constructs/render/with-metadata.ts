import { asObject, type JsonObject } from '../../core/json';

/** What is added to rendered metadata. */
interface Addition {
  /** In place of the rendered name. */
  readonly name?: string;
  /** Beside the rendered annotations, and over those of the same keys. */
  readonly annotations?: JsonObject;
  /** Beside the rendered labels, and over those of the same keys. */
  readonly labels?: JsonObject;
}

/** A rendered manifest with another name, more annotations and more labels; their keys are in order, as cdk8s writes them. */
export function withMetadata(manifest: unknown, { annotations = {}, labels = {}, ...name }: Addition): JsonObject {
  const rendered = asObject(manifest);
  const metadata = asObject(rendered.metadata);
  return { ...rendered, metadata: sortedFields({ ...metadata, ...name, ...joined('annotations', metadata, annotations), ...joined('labels', metadata, labels) }) };
}

/** A field of metadata with more entries; nothing where it has none. */
function joined(field: 'annotations' | 'labels', metadata: JsonObject, more: JsonObject): JsonObject {
  const all = sortedFields({ ...asObject(metadata[field]), ...more });
  return Object.keys(all).length === 0 ? {} : { [field]: all };
}

/** The fields of an object in the order of their names, as cdk8s writes them. */
export function sortedFields(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.keys(fields).sort().map((key) => [key, fields[key]]));
}
