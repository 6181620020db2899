import type { TextStyle } from './output';
import { countAttempts } from '../../verdict/attempts';
import type { JobVerdict } from '../../verdict/job-verdict';

/** A Job that has not ended, as far as is known. */
export interface JobProgress {
  readonly name: string;
  /** Milliseconds on the clock of `progressLines`. */
  readonly startedAt: number;
  /** What was last said of it; undefined until it was seen. */
  readonly verdict: JobVerdict | undefined;
  /** The end of the back-off that runs, if one does. */
  readonly nextAttempt?: UpcomingAttempt;
}

/** The attempt that a Job waits for. */
export interface UpcomingAttempt {
  /** Milliseconds on the clock of `progressLines`. */
  readonly at: number;
  /** The completion index that is tried again, null when any may be. */
  readonly index: number | null;
}

/** Where progress is shown. */
interface ProgressScreen {
  readonly columns: number;
  readonly rows: number;
  /** A text in colour. */
  readonly paint: (style: TextStyle, text: string) => string;
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
/** How long a frame of the spinner lasts, in milliseconds. */
const frameTime = 100;
/** How many lines are shown: more would leave no room for what the Jobs print. */
const mostLines = 10;
const longestName = 30;

/**
 * One line for each Job that runs: `⠸ extract  2/4 done, 2 running, 0 failed   18s`, when it tries again, and what keeps it waiting.
 *
 * No line is wider than the screen, and a few rows of it stay free.
 *
 * @param now milliseconds.
 */
export function progressLines(jobs: readonly JobProgress[], now: number, { columns, rows, paint }: ProgressScreen): string[] {
  const most = Math.max(1, Math.min(mostLines, rows - 3));
  const shown = jobs.length <= most ? jobs : jobs.slice(0, most - 1);
  const nameWidth = Math.min(longestName, Math.max(0, ...shown.map(({ name }) => name.length)));
  // The last column stays free: some terminals begin a new line when it is written.
  const width = columns - 1;
  const frame = frames[Math.floor(now / frameTime) % frames.length] ?? '';
  const lines = shown.map(({ name, startedAt, verdict, nextAttempt }) => {
    const facts = `${clip(name, nameWidth).padEnd(nameWidth)}  ${verdict === undefined ? 'starting' : countsOf(verdict)}   ${duration(now - startedAt)}`;
    const head = clip(facts, width - 2);
    const next = nextAttempt === undefined || nextAttempt.at <= now ? [] : [describeNextAttempt(nextAttempt, now)];
    const words = [...next, ...(verdict === undefined || verdict.diagnosis === 'Running' ? [] : [flat(verdict.message)])].join(': ');
    const trouble = words === '' ? '' : clip(`   ${words}`, width - 2 - head.length);
    return `${paint('cyan', frame)} ${head}${trouble === '' ? '' : paint('yellow', trouble)}`;
  });
  const left = jobs.length - shown.length;
  return left === 0 ? lines : [...lines, clip(`  and ${left} more`, width)];
}

/** `next attempt in 40 s`, `next attempt of index 3 in 2m40s`. */
export function describeNextAttempt({ at, index }: UpcomingAttempt, now: number): string {
  const milliseconds = Math.ceil((at - now) / 1000) * 1000;
  return `next attempt${index === null ? '' : ` of index ${index}`} in ${milliseconds < 60_000 ? `${milliseconds / 1000} s` : duration(milliseconds)}`;
}

/** `0s`, `1m05s`, `2h03m`. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m${two(seconds % 60)}s`;
  return `${Math.floor(seconds / 3600)}h${two(Math.floor(seconds / 60) % 60)}m`;
}

function countsOf({ verdict, attempts, counts: { succeeded, wanted, active, failed } }: JobVerdict): string {
  const done = wanted === null ? `${succeeded} done` : `${succeeded}/${wanted} done`;
  return `${done}, ${verdict === 'Suspended' ? 'suspended' : `${active} running`}, ${Math.max(failed, failedAttempts(attempts))} failed`;
}

/** Counted here: the Job's status counts late, and never counts a container that is restarted in its pod. */
function failedAttempts(attempts: JobVerdict['attempts']): number {
  return countAttempts(attempts.filter(({ result }) => result === 'failed'));
}

/** A text on one line, without sequences that would move the cursor. */
function flat(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}

/** The beginning of a text that is not wider than some columns. */
function clip(text: string, width: number): string {
  let used = 0;
  let kept = '';
  for (const character of text) {
    used += widthOf(character);
    if (used > width) return width < 1 ? '' : `${[...kept].slice(0, -1).join('')}…`;
    kept += character;
  }
  return text;
}

/** How many columns a character takes: two for East Asian letters and pictures. Taking too many for wide only shortens a line. */
function widthOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x1100 || (code >= 0x2000 && code < 0x2e80) ? 1 : 2;
}
