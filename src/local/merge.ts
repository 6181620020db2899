import { fieldsOfServedType } from './service-fields';
import { type Field, partOf } from '../api/field-entry';
import { isObject, type JsonObject } from '../core/json';

/** Any JSON value. */
export type Json = unknown;

/**
 * The merge of an applied manifest into a live object, as server-side apply with one manager: given fields win, fields that the last
 * applied manifest had and this one has not go, all others stay. Lists with keys (`containers` by `name`) merge by key.
 *
 * @source KEP-555 server-side apply
 */
export function applyManifest(live: JsonObject, lastApplied: JsonObject | undefined, applied: JsonObject): JsonObject {
  return mergeObject(live, lastApplied ?? {}, applied, `v1.${String(applied.kind)}`);
}

/**
 * A JSON merge patch: null removes, objects merge, anything else replaces.
 *
 * @source RFC 7386
 */
export function mergePatch(target: Json, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const result: Record<string, Json> = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = mergePatch(result[name], value);
  }
  return result;
}

/** One operation of a JSON patch. */
interface Operation {
  readonly op: string;
  readonly path: string;
  readonly value?: Json;
}

/**
 * A JSON patch of the operations `add`, `replace`, `remove` and `test`.
 *
 * @throws {RangeError} when a path leads nowhere, a test fails or an operation is unknown.
 * @source RFC 6902
 */
export function jsonPatch(target: Json, operations: readonly Operation[]): Json {
  return operations.reduce((document, operation) => applyOperation(document, operation.path.split('/').slice(1).map(unescape), operation), target);
}

function unescape(segment: string): string {
  return segment.replace(/~1/g, '/').replace(/~0/g, '~');
}

function applyOperation(target: Json, path: readonly string[], operation: Operation): Json {
  const [head, ...rest] = path;
  if (head === undefined) {
    if (operation.op === 'test' && JSON.stringify(target) !== JSON.stringify(operation.value)) throw new RangeError(`test of ${operation.path} failed`);
    return operation.op === 'test' ? target : operation.value;
  }
  if (Array.isArray(target)) return applyToList(target, head, rest, operation);
  if (!isObject(target)) throw new RangeError(`path ${operation.path} leads nowhere`);
  if (rest.length > 0) return { ...target, [head]: applyOperation(target[head], rest, operation) };
  if (operation.op === 'remove') {
    if (!(head in target)) throw new RangeError(`path ${operation.path} leads nowhere`);
    const { [head]: _removed, ...others } = target;
    return others;
  }
  if (operation.op === 'replace' && !(head in target)) throw new RangeError(`path ${operation.path} leads nowhere`);
  return { ...target, [head]: applyOperation(target[head], [], operation) };
}

function applyToList(target: readonly Json[], head: string, rest: readonly string[], operation: Operation): Json {
  const position = head === '-' ? target.length : Number(head);
  if (!Number.isInteger(position) || position < 0 || position > target.length) throw new RangeError(`path ${operation.path} leads nowhere`);
  const copy = [...target];
  if (rest.length > 0) copy[position] = applyOperation(target[position], rest, operation);
  else if (operation.op === 'add') copy.splice(position, 0, operation.value);
  else if (operation.op === 'remove') copy.splice(position, 1);
  else copy[position] = applyOperation(target[position], [], operation);
  return copy;
}

function mergeObject(live: JsonObject, last: JsonObject, applied: JsonObject, type: string): JsonObject {
  const result: Record<string, Json> = { ...live };
  for (const name of Object.keys(last)) if (!(name in applied)) delete result[name];
  for (const [name, value] of Object.entries(applied)) {
    const field = fieldsOfServedType(type).get(name) ?? fieldsOfServedType('ObjectMeta').get(name);
    result[name] = mergeValue(live[name], last[name], value, field);
  }
  return result;
}

function mergeValue(live: Json, last: Json, applied: Json, field: Field | undefined): Json {
  if (isObject(live) && isObject(applied) && field?.map !== 'atomic') {
    return mergeObject(live, isObject(last) ? last : {}, applied, field?.type ?? '');
  }
  if (field?.list === 'map' && Array.isArray(live) && Array.isArray(applied)) {
    return mergeList(live, Array.isArray(last) ? last : [], applied, field);
  }
  return applied;
}

/** What a key is where an item does not say it. @source staging/src/k8s.io/api/core/v1/types.go ContainerPort and ServicePort (v1.37) */
const keyDefaults: Readonly<Record<string, Json>> = { protocol: 'TCP' };

function mergeList(live: readonly Json[], last: readonly Json[], applied: readonly Json[], list: Field): Json[] {
  const keyOf = (item: Json): string => {
    return JSON.stringify(list.keys.map((key) => (isObject(item) ? item[key] ?? keyDefaults[key] : undefined)));
  };
  const find = (items: readonly Json[], key: string): Json => items.find((item) => keyOf(item) === key);
  const merged = applied.map((item) => {
    const key = keyOf(item);
    return mergeValue(find(live, key) ?? item, find(last, key), item, partOf(list));
  });
  const named = new Set([...applied, ...last].map(keyOf));
  return [...merged, ...live.filter((item) => !named.has(keyOf(item)))];
}
