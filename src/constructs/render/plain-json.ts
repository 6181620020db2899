import { type App, ImplicitTokenResolver, LazyResolver, NumberStringUnionResolver } from 'cdk8s';

/**
 * A copy of plain data without empty values, its keys in order if wanted: what cdk8s makes of it, an order of magnitude faster.
 *
 * cdk8s asks every value three times whether it stands for another one; plain data never does.
 */
export function copyPlain(value: unknown, sorted: boolean): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return copyList(value, sorted);
  const copy: Record<string, unknown> = {};
  const source = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(source);
  if (sorted) sortNames(names);
  for (const name of names) {
    const entry = source[name];
    if (entry !== undefined && entry !== null) copy[name] = typeof entry === 'object' ? copyPlain(entry, sorted) : entry;
  }
  return copy;
}

function copyList(list: readonly unknown[], sorted: boolean): unknown[] {
  const copy: unknown[] = [];
  // By hand: a list of one is the most common, and a function for it costs more than the list.
  for (let index = 0; index < list.length; index += 1) copy.push(copyPlain(list[index] ?? undefined, sorted));
  return copy;
}

/** Sorts names in place, as JavaScript sorts texts; for a handful, most of them in order, it is many times as fast as a sort for all. */
export function sortNames(names: string[]): void {
  if (names.length > 20) names.sort();
  for (let end = 1; end < names.length; end += 1) {
    const name = names[end] ?? '';
    let place = end;
    for (; place > 0 && (names[place - 1] ?? '') > name; place -= 1) names[place] = names[place - 1] ?? '';
    if (place < end) names[place] = name;
  }
}

/** Whether the app resolves values in cdk8s's own ways only, which leave plain data alone. */
export function resolvesAsUsual({ resolvers }: App): boolean {
  return resolvers.every((resolver) => usualResolvers.some((Usual) => resolver instanceof Usual));
}

const usualResolvers = [LazyResolver, ImplicitTokenResolver, NumberStringUnionResolver];

/** Whether cdk8s has been told to keep the keys of manifests as they were written. */
export function sortsKeys(): boolean {
  // eslint-disable-next-line no-restricted-syntax -- cdk8s's own switch, read where cdk8s reads it.
  return !process.env.CDK8S_DISABLE_SORT;
}
