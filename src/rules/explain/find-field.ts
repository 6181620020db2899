import { type Field, parseField } from '../../api/field-entry';
import { fieldsOfType } from '../../api/field-table';
import { type KindName, kindNames, toCronJobPath } from '../../api/kinds';

/** A field that a path leads to. */
export interface FoundField {
  /** The kind that has it. */
  readonly kind: KindName;
  /** The path within the kind, without indexes and keys: `spec.template.spec.containers.image`; empty for the kind itself. */
  readonly path: string;
  /** The type that has the field, in the field table: `v1.Container`. */
  readonly owner: string;
  readonly name: string;
  /** What the field table says of it. */
  readonly field: Field;
}

/** Words that may begin a path, and what they stand for; a pod is that of a Job. */
const starts: Readonly<Record<string, readonly [kind: FoundField['kind'], ...names: string[]]>> = {
  job: ['Job'],
  jobs: ['Job'],
  cronjob: ['CronJob'],
  cronjobs: ['CronJob'],
  cj: ['CronJob'],
  pod: ['Job', 'spec', 'template'],
  pods: ['Job', 'spec', 'template'],
  // What the props of this package call them.
  podmetadata: ['Job', 'spec', 'template', 'metadata'],
  podactivedeadlineseconds: ['Job', 'spec', 'template', 'spec', 'activeDeadlineSeconds'],
};

/**
 * The fields that a text may mean, the likeliest first; upper and lower case are the same.
 *
 * A whole path, with or without a kind, means one field: that of a Job, or of a CronJob when no Job has it. Anything else is the end of a
 * path, such as `containers.image` or `restartPolicy`: it means each field whose path ends so, the shortest first, once for each type.
 */
export function findFields(text: string): readonly FoundField[] {
  const names = text.replaceAll(/\[[^\]]*\]/g, '').split('.').filter((name) => name !== '');
  if (names.length === 0) return [];
  const [first = '', ...rest] = names;
  const start = Object.hasOwn(starts, first.toLowerCase()) ? starts[first.toLowerCase()] : undefined;
  if (start !== undefined) {
    const [kind, ...prefix] = start;
    const found = walk(kind, [...prefix, ...rest]) ?? firstEnd(kind, rest);
    return found === undefined ? [] : [found];
  }
  const exact = walk('Job', names) ?? walk('CronJob', names);
  if (exact !== undefined) return [exact];
  const found = fieldsThatEnd(names);
  return found.length > 0 || names.length === 1 ? found : mapsAbove(names);
}

/** The maps that hold a key at the end of the path, as `resources.limits` holds that of `resources.limits.memory`. */
function mapsAbove(names: readonly string[]): readonly FoundField[] {
  const maps = fieldsThatEnd(names.slice(0, -1)).filter(({ field }) => field.holds === 'map');
  return maps.length > 0 || names.length === 2 ? maps : mapsAbove(names.slice(0, -1));
}

/** What a path leads to; for a path into a map, the map. */
function walk(kind: FoundField['kind'], names: readonly string[]): FoundField | undefined {
  let found = whole(kind);
  for (const written of names) {
    if (found.field.holds === 'map') return found;
    const members = membersOf(found);
    const next = members.find(({ name }) => name === written) ?? members.find(({ name }) => name.toLowerCase() === written.toLowerCase());
    if (next === undefined) return undefined;
    found = next;
  }
  return found;
}

/** A kind itself, where every path begins. */
function whole(kind: FoundField['kind']): FoundField {
  return { kind, path: '', owner: '', name: kind, field: parseField(`v1.${kind}`) };
}

function firstEnd(kind: FoundField['kind'], names: readonly string[]): FoundField | undefined {
  if (names.length === 0) return undefined;
  const found = fieldsThatEnd(names);
  const own = found.find((field) => field.kind === kind);
  if (own !== undefined || kind === 'Job') return own;
  const ofJob = found.find(({ path }) => path.startsWith('spec.'));
  return ofJob === undefined ? undefined : { ...ofJob, kind, path: toCronJobPath(ofJob.path) };
}

function fieldsThatEnd(names: readonly string[]): readonly FoundField[] {
  const end = `.${names.join('.').toLowerCase()}`;
  const seen = new Set<string>();
  return allFields().filter(({ path, owner, name }) => {
    // Init containers are containers: one of the two is enough.
    const key = `${owner}.${name}`;
    if (!`.${path.toLowerCase()}`.endsWith(end) || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/**
 * Every field that can be asked for by its name alone, shorter paths first: those of a Job, then what only a CronJob has.
 *
 * Left out are ephemeral containers, which a Job cannot have, and managed fields, which nobody writes.
 */
export function allFields(): readonly FoundField[] {
  const found: FoundField[] = [];
  for (const kind of kindNames) {
    let level: readonly FoundField[] = [whole(kind)];
    while (level.length > 0) {
      level = level.filter((field) => !isLeftOut(field)).flatMap((field) => membersOf(field));
      found.push(...level);
    }
  }
  return found.sort((left, right) => depthOf(left) - depthOf(right));
}

/** Whether a field holds no fields of interest, or those of a Job once more. */
function isLeftOut({ kind, path, name }: FoundField): boolean {
  return name === 'managedFields' || name === 'ephemeralContainers' || (kind === 'CronJob' && path === toCronJobPath('spec'));
}

/** The members of a field that holds an object, or a list of them. */
export function membersOf({ kind, path, field: { type: owner } }: FoundField): readonly FoundField[] {
  return [...fieldsOfType(owner)].map(([name, field]) => ({ kind, path: path === '' ? name : `${path}.${name}`, owner, name, field }));
}

function depthOf({ path }: FoundField): number {
  return path.split('.').length;
}
