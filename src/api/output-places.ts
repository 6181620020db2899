import { kindInBatch, kinds } from './kinds';
import { FieldPath } from '../core/field-path';
import { asObject, isObject } from '../core/json';

/** A place of a Job in which outputs are filled in: a text whose variables the kubelet expands, or one that it takes as it is. */
type OutputPlaceKind = 'expanded' | 'plain';

/** Gets a text, where it stands, and what kind of place that is; undefined for one where nothing is filled in. */
type MapText = (text: string, path: FieldPath, place: OutputPlaceKind | undefined) => string;

/** Fields whose keys the user chooses. */
const mapFields: ReadonlySet<unknown> = new Set(['annotations', 'labels', 'matchLabels', 'nodeSelector', 'limits', 'requests']);

/** A manifest with those of its texts replaced that hold `part`, in its order; what stays the same is shared. */
export function mapTexts(manifest: unknown, part: string, map: MapText): unknown {
  // Most manifests hold none, and then no path is needed.
  if (!holdsText(manifest, part)) return manifest;
  const placeOf = placesOf(manifest);
  const steps: Array<string | number> = [];
  const walk = (value: unknown, path: FieldPath): unknown => {
    if (typeof value === 'string') return value.includes(part) ? map(value, path, placeOf(steps.join('.'))) : value;
    if (Array.isArray(value)) {
      const items = value.map((item, position) => step(item, position, path.index(position)));
      return items.some((item, position) => item !== value[position]) ? items : value;
    }
    if (!isObject(value)) return value;
    const isMap = mapFields.has(steps.at(-1));
    const pathOf = (name: string): FieldPath => (isMap ? path.key(name) : path.child(name));
    const entries = Object.entries(value).map(([name, item]) => [name, step(item, name, pathOf(name))] as const);
    return entries.some(([name, item]) => item !== value[name]) ? Object.fromEntries(entries) : value;
  };
  const step = (value: unknown, name: string | number, path: FieldPath): unknown => {
    steps.push(name);
    const mapped = walk(value, path);
    steps.pop();
    return mapped;
  };
  return walk(manifest, FieldPath.root);
}

function holdsText(value: unknown, part: string): boolean {
  if (typeof value === 'string') return value.includes(part);
  if (Array.isArray(value)) return value.some((item) => holdsText(item, part));
  if (!isObject(value)) return false;
  for (const name in value) if (holdsText(value[name], part)) return true;
  return false;
}

/** The kind of a place by its path with dots: values of variables, arguments, commands, and annotations of the Job and of its pods. */
function placesOf(manifest: unknown): (path: string) => OutputPlaceKind | undefined {
  const { jobSpec, podTemplate } = kindInBatch(asObject(manifest)) ?? kinds.Job;
  const annotations = [[...jobSpec.slice(0, -1), 'metadata'], [...podTemplate, 'metadata']].map((path) => `${path.join('.')}.annotations.`);
  const ofContainer = new RegExp(`^${podTemplate.join('\\.')}\\.spec\\.(?:initContainers|containers)\\.\\d+\\.(?:(?:args|command)\\.\\d+|env\\.\\d+\\.value)$`);
  return (path) => {
    if (annotations.some((start) => path.startsWith(start))) return 'plain';
    return ofContainer.test(path) ? 'expanded' : undefined;
  };
}
