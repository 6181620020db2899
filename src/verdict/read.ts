import { asObject, isObject, type JsonObject, valueAt } from '../core/json';
import { tryParseTime } from '../core/time';

/** The object at a path of field names, or an empty one. */
export function record(value: unknown, ...path: readonly string[]): JsonObject {
  return asObject(valueAt(value, path));
}

/** The objects in the list at a path; empty if there are none. */
export function records(value: unknown, ...path: readonly string[]): readonly JsonObject[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found.filter(isObject) : [];
}

/** The text at a path, or undefined if it is missing, empty or not a text. */
export function text(value: unknown, ...path: readonly string[]): string | undefined {
  const found = valueAt(value, path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** The texts of the list at a path. */
export function texts(value: unknown, ...path: readonly string[]): readonly string[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found.filter((item): item is string => typeof item === 'string') : [];
}

/** The finite number at a path. */
export function number(value: unknown, ...path: readonly string[]): number | undefined {
  const found = valueAt(value, path);
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}

/** Whether the value at a path is `true`. */
export function isTrue(value: unknown, ...path: readonly string[]): boolean {
  return valueAt(value, path) === true;
}

/** Whether there is anything but null at a path. */
export function isSet(value: unknown, ...path: readonly string[]): boolean {
  const found = valueAt(value, path);
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

/** The time at a path, given as RFC 3339, in seconds since 1970. */
export function seconds(value: unknown, ...path: readonly string[]): number | undefined {
  const instant = tryParseTime(text(value, ...path));
  return instant === undefined ? undefined : instant / 1000;
}

/**
 * Whether one version of an object is older than, or the same as, another.
 *
 * Resource versions that are not whole numbers cannot be compared: then neither is older.
 */
export function isStale(version: string | undefined, latest: string | undefined): boolean {
  if (version === undefined || latest === undefined) return false;
  if (version === latest) return true;
  if (!/^\d{1,30}$/.test(version) || !/^\d{1,30}$/.test(latest)) return false;
  return BigInt(version) < BigInt(latest);
}
