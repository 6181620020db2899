import { isObject } from './json';

/** A field whose value differs; undefined where there is none. */
export interface Difference {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** The deepest fields in which two JSON values differ; list items with names are matched by name. */
export function differences(from: unknown, to: unknown, field = ''): Difference[] {
  if (Array.isArray(from) && Array.isArray(to)) return listDifferences(from, to, field);
  if (!isObject(from) || !isObject(to)) return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ field, from, to }];
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].filter((name) => field !== '' || name !== 'status');
  return names.flatMap((name) => differences(from[name], to[name], field === '' ? name : `${field}.${name}`));
}

function listDifferences(from: readonly unknown[], to: readonly unknown[], field: string): Difference[] {
  const keys = [...new Set([...from, ...to].map((item, index) => nameOf(item) ?? index))];
  const isNamed = [...from, ...to].every((item) => nameOf(item) !== undefined);
  if (!isNamed) {
    return Array.from({ length: Math.max(from.length, to.length) }, (_, index) => differences(from[index], to[index], `${field}[${index}]`)).flat();
  }
  return keys.flatMap((key) => {
    const before = from.find((item) => nameOf(item) === key);
    const after = to.find((item) => nameOf(item) === key);
    const index = (after === undefined ? from : to).findIndex((item) => nameOf(item) === key);
    return differences(before, after, `${field}[${index}]`);
  });
}

function nameOf(item: unknown): string | undefined {
  return isObject(item) && typeof item.name === 'string' ? item.name : undefined;
}
