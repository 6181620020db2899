import { duration, type JobProgress, progressLines } from '../../src/cli/terminal/progress-lines';
import type { JobVerdict } from '../../src/verdict/job-verdict';
import { startJudging } from '../../src/verdict/judge';

const seen = startJudging().verdict();

function verdictOf(part: Partial<JobVerdict>): JobVerdict {
  return { ...seen, ...part };
}

function jobOf(name: string, part?: Partial<JobVerdict>): JobProgress {
  return { name, startedAt: 0, verdict: part === undefined ? undefined : verdictOf(part) };
}

const counts = { active: 2, ready: 2, succeeded: 2, failed: 0, terminating: 0, wanted: 4 };
const screen = (columns = 80, rows = 24): Parameters<typeof progressLines>[2] => ({ columns, rows, paint: (_, text) => text });

test.each<[string, JobProgress, string]>([
  ['a Job that nobody has seen yet', jobOf('extract'), '⠸ extract  starting   18s'],
  ['a Job at work', jobOf('extract', { counts }), '⠸ extract  2/4 done, 2 running, 0 failed   18s'],
  ['a work queue', jobOf('drain', { counts: { ...counts, wanted: null } }), '⠸ drain  2 done, 2 running, 0 failed   18s'],
  ['a suspended Job', jobOf('later', { verdict: 'Suspended', diagnosis: 'Suspended', message: 'Job later: Suspended', counts }), '⠸ later  2/4 done, suspended, 0 failed   18s   Job later: Suspended'],
  ['what keeps a Job waiting', jobOf('pull', { diagnosis: 'ImagePullBackOff', message: 'pod pull-1: ImagePullBackOff', counts }),
    '⠸ pull  2/4 done, 2 running, 0 failed   18s   pod pull-1: ImagePullBackOff'],
  ['words that would move the cursor', jobOf('odd', { diagnosis: 'NonZeroExit', message: 'a\r\nb\u001b[2Jc', counts }),
    '⠸ odd  2/4 done, 2 running, 0 failed   18s   a b [2Jc'],
])('%s is one line', (_, job, line) => {
  expect(progressLines([job], 18_300, screen())).toEqual([line]);
});

test.each([10, 20, 40, 60, 61, 62])('no line is wider than a terminal of %i columns', (columns) => {
  const message = 'pod pull-1: ImagePullBackOff: 映像がありません, and no more is to be said of it here';
  const lines = progressLines([jobOf('a-very-long-name-of-a-job-that-does-not-fit', { diagnosis: 'ImagePullBackOff', message, counts })], 0, screen(columns));
  expect(lines.map((line) => [...line].length < columns)).toEqual([true]);
});

test.each([[24, 10], [8, 5], [2, 1]])('of many Jobs a terminal of %i rows shows %i lines', (rows, count) => {
  const jobs = Array.from({ length: 50 }, (_, index) => jobOf(`job-${index}`));
  const lines = progressLines(jobs, 0, screen(80, rows));
  expect([lines.length, lines.at(-1)]).toEqual([count, `  and ${50 - count + 1} more`]);
});

test.each([[0, '0s'], [59_999, '59s'], [65_000, '1m05s'], [7_384_000, '2h03m']])('%i ms are %s', (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});
