import type { JsonObject } from '../core/json';
import { tryParseTime } from '../core/time';

const nothing: JsonObject = Object.freeze({});

/** The object at a path of field names, or an empty one. */
export function record(value: unknown, ...path: readonly string[]): JsonObject {
  const found = at(value, path);
  return isRecord(found) ? found : nothing;
}

/** The list of objects at a path, without what is no object; empty when there is none. */
export function records(value: unknown, ...path: readonly string[]): readonly JsonObject[] {
  const found = at(value, path);
  return Array.isArray(found) ? found.filter(isRecord) : [];
}

/** The text at a path, undefined when it is missing, empty or no text. */
export function text(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** The texts of the list at a path. */
export function texts(value: unknown, ...path: readonly string[]): readonly string[] {
  const found = at(value, path);
  return Array.isArray(found) ? found.filter((item): item is string => typeof item === 'string') : [];
}

/** The finite number at a path. */
export function number(value: unknown, ...path: readonly string[]): number | undefined {
  const found = at(value, path);
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}

/** Whether the value at a path is `true`. */
export function isTrue(value: unknown, ...path: readonly string[]): boolean {
  return at(value, path) === true;
}

/** Whether there is anything but null at a path. */
export function isSet(value: unknown, ...path: readonly string[]): boolean {
  const found = at(value, path);
  return found !== undefined && found !== null;
}

/** The condition of a type in `status.conditions`, or undefined. */
export function condition(object: unknown, type: string): JsonObject | undefined {
  return records(object, 'status', 'conditions').find((candidate) => candidate.type === type);
}

/** The condition of a type when its status is True. */
export function trueCondition(object: unknown, type: string): JsonObject | undefined {
  const found = condition(object, type);
  return found?.status === 'True' ? found : undefined;
}

/** The instant of an RFC 3339 text at a path in seconds since 1970. */
export function seconds(value: unknown, ...path: readonly string[]): number | undefined {
  const instant = tryParseTime(text(value, ...path));
  return instant === undefined ? undefined : instant / 1000;
}

function at(value: unknown, path: readonly string[]): unknown {
  let found: unknown = value;
  for (const name of path) {
    if (!isRecord(found) || !Object.hasOwn(found, name)) return undefined;
    found = found[name];
  }
  return found;
}

function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Whether one version of an object is older than, or the same as, another.
 *
 * Resource versions that are no whole numbers cannot be compared: then none is older.
 */
export function isStale(version: string | undefined, latest: string | undefined): boolean {
  if (version === undefined || latest === undefined) return false;
  if (version === latest) return true;
  if (!/^\d{1,30}$/.test(version) || !/^\d{1,30}$/.test(latest)) return false;
  return BigInt(version) < BigInt(latest);
}
