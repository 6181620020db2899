/**
 * Objects of cdk8s and cdk8s-plus (28 or newer) where a native value would stand, recognised by structure: no version of cdk8s-plus is
 * imported.
 *
 * | object | where | becomes |
 * |---|---|---|
 * | Container, Volume | `containers`, `initContainers`, `volumes` | what it renders |
 * | EnvValue | `env[].value`, `env[].valueFrom` | its value or source |
 * | Secret, ConfigMap, ServiceAccount, claim | where a name or a reference stands | its name |
 * | Size, Cpu | where a quantity stands | the quantity |
 * | Duration | where a number of seconds stands | the seconds |
 */
import { Lazy } from 'cdk8s';
import { amountOf, secondsOf } from './amounts';
import { deepestProps, PropsWay, type WayFault } from './props-way';
import { copyPlain, notPlain, sortNames, sortsKeys } from './render/plain-json';
import { type Field, parseField, partOf } from '../api/field-entry';
import { fieldsOfType, isKnownType } from '../api/field-table';
import { isPlainObject, type JsonObject } from '../core/json';

/** A value as it will be rendered, and whether rendering it again can give something else. */
interface Native {
  /** Without empty fields and with keys in order, as cdk8s writes them: what is not live needs no further rendering. */
  readonly value: unknown;
  /** Whether it holds objects that are asked again at every rendering: Lazy, tokens, containers of cdk8s-plus. */
  readonly live: boolean;
  /** Where it contains itself or never ends; what stood there is left out of `value`. */
  readonly faults: readonly WayFault[];
}

/** A copy of `value`, an object of the API type `type`, with what objects of cdk8s-plus and Lazy values stand for. */
export function toNative(value: unknown, type: string): Native {
  const isSorted = sortsKeys();
  const plain = copyPlain(value, isSorted, deepestProps);
  if (plain !== notPlain) return { value: plain, live: false, faults: none };
  const walk: Walk = { way: new PropsWay(), live: false, rendered: false, isSorted };
  return { value: convert(value, parseField(type), walk), live: walk.live, faults: walk.way.faults };
}

const none: readonly WayFault[] = [];

interface Walk {
  /** From the root to the value that is being converted. */
  readonly way: PropsWay;
  live: boolean;
  /** Whether the walk is within what cdk8s-plus has rendered: there `hostIP` is spelled `hostIp`. */
  rendered: boolean;
  /** Whether keys are put in order. */
  readonly isSorted: boolean;
}

function convert(value: unknown, field: Field | undefined, walk: Walk): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (!walk.way.enter(value)) return undefined;
  const converted = convertEntered(value, field, walk);
  walk.way.leave();
  return converted;
}

function convertEntered(value: object, field: Field | undefined, walk: Walk): unknown {
  if (Array.isArray(value)) return convertElements(value, field?.holds === 'list' ? partOf(field) : undefined, walk);
  if (isPlainObject(value)) return convertFields(value, field, walk);
  walk.live = true;
  return convertObject(value as JsonObject, field, walk);
}

function convertElements(list: readonly unknown[], element: Field | undefined, walk: Walk): unknown {
  const copy: unknown[] = [];
  // By hand: a list of one is the most common, and a function for it costs more than the list.
  for (let position = 0; position < list.length; position += 1) {
    walk.way.step = position;
    copy.push(convert(list[position], element, walk) ?? undefined);
  }
  return copy;
}

function convertFields(value: JsonObject, field: Field | undefined, walk: Walk): unknown {
  const copy: Record<string, unknown> = {};
  const type = typeOf(field);
  const fields = type === undefined ? undefined : fieldsOfType(type);
  const mapped = field?.holds === 'map' ? partOf(field) : undefined;
  const names = Object.keys(value);
  if (walk.isSorted) sortNames(names);
  for (const written of names) {
    const entry = value[written];
    if (entry === undefined || entry === null) continue;
    const name = walk.rendered && fields !== undefined ? nativeName(written, fields) : written;
    walk.way.step = name;
    if (typeof entry !== 'object') copy[name] = entry;
    else if (type === 'v1.EnvVar' && isEnvValue(entry)) Object.assign(copy, convertEnvValue(entry as JsonObject, walk));
    else copy[name] = convert(entry, mapped ?? timedField(name, fields?.get(name)), walk);
  }
  return copy;
}

/** What an object stands for where `field` is wanted. An unknown object is left to cdk8s, which says that it cannot render it. */
function convertObject(object: JsonObject, field: Field | undefined, walk: Walk): unknown {
  if (object instanceof Lazy) return convert(object.produce(), field, walk);
  const { _toKube: render, resolve, name, node, value } = object;
  if (typeof resolve === 'function') return convert(resolve.call(object), field, walk);
  const type = typeOf(field);
  if (typeof render === 'function' && (type === 'v1.Container' || type === 'v1.Volume')) {
    return convertRendered(render.call(object), type, walk);
  }
  if (typeof name === 'string' && typeof node === 'object') return type === undefined ? name : reference(name, type);
  if (type === 'Quantity') return amountOf(object) ?? value ?? object;
  if (type === seconds.type) return secondsOf(object) ?? object;
  if (type === 'IntOrString' && value !== undefined) return value;
  return object;
}

/** What a Duration may stand for: fields of whole numbers that are named for their unit, and no others. */
const seconds = parseField('seconds');

function timedField(name: string, field: Field | undefined): Field | undefined {
  return (field?.type === 'int32' || field?.type === 'int64') && /seconds/i.test(name) ? seconds : field;
}

function convertRendered(value: unknown, type: string, walk: Walk): unknown {
  const outer = walk.rendered;
  walk.rendered = true;
  const converted = convert(value, parseField(type), walk);
  walk.rendered = outer;
  return converted;
}

function convertEnvValue({ value, valueFrom }: JsonObject, walk: Walk): JsonObject {
  walk.live = true;
  return valueFrom === undefined ? { value } : { valueFrom: convertRendered(valueFrom, 'v1.EnvVarSource', walk) };
}

function isEnvValue(entry: unknown): boolean {
  return typeof entry === 'object' && entry !== null && !isPlainObject(entry) && !(entry instanceof Lazy) && ('value' in entry || 'valueFrom' in entry);
}

/** The field that holds the name, by type, where an object is referred to by name alone; `name` for every other type. */
const referenceFields: JsonObject = { 'v1.SecretVolumeSource': 'secretName', 'v1.PersistentVolumeClaimVolumeSource': 'claimName' };

function reference(name: string, type: string): unknown {
  return isKnownType(type) ? { [String(referenceFields[type] ?? 'name')]: name } : name;
}

/** The type of a single value; undefined for a list, a map, and an unknown field. */
function typeOf(field: Field | undefined): string | undefined {
  return field?.holds === 'value' ? field.type : undefined;
}

function nativeName(written: string, fields: ReadonlyMap<string, Field>): string {
  if (fields.has(written)) return written;
  const lowerCase = written.toLowerCase();
  return [...fields.keys()].find((name) => name.toLowerCase() === lowerCase) ?? written;
}
