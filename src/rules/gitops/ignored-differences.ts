/** What an Application says about fields in which Git and the cluster may differ: its `ignoreDifferences`. */
import { asObject, isObject, type JsonObject } from '../../core/json';

/** The way to a value: keys of objects and places in lists; `*` stands for every item of a list. */
export type ValuePath = readonly string[];

/** The differences that an Application ignores. */
export interface IgnoredDifferences {
  /** Whether a sync leaves these fields alone too; otherwise they only start none. */
  readonly inSyncs: boolean;
  /** The fields of an object that are ignored. */
  readonly pathsOf: (object: object) => readonly ValuePath[];
  /** The expressions that concern an object and cannot be read here: jq beyond fields and items, and managers of fields. */
  readonly unreadOf: (object: object) => readonly string[];
}

/**
 * Reads `ignoreDifferences`. Group and kind may hold `*` and `?`; without a name or namespace an entry holds for all.
 *
 * @source argoproj/argo-cd util/argo/normalizers/diff_normalizer.go Normalize (v3.2.11)
 */
export function readIgnoredDifferences(written: unknown, inSyncs: boolean): IgnoredDifferences {
  const entries = listOf(written).map(asObject);
  const entriesOf = (object: object): JsonObject[] => entries.filter((entry) => isAbout(entry, object));
  return {
    inSyncs,
    pathsOf: (object) => entriesOf(object).flatMap(({ jsonPointers, jqPathExpressions }) => [
      ...textsOf(jsonPointers).map(pathOfPointer),
      ...textsOf(jqPathExpressions).map(pathOfExpression).filter((path) => path !== undefined),
    ]),
    unreadOf: (object) => entriesOf(object).flatMap(({ jqPathExpressions, managedFieldsManagers }) => [
      ...textsOf(jqPathExpressions).filter((text) => pathOfExpression(text) === undefined), ...textsOf(managedFieldsManagers),
    ]),
  };
}

/** A copy of an object in which some values are those of another one; where that has none, there is none. */
export function withValuesOf(other: object, object: object, paths: readonly ValuePath[]): object {
  const copy = structuredClone(object);
  for (const path of paths) copyValue(other, copy, path);
  return copy;
}

function copyValue(from: unknown, to: unknown, [key = '', ...rest]: ValuePath): void {
  if (key === '*') {
    if (Array.isArray(from) && Array.isArray(to)) for (const index of to.keys()) copyValue(from, to, [String(index), ...rest]);
    return;
  }
  if (!isContainer(to) || (from !== undefined && !isContainer(from))) return;
  const [source, target] = [(from ?? {}) as Record<string, unknown>, to as Record<string, unknown>];
  if (rest.length > 0) {
    // A way that only one of them has: there is nothing to leave as it is, unless all of it is missing.
    if (Object.hasOwn(target, key)) copyValue(source[key], target[key], rest);
    else if (valueAtPath(source[key], rest) !== undefined) target[key] = structuredClone(source[key]);
    return;
  }
  if (source[key] !== undefined) target[key] = structuredClone(source[key]);
  else if (!Array.isArray(to)) Reflect.deleteProperty(target, key);
}

function valueAtPath(value: unknown, path: ValuePath): unknown {
  return path.reduce<unknown>((inner, key) => (isContainer(inner) ? (inner as Record<string, unknown>)[key] : undefined), value);
}

function isContainer(value: unknown): value is object {
  return isObject(value) || Array.isArray(value);
}

function isAbout({ group, kind, name, namespace }: JsonObject, object: object): boolean {
  const { apiVersion, kind: ownKind, metadata } = asObject(object);
  const own = asObject(metadata);
  const ownGroup = String(apiVersion ?? '').includes('/') ? String(apiVersion).split('/')[0] ?? '' : '';
  return matches(group, ownGroup) && matches(kind, String(ownKind)) && isAll(name, own.name) && isAll(namespace, own.namespace);
}

function isAll(wanted: unknown, own: unknown): boolean {
  return wanted === undefined || wanted === '' || wanted === own;
}

/** Whether a pattern of names fits; a missing one is that of the core group. */
function matches(pattern: unknown, text: string): boolean {
  const words = String(pattern ?? '').replace(/[\\^$+.()|[\]{}]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${words}$`).test(text);
}

/** The way to a value that a JSON pointer names. */
export function pathOfPointer(pointer: string): ValuePath {
  return pointer.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The path of an expression of jq that names fields and items; undefined for one that computes something. */
function pathOfExpression(text: string): ValuePath | undefined {
  const step = /^(?:\.?\[\]|\.?\[(\d+)\]|\.?\["([^"]*)"\]|\."([^"]*)"|\.([A-Za-z_]\w*))\??/;
  const path: string[] = [];
  for (let rest = text.trim(); rest !== '';) {
    const found = step.exec(rest);
    if (found === null) return undefined;
    path.push(found.slice(1).find((part) => part !== undefined) ?? '*');
    rest = rest.slice(found[0].length);
  }
  return path.length === 0 ? undefined : path;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value as readonly unknown[] : [];
}

function textsOf(value: unknown): string[] {
  return listOf(value).filter((item) => typeof item === 'string');
}
