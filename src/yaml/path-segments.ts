import { FieldPath } from '../core/field-path';

/** Fields whose entries are named by users: their keys are printed in brackets, as the API server prints them. */
const mapFields: ReadonlySet<string> = new Set([
  'annotations', 'binaryData', 'capacity', 'data', 'labels', 'limits', 'matchLabels', 'nodeSelector', 'options', 'overhead', 'requests',
  'stringData', 'volumeAttributes',
]);

/** The path of an entry of the object at `path`, whose own name is `parentName`: `spec.parallelism`, `metadata.labels[app]`. */
export function entryPath(path: FieldPath, parentName: string | number | undefined, key: string): FieldPath {
  const isField = /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(key) && !(typeof parentName === 'string' && mapFields.has(parentName));
  return isField ? path.child(key) : path.key(key);
}

/** The keys and positions on the way to a field: `spec.containers[0].name` is `['spec', 'containers', 0, 'name']`. */
export function parseFieldPath(field: string): Array<string | number> {
  const segments: Array<string | number> = [];
  // A key in brackets may hold dots, slashes and even brackets; it ends at a bracket before a dot, another bracket or the end.
  for (const match of field.matchAll(/\[(.*?)\](?=[.[]|$)|([^.[]+)/gs)) {
    const [, bracketed, name] = match;
    segments.push(bracketed === undefined ? name ?? '' : /^(?:0|[1-9]\d*)$/.test(bracketed) ? Number(bracketed) : bracketed);
  }
  return segments;
}
