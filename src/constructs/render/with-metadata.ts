import { asObject, type JsonObject } from '../../core/json';

/** What is added to rendered metadata. */
interface Addition {
  /** In place of the rendered name. */
  readonly name?: string;
  /** Beside the rendered annotations, and over those of the same keys. */
  readonly annotations?: JsonObject;
}

/** A rendered manifest with another name and more annotations; their keys are in order, as cdk8s writes them. */
export function withMetadata(manifest: unknown, { annotations = {}, ...name }: Addition): JsonObject {
  const rendered = asObject(manifest);
  const metadata = asObject(rendered.metadata);
  const all = sorted({ ...asObject(metadata.annotations), ...annotations });
  const more = Object.keys(all).length === 0 ? {} : { annotations: all };
  return { ...rendered, metadata: sorted({ ...metadata, ...name, ...more }) };
}

function sorted(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.keys(fields).sort().map((key) => [key, fields[key]]));
}
