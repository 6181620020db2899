import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runMain } from './run-main';
import { makeFolder, type TemporaryFolder } from './temporary-folder';
import { escapeHtml } from '../../src/cli/report/html';
import { reportPage } from '../../src/cli/report/report-page';
import { reportFile, ReportRecorder } from '../../src/cli/report/report-recorder';
import type { RunReport } from '../../src/cli/report/run-report';
import { timelineOf } from '../../src/cli/report/timeline';
import { timelinePicture } from '../../src/cli/report/timeline-picture';
import { LogLine } from '../../src/runtime/log-line';
import { History } from '../../src/verdict/history';
import type { JobVerdict } from '../../src/verdict/job-verdict';
import { judge, startJudging } from '../../src/verdict/judge';
import { ManualTimers } from '../runtime/manual-timers';
import { ended, Story } from '../verdict/story';

const job = `apiVersion: batch/v1
kind: Job
metadata: {name: shards}
spec:
  completions: 2
  parallelism: 2
  completionMode: Indexed
  backoffLimit: 0
  template:
    spec:
      restartPolicy: Never
      containers: [{name: main, image: busybox, command: [sh, -c, "echo '<script>alert(1)</script>'; exit $JOB_COMPLETION_INDEX"]}]
`;

let folder: TemporaryFolder;
beforeAll(() => { folder = makeFolder({ 'shards.yaml': job }); });
afterAll(() => folder.remove());

test('a run that fails leaves a page with verdict, timeline, exit codes, last output and hint', async () => {
  const { status, stderr } = await runMain(['run', '--local', '--report', 'run.html', 'shards.yaml'], { cwd: folder.path });
  expect(status).toBe(1);
  expect(stderr).toMatch(/\nreport written to run\.html\n$/);
  const page = readFileSync(join(folder.path, 'run.html'), 'utf8');
  expect(page).toContain('<h1 class="bad">0 of 1 Job completed</h1>');
  expect(page).toContain('<span class="badge bad">Failed (BackoffLimitExceeded)</span>');
  expect(page).toMatch(/index 1<\/text>(?:<rect class="waiting"[^>]*><title>[^<]*<\/title><\/rect>)?<rect class="failed"[^>]*><title>shards-1-\w+: exit 1 \(Error\), \d+s<\/title><\/rect><text class="exit bad"[^>]*>exit 1</);
  expect(page).toMatch(/<pre>&lt;script&gt;alert\(1\)&lt;\/script&gt;<\/pre>/);
  expect(page).toMatch(/<p class="hint">Container &quot;main&quot; of index 1 exited 1/);
  expect(page).not.toMatch(/<script|<link|<img|@import|url\(|https?:/);
});

test('a report that cannot be written is refused before anything is started', async () => {
  const { status, stderr } = await runMain(['run', '--local', '--report', 'no/such/run.html', 'shards.yaml'], { cwd: folder.path });
  expect(status).toBe(125);
  expect(stderr).toBe('error: Cannot write the report no/such/run.html: its folder is not there\n');
});

const base: RunReport = { cluster: 'kind', startedAt: new Date(0), seconds: 3, isInterrupted: false, error: undefined, jobs: [], order: [] };

test('a run that was interrupted, or could not go on, says so', () => {
  const verdict = { ...startJudging().verdict(), name: 'demo', namespace: 'default' };
  expect(reportPage({ ...base, isInterrupted: true, jobs: [{ verdict, rows: [], tails: [] }] })).toContain('<span class="badge open">interrupted</span>');
  const page = reportPage({ ...base, error: 'the <cluster> is gone' });
  expect(page).toContain('<h1 class="bad">The run ended with an error</h1>');
  expect(page).toContain('the &lt;cluster&gt; is gone');
  expect(page).toContain('1970-01-01 00:00:00 UTC');
});

test('of several Jobs there is an index, what failed comes first, and what completed is folded', () => {
  const reported = (name: string, part: Partial<JobVerdict>): RunReport['jobs'][number] =>
    ({ verdict: { ...startJudging().verdict(), name, namespace: 'default', over: true, ...part }, rows: [], tails: [] });
  const jobs = [
    reported('good', { verdict: 'Complete' }), reported('open', { over: false }),
    reported('<bad>', { verdict: 'Failed', reason: 'BackoffLimitExceeded', message: 'pod a: exit code 3', hint: 'Read its log.' }), reported('fine', { verdict: 'Complete' }),
  ];
  const page = reportPage({ ...base, jobs });
  expect([...page.matchAll(/<a href="#(job-\d)">([^<]+)</g)].map(([, id, name]) => [id, name])).toEqual(
    [['job-1', '&lt;bad&gt;'], ['job-2', 'open'], ['job-3', 'good'], ['job-4', 'fine']]);
  expect(page).toContain('<span class="badge bad">Failed (BackoffLimitExceeded)</span><a href="#job-1">&lt;bad&gt;</a> pod a: exit code 3</li>');
  const sections = page.split('<section ').slice(1);
  expect(sections.map((section) => [/id="(.*?)"/.exec(section)?.[1], /<h2>(\S+)/.exec(section)?.[1], section.includes('<details class="job"><summary><h2>')])).toEqual(
    [['job-1', '&lt;bad&gt;', false], ['job-2', 'open', false], ['job-3', 'good', true], ['job-4', 'fine', true]]);
  const single = reportPage({ ...base, jobs: jobs.slice(0, 1) });
  expect([single.includes('<nav>'), single.includes('<details class="job"><summary><h2>')]).toEqual([false, false]);
});

test.each([[['main', 'proxy'], '1 attempt<'], [['main', 'main'], '2 attempts<']])('a pod with runs of %j is %s', (containers, words) => {
  const attempts = containers.map((container) => ({ pod: 'a', index: null, container, result: 'failed' as const, exitCode: 1, reason: 'Error', seconds: 1 }));
  expect(reportPage({ ...base, jobs: [{ verdict: { ...startJudging().verdict(), attempts }, rows: [], tails: [] }] })).toContain(`<summary>${words}`);
});

test('of the output of a failed run the last lines are kept', async () => {
  const story = new Story().job(0).pod(1, 'a', ended(3)).failed(2);
  const recorder = new ReportRecorder(reportFile(join(folder.path, 'tail.html'), 'tail.html'), new ManualTimers());
  for (const line of story.lines) recorder.tape.write(line);
  const source = { namespace: 'default', job: 'task', pod: 'a', podUid: 'a', container: 'main', isOnly: true, index: null, attempt: 0 };
  for (let count = 1; count <= 30; count += 1) recorder.log(new LogLine(source, '', Buffer.from(`line ${count}\n`)));
  recorder.progress({ type: 'ended', verdict: judge(story.lines) });
  const [reported] = recorder.report().jobs;
  expect(reported?.tails).toEqual([{ pod: 'a', container: 'main', attempt: 0, leftOut: 10, lines: Array.from({ length: 20 }, (_, index) => `line ${index + 11}`) }]);
});

test('a timeline shows waiting, runs that ended and what still runs, each at its time', () => {
  const history = new History({});
  const running = { phase: 'Running', containerStatuses: [{ name: 'main', restartCount: 0, state: { running: { startedAt: '2026-11-23T20:00:00Z' } } }] };
  const story = new Story().job(0).pod(1, 'a', { phase: 'Pending' }).pod(4, 'a', running).pod(6, 'a', ended(3)).pod(6.5, 'b', { phase: 'Pending' }).pod(7, 'b', running);
  for (const line of story.lines) history.observe(line);
  history.settle();
  expect(timelineOf(history.allJobs.flatMap((one) => history.podsOf(one).all), 10)).toEqual([
    { label: 'a', exitCode: 3, bars: [{ from: 1, to: 4, kind: 'waiting', title: 'a: waiting 3s' }, { from: 4, to: 6, kind: 'failed', title: 'a: exit 3 (Error), 2s' }] },
    { label: 'b', exitCode: undefined, bars: [{ from: 6.5, to: 7, kind: 'waiting', title: 'b: waiting 0.5s' }, { from: 7, to: 10, kind: 'running', title: 'b: running' }] },
  ]);
});

test.each([[0, ['0s', '0.2s', '0.4s', '0.6s', '0.8s', '1s']], [3, ['0s', '0.5s', '1s', '1.5s', '2s', '2.5s', '3s']], [100, ['0s', '20s', '40s', '1m', '1.3m', '1.7m']], [7200, ['0s', '30m', '1h', '1.5h', '2h']]])(
  'a picture of %i seconds has round numbers below it', (seconds, texts) => {
    const picture = timelinePicture([{ label: 'a', exitCode: undefined, bars: [] }], seconds);
    expect([...picture.matchAll(/class="tick"[^>]*>([^<]+)</g)].map(([, text]) => text)).toEqual(texts);
  });

test('colours of a terminal and control characters are left out of HTML', () => {
  expect(escapeHtml('\u001b[31mred\u001b[0m \u001b]8;;http://x\u0007link\u001b]8;;\u0007 a\u0000b\tc\n"&\'')).toBe('red link ab\tc\n&quot;&amp;&#39;');
});
