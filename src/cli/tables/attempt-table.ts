import { columns } from './columns';
import type { Attempt } from '../../verdict/job-verdict';

/** How many lines of a table are shown; what went well is left out first. */
const longestTable = 20;

/**
 * What became of each index, or of each pod where there are none, as lines of a table: how often its container ran, and how the last run
 * went.
 *
 * A column of containers appears only where there are several. Empty when nothing ran.
 */
export function attemptTable(attempts: readonly Attempt[]): string[] {
  const rows = groupRuns(attempts);
  if (rows.length === 0) return [];
  const isIndexed = attempts.some(({ index }) => index !== null);
  const hasContainers = new Set(attempts.flatMap(({ container }) => container ?? [])).size > 1;
  const shown = rows.length <= longestTable ? rows : mostTelling(rows);
  const lines = columns([
    [isIndexed ? 'index' : 'pod', ...(hasContainers ? ['container'] : []), 'attempts', 'result', 'exit', 'time'],
    ...shown.map(({ subject, container, runs, last }) => [
      subject, ...(hasContainers ? [container ?? '-'] : []), String(runs), resultOf(last),
      last.exitCode === null ? '-' : String(last.exitCode), last.seconds === null ? '-' : `${last.seconds}s`,
    ]),
  ]);
  const left = rows.filter((row) => !shown.includes(row));
  return left.length === 0 ? lines : [...lines, `and ${left.length} more: ${countResults(left)}`];
}

interface Row {
  readonly subject: string;
  readonly container: string | null;
  readonly runs: number;
  readonly last: Attempt;
}

function groupRuns(attempts: readonly Attempt[]): Row[] {
  const rows = new Map<string, Row>();
  for (const attempt of attempts) {
    const subject = attempt.index === null ? attempt.pod : String(attempt.index);
    const key = `${subject}/${attempt.container ?? ''}`;
    rows.set(key, { subject, container: attempt.container, runs: (rows.get(key)?.runs ?? 0) + 1, last: attempt });
  }
  const found = [...rows.values()];
  return found.every(({ last }) => last.index !== null) ? found.sort((a, b) => (a.last.index ?? 0) - (b.last.index ?? 0)) : found;
}

/** Trouble first, in the order of the rows. */
function mostTelling(rows: readonly Row[]): readonly Row[] {
  const went = (isWell: boolean): Row[] => rows.filter(({ last, runs }) => (last.result === 'succeeded' && runs === 1) === isWell);
  const chosen = new Set([...went(false), ...went(true)].slice(0, longestTable));
  return rows.filter((row) => chosen.has(row));
}

function resultOf({ result, reason }: Attempt): string {
  return reason === null || result === 'succeeded' ? result : `${result} (${reason})`;
}

function countResults(rows: readonly Row[]): string {
  const counts = new Map<string, number>();
  for (const { last: { result } } of rows) counts.set(result, (counts.get(result) ?? 0) + 1);
  return [...counts].map(([result, count]) => `${count} ${result}`).join(', ');
}
