import { Screen } from './screen';
import { openView } from '../../src/cli/run/open-view';
import { RunView } from '../../src/cli/run/run-view';
import { jobSummary } from '../../src/cli/tables/job-summary';
import { Output } from '../../src/cli/terminal/output';
import { LogLine, type LogSource } from '../../src/runtime/log-line';
import { timedOut } from '../../src/verdict/exit-status';
import type { JobVerdict } from '../../src/verdict/job-verdict';
import { startJudging, judge } from '../../src/verdict/judge';
import { ManualTimers } from '../runtime/manual-timers';
import { ended, going, running, Story } from '../verdict/story';

function sourceOf(pod: string): LogSource {
  return { namespace: 'default', job: 'demo', pod, podUid: pod, container: 'main', isOnly: true, index: null, attempt: 0 };
}

class Sink {
  public readonly chunks: Uint8Array[] = [];

  public constructor(public readonly isTTY = false) {}

  public write(text: string | Uint8Array): void {
    this.chunks.push(Buffer.from(text as Uint8Array));
  }

  public get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }
}

const time = '2026-11-24T00:00:01Z';

function show(hasPrefix: boolean, ...lines: ReadonlyArray<readonly [LogSource, Uint8Array]>): Buffer {
  const stdout = new Sink();
  const view = new RunView(new Output(stdout, new Sink(), {}), 'text', hasPrefix ? 'all' : 'none');
  for (const [source, bytes] of lines) view.log(new LogLine(source, time, bytes));
  return stdout.bytes;
}

const one = sourceOf('one');
const two = sourceOf('two');
const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

test('output that is no text passes byte for byte', () => {
  const all = Buffer.from([...Array(256).keys()]);
  const lines = [all.subarray(0, 11), all.subarray(11)];
  expect(show(false, ...lines.map((line) => [one, line] as const)).equals(all)).toBe(true);
});

test.each<[string, ReadonlyArray<readonly [LogSource, Uint8Array]>, string]>([
  ['a last line without a newline gets none', [[one, bytes('a\n')], [one, bytes('b')]], 'a\nb'],
  ['what another pod prints begins a line of its own', [[one, bytes('a')], [two, bytes('b\n')]], 'a\nb\n'],
  ['carriage returns stay', [[one, bytes('1%\r2%\r\n')]], '1%\r2%\r\n'],
])('%s', (_, lines, expected) => {
  expect(show(false, ...lines).toString('latin1')).toBe(expected);
});

test('with a prefix the bytes behind it are those of the container, one line each', () => {
  expect(show(true, [one, bytes('\xff\n')], [two, bytes('half')]).toString('latin1')).toBe('one \xe2\x94\x82 \xff\ntwo \xe2\x94\x82 half\n');
});

test('the output of the first pod stays as it is, and those that take its place are named', () => {
  const stdout = new Sink();
  const view = new RunView(new Output(stdout, new Sink(), {}), 'text', 'others');
  for (const [source, text] of [[one, 'a\n'], [one, 'b'], [two, 'c\n']] as const) view.log(new LogLine(source, time, bytes(text)));
  expect(stdout.bytes.toString()).toBe('a\nb\ntwo │ c\n');
});

test.each<[string, boolean, string, string]>([
  ['in one terminal', true, 'half\ntalk\nb\n', ''],
  ['in two places', false, 'half\nb\n', 'talk\n'],
])('talk does not continue a line that a container left open, %s', (_, isTTY, both, talk) => {
  const stdout = new Sink(isTTY);
  const stderr = isTTY ? Object.assign(stdout, { isTTY }) : new Sink();
  const output = new Output(stdout, stderr, { NO_COLOR: '1' });
  const view = new RunView(output, 'text', 'none');
  view.log(new LogLine(one, time, bytes('half')));
  output.talk('talk');
  view.log(new LogLine(two, time, bytes('b\n')));
  expect([stdout.bytes.toString(), isTTY ? '' : stderr.bytes.toString()]).toEqual([both, talk]);
});

test('on a terminal the Jobs that run stand below everything else, until they have ended', async () => {
  const screen = new Screen(60);
  const timers = new ManualTimers();
  const output = new Output(screen, screen, { NO_COLOR: '1' });
  const view = openView({ output: 'text', prefix: 'auto' }, output, [], timers);
  const verdict = { ...startJudging().verdict(), name: 'demo', namespace: 'default' };
  view.progress({ type: 'changed', verdict });
  view.log(new LogLine(one, time, bytes('a\n')));
  await timers.pass(1200);
  expect(screen.text.replace(/[⠀-⣿]/u, '*')).toBe('one │ a\n* demo  0 done, 0 running, 0 failed   1s');
  view.interrupt();
  view.progress({ type: 'ended', verdict });
  expect(screen.text).toBe('one │ a\ndemo       interrupted after 1.2s');
  view.close();
  expect(timers.alarms.size).toBe(0);
});

test.each<[string, Record<string, string>, 'text' | 'json' | 'ndjson']>([
  ['on a dumb terminal', { TERM: 'dumb' }, 'text'], ['in CI', { CI: 'true' }, 'text'], ['with -o json', {}, 'json'], ['with -o ndjson', {}, 'ndjson'],
])('nothing is redrawn %s', async (_, env, format) => {
  const screen = new Screen(60);
  const timers = new ManualTimers();
  const view = openView({ output: format, prefix: 'auto' }, new Output(screen, screen, env), [], timers);
  view.progress({ type: 'changed', verdict: { ...startJudging().verdict(), name: 'demo', namespace: 'default' } });
  expect(screen.text).not.toContain('0 running,');
  expect(timers.alarms.size).toBe(0);
});

test.each<[string, boolean, boolean, boolean]>([
  ['both are a terminal', true, true, true],
  ['only stdout is a terminal', true, false, true],
  ['stdout goes to a file', false, true, false],
])('the prefix is for people: %s', (_, isOut, isErr, isPrefixed) => {
  const stdout = new Sink(isOut);
  const output = new Output(stdout, new Sink(isErr), { NO_COLOR: '1' });
  openView({ output: 'text', prefix: 'auto' }, output, []).log(new LogLine(one, time, bytes('a\n')));
  expect(stdout.bytes.toString()).toBe(isPrefixed ? 'one │ a\n' : 'a\n');
});

/** What the view says of Jobs that have ended, with every time as 0.0s. */
function tell(names: readonly string[], ...verdicts: readonly JobVerdict[]): string[] {
  const stderr = new Sink();
  const view = new RunView(new Output(new Sink(), stderr, {}), 'text', 'all', undefined, names);
  for (const verdict of verdicts) view.progress({ type: 'ended', verdict });
  return stderr.bytes.toString().trimEnd().split('\n').map((line) => line.replace(/after \d+\.\ds/, 'after 0.0s'));
}

const failedJob = judge(new Story().job(0).pod(1, 'a', ended(3)).failed(2).lines);
const runningJob = judge(new Story().job(0).pod(1, 'a', running).lines);

test.each<[string, JobVerdict, string]>([
  ['a failure has its reason once', failedJob, 'task       Failed (BackoffLimitExceeded) after 0.0s: pod a, container main: NonZeroExit: exit code 3'],
  [
    'a deadline is said once', judge(new Story().job(0).pod(1, 'a', running).pod(2, 'a', running, { metadata: going }).failed(3, 'DeadlineExceeded', 'Job was active longer than specified deadline').lines),
    'task       Failed (DeadlineExceeded) after 0.0s: pod a: Job was active longer than specified deadline',
  ],
  ['patience that has ended has one time', timedOut(runningJob, 2), 'task       Running, timed out after 2s: Job task: no trouble was seen'],
])('%s', (_, verdict, line) => {
  expect(tell([], verdict)[0]).toBe(line);
});

test('the names of all Jobs have one column', () => {
  const [short = '', hint = '', long = ''] = tell(['task', 'a-rather-long-name'], failedJob, { ...failedJob, name: 'a-rather-long-name' });
  expect([short.indexOf('Failed'), long.indexOf('Failed')]).toEqual([19, 19]);
  expect(hint).toMatch(/^hint: /);
});

test('the table of attempts has one line for each index, in a column of its own', () => {
  const attempts = [10, 9].map((index) => ({ pod: `task-${index}-x`, index, container: 'main', result: 'failed' as const, exitCode: 3, reason: 'Error', seconds: 1 }));
  expect(tell([], { ...failedJob, attempts }).slice(2)).toEqual([
    '  index  attempts  result          exit  time', '  9      1         failed (Error)  3     1s', '  10     1         failed (Error)  3     1s',
  ]);
});

test('each failed attempt is said at once, with the time of the next', () => {
  const stderr = new Sink();
  const view = new RunView(new Output(new Sink(), stderr, {}), 'text', 'all', () => 0);
  const story = new Story({ backoffLimit: 6 }).job(0);
  for (const [position, pod] of ['a', 'b'].entries()) {
    story.pod(position * 20, pod, running).pod(position * 20 + 1, pod, ended(3));
    const verdict = judge(story.lines);
    for (const inSeconds of [10 * 2 ** position, undefined]) {
      view.progress({ type: 'changed', verdict, ...(inSeconds === undefined ? {} : { nextAttempt: { inSeconds, index: null } }) });
    }
  }
  expect(stderr.bytes.toString()).toBe(
    'task       pod a, container main: NonZeroExit: exit code 3; next attempt in 10 s\n' +
    'task       pod b, container main: NonZeroExit: exit code 3; next attempt in 20 s\n');
});

test('several Jobs have a summary in the end: those that completed, then the failures with their cause', () => {
  const stderr = new Sink();
  const view = new RunView(new Output(new Sink(), stderr, {}), 'text', 'all');
  const counts = { ...failedJob.counts, wanted: 1 };
  const complete = { ...failedJob, verdict: 'Complete' as const, reason: 'CompletionsReached', counts: { ...counts, succeeded: 1 } };
  view.result({ ok: false, jobs: [{ ...failedJob, counts }, { ...complete, name: 'extract' }] }, {});
  expect(stderr.bytes.toString()).toBe([
    '1 of 2 Jobs completed',
    '  extract  Complete                       1/1 done',
    '  task     Failed (BackoffLimitExceeded)  0/1 done  pod a, container main: NonZeroExit: exit code 3',
    '',
  ].join('\n'));
});

test.each<[string, 'text' | 'json' | 'ndjson', number]>([['a single Job', 'text', 1], ['-o json', 'json', 2], ['-o ndjson', 'ndjson', 2]])('%s has no summary', (_, format, count) => {
  const stderr = new Sink();
  new RunView(new Output(new Sink(), stderr, {}), format, 'all').result({ ok: false, jobs: Array<JobVerdict>(count).fill(failedJob) }, {});
  expect(stderr.bytes.toString()).toBe('');
});

test('of many Jobs that completed some are named, of those that failed all', () => {
  const jobs = Array.from({ length: 60 }, (_, position) => ({ ...failedJob, name: `job-${position}`, ...(position < 30 ? {} : { verdict: 'Complete' as const }) }));
  const lines = jobSummary(jobs, (_, text) => text);
  expect([lines.length, lines[0], lines[21], lines[22]?.split(' ')[2], lines.at(-1)?.split(' ')[2]]).toEqual([
    52, '30 of 60 Jobs completed', '  and 10 more', 'job-0', 'job-29',
  ]);
});

test('a change is shown without putting the attempts together, of which there may be a hundred thousand', () => {
  const view = new RunView(new Output(new Sink(), new Sink(), {}), 'text', 'none');
  const verdict = judge(new Story().job(0).pod(1, 'a', running).lines);
  const attempts = jest.fn(() => []);
  view.progress({ type: 'changed', verdict: Object.defineProperty({ ...verdict }, 'attempts', { get: attempts }) });
  expect(view.jobs).toHaveLength(1);
  expect(attempts).not.toHaveBeenCalled();
});
