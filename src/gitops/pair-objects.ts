import { kindMeantBy } from '../api/kinds';
import { baseNameAnnotation } from '../api/labels';
import { asObject } from '../core/json';

/** An object that is in Git, with whatever the caller knows of its place. */
export interface Committed {
  readonly object: object;
  /** The path of its file; without it settings for one folder among others do not find it. */
  readonly file?: string;
}

/** How an object of one side is found on the other. */
export interface Pair<Source extends Committed> {
  /** `renamed`: a Job whose name is new at each change. `twin`: an earlier object of the same side has the name already. */
  readonly way: 'added' | 'kept' | 'renamed' | 'removed' | 'twin';
  readonly before?: Source;
  readonly after?: Source;
  /** An object of the same name that is of another kind, or in another namespace, and only on the other side. */
  readonly relative?: Source;
}

/** What an object is known by: group and version aside, for one that moves to another version stays the same. */
export function keyOfObject(object: object): string {
  const { kind, apiVersion, metadata } = asObject(object);
  const group = String(apiVersion ?? '').split('/').slice(0, -1).join('/');
  return [group, kindMeantBy({ apiVersion, kind })?.kind ?? String(kind), namespaceOf(object), nameOf(object, metadata)].join('|');
}

/** The name of an object, or what its name begins with: `etl-…`. */
export function nameOf(object: object, metadata: unknown = asObject(object).metadata): string {
  const { name, generateName } = asObject(metadata);
  if (typeof name === 'string' && name !== '') return name;
  return typeof generateName === 'string' ? `${generateName}…` : '';
}

/** Pairs the Jobs and CronJobs of two states. */
export function pairObjects<Source extends Committed>(before: readonly Source[], after: readonly Source[]): Array<Pair<Source>> {
  const old = new Map(before.map((source) => [keyOfObject(source.object), source]));
  const now = new Map<string, Source>();
  const twins: Array<Pair<Source>> = [];
  for (const source of after) {
    const key = keyOfObject(source.object);
    const first = now.get(key);
    if (first === undefined) now.set(key, source);
    else twins.push({ way: 'twin', before: first, after: source });
  }
  const kept = [...now].flatMap(([key, source]): Array<Pair<Source>> => {
    const previous = old.get(key);
    return previous === undefined ? [] : [{ way: 'kept', before: previous, after: source }];
  });
  const added = [...now].filter(([key]) => !old.has(key)).map(([, source]) => source);
  const removed = [...old].filter(([key]) => !now.has(key)).map(([, source]) => source);
  const renamed = pairRenamed(removed, added);
  const left = removed.filter((source) => !renamed.some((pair) => pair.before === source));
  const come = added.filter((source) => !renamed.some((pair) => pair.after === source));
  return [
    ...kept,
    ...renamed,
    ...come.map((source): Pair<Source> => ({ way: 'added', after: source, ...relativeOf(source, left) })),
    ...left.map((source): Pair<Source> => ({ way: 'removed', before: source, ...relativeOf(source, come) })),
    ...twins,
  ];
}

/** The Jobs of one name without its hash, where there is one on each side. */
function pairRenamed<Source extends Committed>(removed: readonly Source[], added: readonly Source[]): Array<Pair<Source>> {
  const [old, now] = [groupByBase(removed), groupByBase(added)];
  return [...now].flatMap(([base, [after, ...moreAfter]]): Array<Pair<Source>> => {
    const [before, ...moreBefore] = old.get(base) ?? [];
    if (before === undefined || after === undefined || moreAfter.length + moreBefore.length > 0) return [];
    return [{ way: 'renamed', before, after }];
  });
}

function groupByBase<Source extends Committed>(sources: readonly Source[]): Map<string, Source[]> {
  const groups = new Map<string, Source[]>();
  for (const source of sources) {
    const { apiVersion, kind } = asObject(source.object);
    if (kindMeantBy({ apiVersion, kind })?.kind !== 'Job') continue;
    const key = `${namespaceOf(source.object)}/${baseNameOf(source.object)}`;
    groups.set(key, [...groups.get(key) ?? [], source]);
  }
  return groups;
}

/** The name without what is new at each change: as it is annotated, or else without an end that looks like a hash. */
function baseNameOf(object: object): string {
  const annotated = asObject(asObject(asObject(object).metadata).annotations)[baseNameAnnotation];
  return typeof annotated === 'string' ? annotated : nameOf(object).replace(/-(?=[0-9a-z]*[0-9])[0-9a-z]{5,}$/, '');
}

function relativeOf<Source extends Committed>(source: Source, others: readonly Source[]): { readonly relative?: Source } {
  const relative = others.find(({ object }) => nameOf(object) === nameOf(source.object));
  return relative === undefined ? {} : { relative };
}

function namespaceOf(object: object): string {
  const { namespace } = asObject(asObject(object).metadata);
  return typeof namespace === 'string' ? namespace : '';
}
