import { quote } from '../schedule/go-text';

/**
 * Completion indexes as the API writes them: `0,3-5`.
 *
 * A set is a list of spans in ascending order that neither overlap nor touch, so that a million indexes cost as much as their gaps.
 */
export type IndexSet = readonly IndexSpan[];

/** The indexes `first` to `last`, both included. */
interface IndexSpan {
  readonly first: number;
  readonly last: number;
}

/** The result of validating a text of indexes: how many it lists, or what is wrong with it. */
type IndexCount =
  | { readonly size: number }
  | { readonly problem: string };

/**
 * The indexes of a text as the Job controller reads them: what cannot be read is skipped, and nothing at or above `completions` counts.
 *
 * @source pkg/controller/job/indexed_job_utils.go parseIndexesFromString (v1.37)
 */
export function parseIndexSet(text: string, completions: number = Number.POSITIVE_INFINITY): IndexSet {
  const spans: IndexSpan[] = [];
  if (text === '') return spans;
  let previousLast = -1;
  for (const item of text.split(',')) {
    const limits = item.split('-');
    const first = parseGoInteger(limits[0] ?? '');
    if (first === undefined) continue;
    if (first >= completions) break;
    const wanted = limits.length > 1 ? parseGoInteger(limits[1] ?? '') : first;
    if (wanted === undefined) continue;
    const last = Math.min(wanted, completions - 1);
    if (last < first) continue;
    const previous = spans.at(-1);
    if (previous !== undefined && previousLast + 1 === first) spans[spans.length - 1] = { first: previous.first, last };
    else spans.push({ first, last });
    previousLast = last;
  }
  return spans;
}

/**
 * A set as text, as the Job controller writes `status.completedIndexes`: two neighbours as `1,2`, three and more as `1-3`.
 *
 * @source pkg/controller/job/indexed_job_utils.go orderedIntervals.String (v1.37)
 */
export function formatIndexSet(set: IndexSet): string {
  return set.map(({ first, last }) => (last === first ? String(first) : `${first}${last === first + 1 ? ',' : '-'}${last}`)).join(',');
}

/** The set of these indexes, in any order and with repeats. */
export function toIndexSet(indexes: Iterable<number>): IndexSet {
  const spans: IndexSpan[] = [];
  for (const index of [...indexes].sort((left, right) => left - right)) {
    const previous = spans.at(-1);
    if (previous === undefined || index > previous.last + 1) spans.push({ first: index, last: index });
    else spans[spans.length - 1] = { first: previous.first, last: Math.max(previous.last, index) };
  }
  return spans;
}

/** The indexes that are in either set. */
export function uniteIndexSets(one: IndexSet, other: IndexSet): IndexSet {
  const spans: IndexSpan[] = [];
  for (const span of [...one, ...other].sort((left, right) => left.first - right.first)) {
    const previous = spans.at(-1);
    if (previous === undefined || span.first > previous.last + 1) spans.push(span);
    else spans[spans.length - 1] = { first: previous.first, last: Math.max(previous.last, span.last) };
  }
  return spans;
}

/** Whether an index is in the set; in logarithmic time. */
export function containsIndex(set: IndexSet, index: number): boolean {
  let low = 0;
  let high = set.length - 1;
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    const span = set[middle];
    if (span === undefined || index < span.first) high = middle - 1;
    else if (index > span.last) low = middle + 1;
    else return true;
  }
  return false;
}

/** How many indexes the set holds. */
export function sizeOfIndexSet(set: IndexSet): number {
  return set.reduce((size, { first, last }) => size + last - first + 1, 0);
}

/** All indexes of the set in ascending order. */
export function* indexesOf(set: IndexSet): Iterable<number> {
  for (const { first, last } of set) for (let index = first; index <= last; index += 1) yield index;
}

/**
 * How many indexes the text of `successPolicy.rules[].succeededIndexes` lists, or why the API server refuses it.
 *
 * @source pkg/apis/batch/validation/validation.go validateIndexesFormat (v1.37)
 */
export function countIndexes(text: string, completions: number): IndexCount {
  if (text === '') return { size: 0 };
  let size = 0;
  let previous: number | undefined;
  for (const item of text.split(',')) {
    const [from = '', to, ...more] = item.split('-');
    if (more.length > 0) {
      return { problem: `the fragment ${quote(item)} violates the requirement that an index interval can have at most two parts separated by '-'` };
    }
    const first = parseGoInteger(from);
    if (first === undefined) return { problem: cannotConvert(from) };
    if (first >= completions) return { problem: tooLarge(from) };
    let last = first;
    if (to !== undefined) {
      const wanted = parseGoInteger(to);
      if (wanted === undefined) return { problem: cannotConvert(to) };
      if (wanted >= completions) return { problem: tooLarge(to) };
      if (first >= wanted) return { problem: notIncreasing(first, wanted) };
      last = wanted;
    }
    // The whole interval is read before it is compared with the one before.
    if (previous !== undefined && previous >= first) return { problem: notIncreasing(previous, first) };
    previous = last;
    size += last - first + 1;
  }
  return { size };
}

function cannotConvert(text: string): string {
  return `cannot convert string to integer for index: ${quote(text)}`;
}

function tooLarge(text: string): string {
  return `too large index: ${quote(text)}`;
}

function notIncreasing(previous: number, next: number): string {
  return `non-increasing order, previous: ${previous}, current: ${next}`;
}

/**
 * A whole number as Go's `strconv.Atoi` reads it: a sign and leading zeros are fine, blanks are not. Undefined for any other text, and
 * beyond int64.
 */
function parseGoInteger(text: string): number | undefined {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined;
  const value = Number(text);
  return Math.abs(value) < 2 ** 63 ? value : undefined;
}
