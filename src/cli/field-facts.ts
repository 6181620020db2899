import { findNearest } from './suggest';
import { fields } from '../spec/fields';
import { parseFieldPath } from '../yaml/path-segments';

/** What the field table says about a field. */
export interface FieldFacts {
  /** The path with the kind in front: `Job.spec.parallelism`. */
  readonly path: string;
  /** The type as the API names it: `integer`, `list of Container`, `map of string`. */
  readonly type: string;
  readonly isRequired: boolean;
  /** The values that it may have, when they are listed. */
  readonly values: readonly string[];
  /** How server-side apply merges a list: `atomic`, `set`, or `map` with its keys. */
  readonly list: string | undefined;
  /** The first version of Kubernetes that has it, when it is not older than all known ones. */
  readonly since: string | undefined;
  /** The names of its own fields. */
  readonly members: readonly string[];
}

/** A path that leads nowhere, and the nearest one that leads somewhere. */
export interface UnknownField {
  readonly unknown: string;
  readonly nearest: string | undefined;
}

const kinds: readonly string[] = ['Job', 'CronJob'];

/** Looks a path up, `spec.parallelism` or `CronJob.spec.schedule`; list indexes and map keys may stand in it. */
export function findField(text: string): FieldFacts | UnknownField {
  const [first = '', ...rest] = parseFieldPath(text).map(String);
  const named = kinds.find((kind) => kind.toLowerCase() === first.toLowerCase());
  const results = (named === undefined ? kinds : [named]).map((kind) => walk(kind, named === undefined ? [first, ...rest] : rest));
  return results.find((result) => 'path' in result) ?? results.reduce((best, result) => (isNearer(result, best) ? result : best));
}

function isNearer(one: FieldFacts | UnknownField, other: FieldFacts | UnknownField): boolean {
  return 'unknown' in one && 'unknown' in other && (one.nearest?.length ?? 0) > (other.nearest?.length ?? 0);
}

function walk(kind: string, names: readonly string[]): FieldFacts | UnknownField {
  let type = `v1.${kind}`;
  let description = type;
  let path = kind;
  for (const name of names) {
    // A place in a list, or a key of a map: the type is that of the element already.
    if (/^\d+$/.test(name) || description.startsWith('map<')) continue;
    const members = fields[type] ?? {};
    const found = Object.hasOwn(members, name) ? members[name] : undefined;
    if (found === undefined) {
      const nearest = findNearest(name, Object.keys(members));
      return { unknown: `${path}.${name}`, nearest: nearest === undefined ? undefined : `${path}.${nearest}` };
    }
    description = found;
    type = elementType(found);
    path += `.${name}`;
  }
  return toFacts(path, description, type);
}

function elementType(description: string): string {
  const [type = ''] = description.split(/ (?=required|one|since|list|default|deprecated)/);
  return type.replace(/\[\]$/, '').replace(/^map<string, (.*)>$/, '$1');
}

function toFacts(path: string, description: string, type: string): FieldFacts {
  const [head = ''] = description.split(/ (?=required|one|since|list)/);
  const isList = head.endsWith('[]');
  const members = Object.keys(fields[type] ?? {}).filter((name) => name !== '');
  const short = scalarName(type);
  return {
    path,
    type: isList ? `list of ${short}` : head.startsWith('map<') ? `map of ${short}` : short,
    isRequired: / required\b/.test(description),
    values: / one of (\S+)/.exec(description)?.[1]?.split('|') ?? [],
    list: / list=(\S+(?: keys=\S+)?)/.exec(description)?.[1],
    since: / since (\S+)/.exec(description)?.[1],
    members,
  };
}

function scalarName(type: string): string {
  const shape = fields[type]?.[''];
  return shape === undefined ? type.replace(/^v1\./, '') : `${type} (${shape})`;
}
