import { join } from 'node:path';
import { attemptTable } from '../../../src/cli/tables/attempt-table';
import type { Attempt } from '../../../src/verdict/job-verdict';
import { tapes } from '../../verdict/tapes';
import { runMain } from '../run-main';
import { makeFolder, type TemporaryFolder } from '../temporary-folder';

const folderOfTapes = join(__dirname, '..', '..', 'verdict', 'tapes');
let folder: TemporaryFolder;
afterEach(() => folder?.remove());

async function whyOf(text: string, words: readonly string[] = []): ReturnType<typeof runMain> {
  folder = makeFolder({ 'run.tape': text });
  return runMain(['why', 'run.tape', ...words], { cwd: folder.path });
}

test('a failure has its verdict, cause, words, hint, time, exit status and attempts', async () => {
  const { status, stdout, stderr } = await runMain(['why', join(folderOfTapes, 'command-missing.jsonl')]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout.split('\n')).toEqual([
    'task  Failed (BackoffLimitExceeded), namespace tape-command-missing',
    '  cause    CommandNotFound',
    expect.stringMatching(/^ {2}message {2}pod task-6whjm, container main: CommandNotFound: .*"no-such-program"/),
    expect.stringMatching(/^ {2}hint {5}There is no program "no-such-program" in the image/),
    '  done     0/1, 1 pod failed',
    '  decided  after 0.7s; final after 2.9s',
    '  exit     126, as run ends when it waits for this',
    '',
    '  pod         attempts  result               exit  time',
    '  task-6whjm  1         failed (StartError)  128   -',
    '',
  ]);
});

test('a refusal has no pods and no counts', async () => {
  const { status, stdout } = await runMain(['why', join(folderOfTapes, 'refused-invalid.jsonl')]);
  expect(status).toBe(0);
  expect(stdout.split('\n')[0]).toBe('task  Refused (Invalid)');
  expect(stdout).not.toContain('done');
  expect(stdout).toContain('exit     125');
});

test('a Job that still waits is not decided for good', async () => {
  const { stdout } = await runMain(['why', join(folderOfTapes, 'quota-memory.jsonl')]);
  expect(stdout).toMatch(/^task {2}Running/);
  expect(stdout).toMatch(/decided {2}after \d+\.\ds, not final: it can still heal by itself/);
});

test.each(tapes.map(({ name, truth }) => [name, truth] as const))('every tape is read: %s', async (name, { verdict, reason, diagnosis, exitCode }) => {
  const { status, stdout, stderr } = await runMain(['why', join(folderOfTapes, `${name}.jsonl`), '-o', 'json']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({
    apiVersion: 'cdk8s-jobs/v1', kind: 'JobVerdict', verdict, reason, diagnosis, exitCode, exitStatus: expect.any(Number),
  });
});

const twoJobs = [
  { tape: 'both.yaml', watched: 5, manifests: ['good', 'bad'].map((name) => ({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name } })) },
  { at: 0, watch: 'jobs', type: 'ADDED', object: { kind: 'Job', metadata: { name: 'good', namespace: 'media', uid: 'g' }, spec: { completions: 1 } } },
  { at: 0, watch: 'jobs', type: 'ADDED', object: { kind: 'Job', metadata: { name: 'bad', namespace: 'media', uid: 'b' }, spec: { completions: 1 } } },
  {
    at: 2,
    watch: 'jobs',
    type: 'MODIFIED',
    object: {
      kind: 'Job',
      metadata: { name: 'good', namespace: 'media', uid: 'g', resourceVersion: '9' },
      spec: { completions: 1 },
      status: { succeeded: 1, conditions: [{ type: 'Complete', status: 'True', reason: 'CompletionsReached' }] },
    },
  },
].map((line) => JSON.stringify(line)).join('\n') + '\n';

test('all Jobs that a run applied are judged', async () => {
  const { stdout } = await whyOf(twoJobs);
  expect(stdout.split('\n').filter((line) => /^\w/.test(line))).toEqual([
    'good  Complete (CompletionsReached), namespace media', 'bad  Running, namespace media',
  ]);
});

test('in JSON the first Job is the object, and the others are in it', async () => {
  const { stdout } = await whyOf(twoJobs, ['-o', 'json']);
  expect(JSON.parse(stdout)).toMatchObject({ kind: 'JobVerdict', name: 'good', exitStatus: 0, others: [{ name: 'bad', verdict: 'Running' }] });
});

test('one Job is judged alone when it is named', async () => {
  const { stdout } = await whyOf(twoJobs, ['--job', 'bad', '-o', 'json']);
  expect(JSON.parse(stdout)).toMatchObject({ kind: 'JobVerdict', name: 'bad', verdict: 'Running' });
});

const head = JSON.stringify({ tape: 'job.yaml', manifests: [] });

test.each<[string, string, readonly string[], string]>([
  ['an empty file', '', [], 'it is empty'],
  ['a file that is no JSON', 'kind: Job\n', [], 'line 1 is no JSON object'],
  ['a line in the middle that is no JSON', `${head}\n{"at":0}\nnonsense\n{"at":1}\n`, [], 'line 3 is no JSON object'],
  ['a line that is a number', `${head}\n12\n{"at":1}\n`, [], 'line 2 is no JSON object'],
  ['JSON of something else', '{"kind":"Job"}\n', [], 'it is no tape'],
  ['a tape on which nothing happens', `${head}\n`, [], 'nothing was observed'],
  ['a Job that is not on the tape', twoJobs, ['--job', 'goood'], 'did you mean good?'],
])('%s is refused', async (_, text, words, message) => {
  const { status, stdout, stderr } = await whyOf(text, words);
  expect({ status, stdout }).toEqual({ status: 125, stdout: '' });
  expect(stderr).toMatch(/^error: Cannot (read|judge|find) .*\n(hint: .*\n)?$/);
  expect(stderr).toContain(message);
});

test.each([
  ['a file that is not there', 'no-such.tape', 'there is no such file or folder'],
  ['a folder', '.', 'it is a folder'],
  ['a file in a file', 'run.tape/x', 'a part of its path is no folder'],
])('%s is refused by the name that was given', async (_, file, problem) => {
  folder = makeFolder({ 'run.tape': '' });
  const { status, stdout, stderr } = await runMain(['why', file], { cwd: folder.path });
  expect({ status, stdout, stderr }).toEqual({ status: 125, stdout: '', stderr: `error: Cannot read the tape ${file}: ${problem}\n` });
});

const endless = twoJobs.replace('"watched":5,', '');

test.each([
  ['a last line that was cut off is left out', `${twoJobs}{"at":3,"watch":"jo`],
  ['a tape that ends with a whole line, but not as a run ends it', endless],
])('%s, and the user is told that the end is missing', async (_, text) => {
  const { status, stdout, stderr } = await whyOf(text);
  expect(status).toBe(0);
  expect(stdout).toContain('good  Complete');
  expect(stderr).toBe('warning: the tape ends early, after 2.0s: the run that wrote it was killed, and this is what it had seen by then\n');
  folder.remove();
  expect(JSON.parse((await whyOf(text, ['-o', 'json'])).stdout)).toMatchObject({ name: 'good', tapeEndsEarly: true });
});

test('a whole tape has no such word', async () => {
  const { stdout, stderr } = await whyOf(twoJobs, ['-o', 'json']);
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).not.toHaveProperty('tapeEndsEarly');
});

const attempt = (change: Partial<Attempt>): Attempt => ({
  pod: 'etl-a', index: null, container: 'main', result: 'succeeded', exitCode: 0, reason: null, seconds: 3, ...change,
});

test.each<[string, readonly Attempt[], readonly string[]]>([
  ['nothing that ran is no table', [], []],
  [
    'runs of one index are one line, with how the last went',
    [
      attempt({ index: 1, pod: 'etl-1-a', result: 'failed', exitCode: 7, reason: 'Error', seconds: 2 }),
      attempt({ index: 0, pod: 'etl-0-a', seconds: 9 }),
      attempt({ index: 1, pod: 'etl-1-b', result: 'failed', exitCode: 137, reason: 'OOMKilled', seconds: 4 }),
    ],
    ['index  attempts  result              exit  time', '0      1         succeeded           0     9s', '1      2         failed (OOMKilled)  137   4s'],
  ],
  [
    'several containers have a column',
    [attempt({ container: 'fetch' }), attempt({ result: 'running', exitCode: null, seconds: null })],
    ['pod    container  attempts  result     exit  time', 'etl-a  fetch      1         succeeded  0     3s', 'etl-a  main       1         running    -     -'],
  ],
])('%s', (_, attempts, lines) => {
  expect(attemptTable(attempts)).toEqual(lines);
});

test('of many indexes those with trouble are shown, and the rest is counted', () => {
  const attempts = Array.from({ length: 1000 }, (_, index) => attempt({ index, ...(index === 700 ? { result: 'failed', exitCode: 1, reason: 'Error' } : {}) }));
  const lines = attemptTable(attempts);
  expect(lines).toHaveLength(22);
  expect(lines).toContainEqual('700    1         failed (Error)  1     3s');
  expect(lines.at(-1)).toBe('and 980 more: 980 succeeded');
});
