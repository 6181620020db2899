import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runMain } from './run-main';
import { makeFolder, type TemporaryFolder } from './temporary-folder';
import { githubSummary } from '../../src/cli/terminal/github-summary';
import { workflowCommand } from '../../src/cli/terminal/workflow-commands';
import { startJudging } from '../../src/verdict/judge';

const job = (name: string, command: string): string => `apiVersion: batch/v1
kind: Job
metadata:
  name: ${name}
spec:
  backoffLimit: 0
  template:
    spec:
      restartPolicy: Never
      containers:
      - {name: main, image: busybox, command: [sh, -c, "${command}"]}
`;

let folder: TemporaryFolder;
beforeAll(() => {
  folder = makeFolder({
    'jobs/well.yaml': job('well', 'echo ::error::injected; printf ::endgroup::'),
    'jobs/both.yaml': `${job('well', 'true')}---\n${job('bad', 'exit 3')}`,
    'empty.yaml': 'kind: List\napiVersion: v1\nitems: []\n',
    'summary.md': '# Before\n',
  });
});
afterAll(() => folder.remove());

test('what containers print stands in a group, and can be no command', async () => {
  const { status, stdout, stderr } = await runMain(['run', '--local', '-o', 'github', 'jobs/well.yaml'], { cwd: folder.path });
  const lines = stdout.trimEnd().split('\n');
  const token = /^::stop-commands::([0-9a-f]{32})$/.exec(lines[1] ?? '')?.[1];
  expect({ status, lines: lines.map((line) => line.replace(/in [\d.]+s/, 'in 1s')) }).toEqual({
    status: 0,
    lines: ['::group::Output of well', `::stop-commands::${token}`, 'well       created', '::error::injected', '::endgroup::', 'well       Complete 1/1 in 1s', `::${token}::`, '::endgroup::'],
  });
  expect(stderr).toBe('local engine; containers run as processes of this machine, images are not used\n');
});

test('a failure stands on the line of its Job, relative to the repository, and in the summary of the step', async () => {
  const summary = join(folder.path, 'summary.md');
  const env = { PATH: process.env.PATH, GITHUB_WORKSPACE: folder.path, GITHUB_STEP_SUMMARY: summary };
  const { status, stdout } = await runMain(['run', '--local', '-o', 'github', 'both.yaml'], { cwd: join(folder.path, 'jobs'), env });
  expect(status).toBe(3);
  const [annotation, ...others] = stdout.split('\n').filter((line) => line.startsWith('::error'));
  expect(annotation).toMatch(/^::error file=jobs\/both\.yaml,line=16,title=Job bad%3A Failed \(BackoffLimitExceeded\)::pod bad-\w+, container main: NonZeroExit: exit code 3%0A/);
  expect(others).toEqual([]);
  expect(readFileSync(summary, 'utf8')).toMatch(/^# Before\n### 1 of 2 Jobs completed\n\n[^]*\| ✅ \| well \| Complete \| 1\/1 \| {2}\|\n\| ❌ \| bad \| Failed /);
});

test('what keeps the Jobs from running is an annotation too', async () => {
  const { status, stdout } = await runMain(['run', '--local', '-o', 'github', 'none.yaml'], { cwd: folder.path });
  expect({ status, stdout }).toEqual({ status: 125, stdout: '::error title=cdk8s-jobs run::Cannot read none.yaml: there is no such file or folder\n' });
});

test('a summary that cannot be written is a warning', async () => {
  const env = { PATH: process.env.PATH, GITHUB_STEP_SUMMARY: join(folder.path, 'no', 'such', 'folder') };
  const { status, stdout } = await runMain(['run', '--local', '-o', 'github', 'jobs/well.yaml'], { cwd: folder.path, env });
  expect(status).toBe(0);
  expect(stdout).toMatch(/^::warning::Cannot write GITHUB_STEP_SUMMARY: there is no such file or folder$/m);
});

test.each([
  ['data', workflowCommand('error', {}, '100 %\r\na: b, c'), '::error::100 %25%0D%0Aa: b, c'],
  ['properties', workflowCommand('error', { file: 'a,b:c%d\n', line: 3, col: undefined }, 'x'), '::error file=a%2Cb%3Ac%25d%0A,line=3::x'],
])('in %s what would end them is escaped', (_, command, expected) => {
  expect(command).toBe(expected);
});

test('in a summary text is nothing but text', () => {
  const verdict = { ...startJudging().verdict(), name: 'demo', verdict: 'Failed' as const, message: 'a | b\n![x](http://y) <b> `c` &amp;', hint: '' };
  expect(githubSummary([verdict]).split('\n').find((line) => line.startsWith('| ❌'))).toBe(
    '| ❌ | demo | Failed | 0 | a \\| b \\!\\[x\\]\\(http://y\\) &lt;b\\> \\`c\\` &amp;amp; |');
});
