/**
 * Objects of cdk8s-plus (28 or newer) where a native value would stand, recognised by structure: no version of cdk8s-plus is imported.
 *
 * | object | where | becomes |
 * |---|---|---|
 * | Container, Volume | `containers`, `initContainers`, `volumes` | what it renders |
 * | EnvValue | `env[].value`, `env[].valueFrom` | its value or source |
 * | Secret, ConfigMap, ServiceAccount, claim | where a name or a reference stands | its name |
 */
import { Lazy } from 'cdk8s';
import { PropsWay, type WayFault } from './props-way';
import { fields } from '../api/fields';
import { type Fields } from '../api/to-manifest';

/** A value as it will be rendered, and whether rendering it again can give something else. */
export interface Native {
  readonly value: unknown;
  /** It holds objects that are asked at every rendering: Lazy, tokens, containers of cdk8s-plus. */
  readonly live: boolean;
  /** Where it holds itself, or has no end; what stood there is left out of `value`. */
  readonly faults: readonly WayFault[];
}

/** A copy of `value`, an object of the API type `type`, with what objects of cdk8s-plus and Lazy values stand for. */
export function toNative(value: unknown, type: string): Native {
  const walk: Walk = { way: new PropsWay(), live: false, rendered: false };
  return { value: convert(value, type, walk), live: walk.live, faults: walk.way.faults };
}

interface Walk {
  /** From the root to the value that is being converted. */
  readonly way: PropsWay;
  live: boolean;
  /** Within what cdk8s-plus has rendered: its field names spell `hostIP` as `hostIp`. */
  rendered: boolean;
}

function convert(value: unknown, type: string | undefined, walk: Walk): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (!walk.way.enter(value)) return undefined;
  const converted = convertEntered(value, type, walk);
  walk.way.leave();
  return converted;
}

function convertEntered(value: object, type: string | undefined, walk: Walk): unknown {
  if (Array.isArray(value)) return convertElements(value, type === undefined ? undefined : partsOf(type).element, walk);
  if (isPlain(value)) return convertFields(value as Fields, type, walk);
  walk.live = true;
  return convertObject(value as Fields, type, walk);
}

function convertElements(list: readonly unknown[], type: string | undefined, walk: Walk): unknown {
  return list.map((element, position) => {
    walk.way.step = position;
    return convert(element, type, walk);
  });
}

function convertFields(value: Fields, type: string | undefined, walk: Walk): unknown {
  const copy: Record<string, unknown> = {};
  const shapes = type === undefined ? undefined : fields[type];
  const mapType = type === undefined ? undefined : partsOf(type).value;
  for (const written of Object.keys(value)) {
    const entry = value[written];
    if (entry === undefined) continue;
    const name = walk.rendered && shapes !== undefined ? nativeName(written, shapes) : written;
    walk.way.step = name;
    if (typeof entry !== 'object') copy[name] = entry;
    else if (type === 'v1.EnvVar' && isEnvValue(entry)) Object.assign(copy, convertEnvValue(entry as Fields, walk));
    else copy[name] = convert(entry, mapType ?? typeOf(shapes?.[name]), walk);
  }
  return copy;
}

/** What an object stands for where a `type` is wanted. cdk8s is left to say that it cannot render an object that nobody knows. */
function convertObject(object: Fields, type: string | undefined, walk: Walk): unknown {
  if (object instanceof Lazy) return convert(object.produce(), type, walk);
  const { _toKube: render, resolve, name, node, value } = object;
  if (typeof resolve === 'function') return convert(resolve.call(object), type, walk);
  if (typeof render === 'function' && (type === 'v1.Container' || type === 'v1.Volume')) {
    return convertRendered(render.call(object), type, walk);
  }
  if (typeof name === 'string' && typeof node === 'object') return type === undefined ? name : reference(name, type);
  if ((type === 'IntOrString' || type === 'Quantity') && value !== undefined) return value;
  return object;
}

function convertRendered(value: unknown, type: string, walk: Walk): unknown {
  const outer = walk.rendered;
  walk.rendered = true;
  const converted = convert(value, type, walk);
  walk.rendered = outer;
  return converted;
}

function convertEnvValue({ value, valueFrom }: Fields, walk: Walk): Fields {
  walk.live = true;
  return valueFrom === undefined ? { value } : { valueFrom: convertRendered(valueFrom, 'v1.EnvVarSource', walk) };
}

function isEnvValue(entry: unknown): boolean {
  return typeof entry === 'object' && entry !== null && !isPlain(entry) && !(entry instanceof Lazy) && ('value' in entry || 'valueFrom' in entry);
}

/** Whatever refers to an object by name alone. */
const referenceFields: Fields = { 'v1.SecretVolumeSource': 'secretName', 'v1.PersistentVolumeClaimVolumeSource': 'claimName' };

function reference(name: string, type: string): unknown {
  return type in fields ? { [String(referenceFields[type] ?? 'name')]: name } : name;
}

/** What a list or a map is made of. */
interface TypeParts {
  readonly element: string | undefined;
  readonly value: string | undefined;
}

const partsByType = new Map<string, TypeParts>();

/** The parts of a type, `v1.EnvVar` of `v1.EnvVar[]`; the answer is kept. */
function partsOf(type: string): TypeParts {
  let parts = partsByType.get(type);
  if (parts === undefined) {
    const element = type.endsWith('[]') ? type.slice(0, -2) : undefined;
    const value = type.startsWith('map<') ? type.slice('map<string, '.length, -1) : undefined;
    partsByType.set(type, parts = { element, value });
  }
  return parts;
}

const typesByShape = new Map<string, string>();

/** The type of a shape: `v1.EnvVar[] list=map(name)` is a `v1.EnvVar[]`; the answer is kept. */
function typeOf(shape: string | undefined): string | undefined {
  if (shape === undefined) return undefined;
  let type = typesByShape.get(shape);
  if (type === undefined) {
    const end = shape.startsWith('map<') ? shape.indexOf('>') + 1 : shape.indexOf(' ');
    typesByShape.set(shape, type = end <= 0 ? shape : shape.slice(0, end));
  }
  return type;
}

function nativeName(written: string, shapes: Readonly<Record<string, string>>): string {
  if (written in shapes) return written;
  const lowerCase = written.toLowerCase();
  return Object.keys(shapes).find((name) => name.toLowerCase() === lowerCase) ?? written;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
