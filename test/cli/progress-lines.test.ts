import { describeNextAttempt, duration, type JobProgress, progressLines } from '../../src/cli/terminal/progress-lines';
import type { JobVerdict } from '../../src/verdict/job-verdict';
import { startJudging } from '../../src/verdict/judge';

const seen = startJudging().verdict();

function verdictOf(part: Partial<JobVerdict>): JobVerdict {
  return { ...seen, ...part };
}

function jobOf(name: string, part?: Partial<JobVerdict>): JobProgress {
  return { name, startedAt: 0, verdict: part === undefined ? undefined : verdictOf(part) };
}

function failedRun(pod: string, container: string): JobVerdict['attempts'][number] {
  return { pod, container, index: null, result: 'failed', exitCode: 1, reason: 'Error', seconds: 1 };
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
  ['a Job that waits for its back-off', { ...jobOf('retry', { diagnosis: 'NonZeroExit', message: 'pod retry-1: exit code 3', counts: { ...counts, active: 0 } }), nextAttempt: { at: 58_000, index: null } },
    '⠸ retry  2/4 done, 0 running, 0 failed   18s   next attempt in 40 s: pod retry…'],
  ['an index that waits while others work', { ...jobOf('shards', { counts }), nextAttempt: { at: 19_000, index: 3 } },
    '⠸ shards  2/4 done, 2 running, 0 failed   18s   next attempt of index 3 in 1 s'],
  ['an attempt that is due', { ...jobOf('retry', { counts }), nextAttempt: { at: 18_300, index: null } }, '⠸ retry  2/4 done, 2 running, 0 failed   18s'],
  ['a failure that no status counts yet', jobOf('retry', { counts, attempts: [failedRun('a', 'main'), failedRun('a', 'proxy'), failedRun('b', 'main')] }),
    '⠸ retry  2/4 done, 2 running, 2 failed   18s'],
  ['failures of pods that are gone', jobOf('retry', { counts: { ...counts, failed: 5 }, attempts: [failedRun('b', 'main')] }), '⠸ retry  2/4 done, 2 running, 5 failed   18s'],
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

test.each([[400, null, 'next attempt in 1 s'], [40_000, null, 'next attempt in 40 s'], [160_000, 2, 'next attempt of index 2 in 2m40s']])(
  'in %i ms the next attempt of index %p is "%s"', (at, index, text) => {
    expect(describeNextAttempt({ at: at + 5, index }, 5)).toBe(text);
  });

test.each([[0, '0s'], [59_999, '59s'], [65_000, '1m05s'], [7_384_000, '2h03m']])('%i ms are %s', (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text);
});
