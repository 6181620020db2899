import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { runMain } from './run-main';
import { makeFolder, type TemporaryFolder } from './temporary-folder';
import { type GraphJob, layoutGraph, type Outcome } from '../../src/cli/report/graph-layout';
import { graphPicture } from '../../src/cli/report/graph-picture';
import { orderWords } from '../../src/cli/tables/order-words';
import type { Before } from '../../src/core/graph';
import { beforeOf, levelsOf } from '../graphs';

const job = (name: string, command: string, after = ''): string => `apiVersion: batch/v1
kind: Job
metadata: {name: ${name}${after === '' ? '' : `, annotations: {cdk8s-jobs/after: '${after}'}`}}
spec:
  backoffLimit: 0
  template: {spec: {restartPolicy: Never, containers: [{name: main, image: busybox, command: [sh, -c, "${command}"]}]}}
`;

let folder: TemporaryFolder;
beforeAll(() => {
  folder = makeFolder({
    'order.yaml': [job('fetch', 'true'), job('train', 'exit 3', 'fetch'), job('publish', 'true', 'train'), job('other', 'true')].join('---\n'),
  });
});
afterAll(() => folder.remove());

const graph = (outcomes: readonly Outcome[]): GraphJob[] => outcomes.map((outcome, position) => ({ name: `job-${position}`, outcome }));

test('a Job stands below those that it waits for, with an arrow from each, but none that a longer way says', () => {
  const { boxes, arrows, width, boxWidth } = layoutGraph(graph(['good', 'good', 'bad', 'left']), [[], [0], [0], [0, 1, 2]]);
  expect(boxes.map(({ label, y, outcome }) => [label, y, outcome])).toEqual([
    ['job-0', 0, 'good'], ['job-1', 58, 'good'], ['job-2', 58, 'bad'], ['job-3', 116, 'left'],
  ]);
  expect(boxes[0]?.x).toBe((width - boxWidth) / 2);
  expect(arrows).toHaveLength(4);
});

test('of many Jobs those of a level that went well share a box, and failures are drawn by themselves', () => {
  const large = levelsOf(20, 10);
  const names = Object.keys(large.jobs);
  const outcomes = names.map((name): Outcome => (name === 'level-10-3' ? 'bad' : name > 'level-11' ? 'left' : 'good'));
  const { boxes, arrows, width, height } = layoutGraph(names.map((name, position) => ({ name, outcome: outcomes[position] ?? 'good' })), beforeOf(large));
  expect(boxes.map(({ label }) => label).slice(9, 13)).toEqual(['10 complete', '9 complete', 'level-10-3', '10 not started']);
  expect([boxes.length, arrows.length]).toEqual([21, 21]);
  expect(width).toBeLessThan(500);
  expect(height).toBe(19 * 58 + 26);
});

test('whatever the graph: every Job is in one box, boxes do not touch, and arrows go down', () => {
  const anyGraph = fc.integer({ min: 1, max: 50 }).chain((size) => fc.tuple(...Array.from({ length: size }, (_, node) =>
    fc.tuple(node === 0 ? fc.constant<number[]>([]) : fc.array(fc.nat({ max: node - 1 }), { maxLength: 3 }), fc.constantFrom<Outcome>('good', 'bad', 'open', 'left')))));
  fc.assert(fc.property(anyGraph, (nodes) => {
    const before: Before = nodes.map(([earlier]) => earlier);
    const { boxes, arrows, boxWidth, width } = layoutGraph(graph(nodes.map(([, outcome]) => outcome)), before);
    expect(boxes.flatMap(({ jobs }) => jobs).sort((one, other) => one - other)).toEqual([...nodes.keys()]);
    for (const { from, to } of arrows) expect(to[1]).toBeGreaterThan(from[1]);
    for (const [position, { x, y }] of boxes.entries()) {
      expect(x >= 0 && x + boxWidth <= width).toBe(true);
      for (const other of boxes.slice(position + 1)) if (other.y === y) expect(Math.abs(other.x - x)).toBeGreaterThan(boxWidth);
    }
  }));
});

test('in the picture names are text, and a box leads to the section of its Job', () => {
  const picture = graphPicture(layoutGraph([{ name: '<a>', outcome: 'bad' }], [[]]), () => ({ target: 'job-1', title: 'a "b"' }));
  expect(picture).toContain('<a href="#job-1"><g class="box bad"><title>a &quot;b&quot;</title><rect ');
  expect(picture).toContain('>&lt;a&gt;</text>');
});

test('a report of Jobs that wait has one picture with arrows, and says what each waits for', async () => {
  const { status, stderr } = await runMain(['run', '--local', '--report', 'run.html', 'order.yaml'], { cwd: folder.path });
  expect(status).toBe(3);
  expect(stderr).toContain('order: fetch, other → train → publish\n');
  const page = readFileSync(join(folder.path, 'run.html'), 'utf8');
  expect(page.match(/<svg class="graph"/g)).toHaveLength(1);
  expect(page.match(/class="arrow"/g)).toHaveLength(2);
  expect(page).toMatch(/<a href="#job-1"><g class="box bad"><title>train: Failed \(BackoffLimitExceeded\): [^<]*exit code 3<\/title>/);
  expect(page).toMatch(/<a href="#job-2"><g class="box left"><title>publish: not started: train failed<\/title>/);
  expect(page).toContain('<span class="badge left">not started</span>');
  expect(page).toMatch(/<p class="soft">namespace default · 0 done · after train<\/p>/);
  expect(page).not.toMatch(/<script|<link|<img|@import|url\((?!#)|https?:/);
});

test('JSON and the events say what waits for what, and why a Job was not started', async () => {
  const named = (name: string): object => ({ name, namespace: 'default' });
  const order = [
    { ...named('fetch'), after: [] }, { ...named('train'), after: [named('fetch')] }, { ...named('publish'), after: [named('train')] }, { ...named('other'), after: [] },
  ];
  const { stdout } = await runMain(['run', '--local', '-o', 'json', 'order.yaml'], { cwd: folder.path });
  const result = JSON.parse(stdout) as { readonly jobs: readonly object[] };
  expect(result).toMatchObject({ order });
  expect(result.jobs[2]).toMatchObject({ name: 'publish', verdict: 'NotStarted', message: 'train failed' });
  const events = (await runMain(['run', '--local', '-o', 'ndjson', 'order.yaml'], { cwd: folder.path })).stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as object);
  expect(events[0]).toEqual({ type: 'ordered', jobs: order });
  expect(events).toContainEqual(expect.objectContaining({ type: 'ended', verdict: expect.objectContaining({ verdict: 'NotStarted', message: 'train failed' }) }));
});

test('the summary of a workflow says what waits for what, and tells what failed from what was not started', async () => {
  const summary = join(folder.path, 'summary.md');
  const env = { PATH: process.env.PATH, GITHUB_STEP_SUMMARY: summary };
  const { stdout } = await runMain(['run', '--local', '-o', 'github', 'order.yaml'], { cwd: folder.path, env });
  expect(stdout).toContain('title=Job publish%3A not started::train failed');
  const lines = readFileSync(summary, 'utf8').split('\n');
  expect(lines).toEqual(expect.arrayContaining([
    '| | Job | After | Result | Done | Cause |', '| ⏭️ | publish | train | not started | 0 | train failed |', '| ✅ | fetch |  | Complete | 1/1 |  |',
  ]));
});

test.each<[string, string]>([
  ['a,b>a,c>a,d>b c', 'a → b, c → d'],
  ['a,b,c,d,e,f>a b c d e', '5 Jobs → f'],
  ['a,b>a,c>b,d>c,e>d,f>e,g>f,h>g', 'a → b → c → d → e → … 2 more → h'],
  ['a>elsewhere', 'a'],
])('the order %s is told in words', (text, words) => {
  const jobs = text.split(',').map((part) => {
    const [name = '', after = ''] = part.split('>');
    return { name, namespace: 'default', after: after.split(' ').filter(Boolean).map((earlier) => ({ name: earlier, namespace: 'default' })) };
  });
  expect(orderWords(jobs)).toBe(words);
});
