import { UsageError } from '../../core/errors';
import { shownText } from '../../core/shown-text';
import type { Resource } from '../../port/cluster-port';
import { cronJobs, jobs } from '../../port/resources';

/** A Job or CronJob, as a command line names it. */
interface Subject {
  readonly resource: Resource;
  readonly name: string;
}

/** What the words of a command line are about: some Jobs and CronJobs by name, or whole kinds. */
export interface Subjects {
  /** The kinds that are named, for a command that acts on all of them; the first kind of the command where none is. */
  readonly kinds: SubjectKinds;
  /** Empty where only kinds are named, or nothing. */
  readonly named: readonly Subject[];
}

/** The kinds that a command takes; a name alone is of the first. */
export type SubjectKinds = readonly [first: Resource, ...others: Resource[]];

/** Which kind a subject is of, as the runtime takes it. */
export function kindOfSubject({ resource }: Subject): 'Job' | 'CronJob' {
  return resource === cronJobs ? 'CronJob' : 'Job';
}

/** Jobs and CronJobs. */
export const jobsAndCronJobs: SubjectKinds = [jobs, cronJobs];

/** Jobs alone. */
export const jobsOnly: SubjectKinds = [jobs];

/**
 * Reads words as kubectl does: `etl`, `job/etl`, `cj/nightly`, or a kind in front of its names: `jobs`, `job etl`, `jobs,cronjobs`, `all`.
 *
 * @throws {UsageError} for a kind that the command does not take, and for a kind in front of `job/etl`.
 */
export function readSubjects(words: readonly string[], kinds: SubjectKinds): Subjects {
  const [first = '', ...names] = words;
  const listed = first === 'all' ? kinds : readKinds(first);
  if (listed === undefined) return { kinds: [kinds[0]], named: words.map((word) => parseSubject(word, kinds)) };
  if (listed.some((kind) => !kinds.includes(kind))) throw cannotUse(first, kinds);
  const twice = names.find((name) => name.includes('/'));
  if (twice !== undefined) throw new UsageError(`Cannot use ${twice} behind ${first}: the kind is named twice`, `leave ${first} out`);
  return { kinds: listed, named: listed.flatMap((resource) => names.map((name) => parseSubject(`${resource.plural}/${name}`, kinds))) };
}

/**
 * As {@link readSubjects}, for a command that acts on what is named and on nothing else.
 *
 * @throws {UsageError} where no name is given.
 */
export function readNamed(words: readonly string[], kinds: SubjectKinds): readonly Subject[] {
  const { named } = readSubjects(words, kinds);
  const [word = ''] = words;
  if (named.length === 0) throw new UsageError(`There is no name behind ${word}`, `write the names behind it; one that is called so itself is ${singular(kinds[0])}/${word}`);
  return named;
}

/** Reads one word, `etl` or `job/etl`. @throws {UsageError} for anything else, and for a kind that the command does not take. */
export function parseSubject(word: string, kinds: SubjectKinds): Subject {
  const [name = '', kind, ...others] = word.split('/').reverse();
  const resource = kind === undefined ? kinds[0] : kindsByWord.get(kind.toLowerCase());
  if (name === '' || others.length > 0 || resource === undefined || !kinds.includes(resource)) throw cannotUse(word, kinds);
  return { resource, name };
}

/**
 * Checks `-A`, which chooses among all, and never something by its name.
 *
 * @param named what is named beside it, as an error calls it.
 * @throws {UsageError} for what excludes it.
 */
export function checkAllNamespaces(allNamespaces: boolean | undefined, namespace: string | undefined, named: string | undefined): void {
  if (allNamespaces !== true) return;
  const other = namespace === undefined ? named : '-n';
  if (other !== undefined) throw new UsageError(`-A and ${other} exclude each other`, 'leave one of them out');
}

/** Every word that kubectl has for a kind. */
const kindsByWord: ReadonlyMap<string, Resource> = new Map([
  ...jobsAndCronJobs.flatMap((resource) => [singular(resource), resource.plural].flatMap((word) => (
    ['', '.batch', '.v1.batch'].map((group) => [`${word}${group}`, resource] as const)
  ))),
  ['cj', cronJobs],
]);

/** The kinds of `jobs`, or `jobs,cronjobs`; undefined for a word that is something else. */
function readKinds(word: string): SubjectKinds | undefined {
  const [first, ...others] = word.toLowerCase().split(',').map((part) => kindsByWord.get(part));
  if (first === undefined || !others.every((kind) => kind !== undefined)) return undefined;
  return [first, ...new Set(others.filter((kind) => kind !== first))];
}

function cannotUse(word: string, kinds: SubjectKinds): UsageError {
  const forms = kinds.map((kind) => `${singular(kind)}/NAME`).join(' or ');
  return new UsageError(`Cannot use ${shownText(word)} as a ${kinds.map(({ kind }) => kind).join(' or ')}`, `give its name, or ${forms}`);
}

function singular({ kind }: Resource): string {
  return kind.toLowerCase();
}
