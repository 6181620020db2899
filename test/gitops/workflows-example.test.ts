/** The workflows of the example: their commands are played in a repository of their own, with a remote beside it and a stand-in for gh. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { makeFolder, type TemporaryFolder } from '../cli/temporary-folder';

const root = join(__dirname, '..', '..');
const find = createRequire(__filename);

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly on: unknown;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { readonly 'runs-on': string; readonly 'steps': readonly Step[] }>>;
}

function workflow(name: string): Workflow {
  return parse(readFileSync(join(root, 'examples', 'gitops', name), 'utf8')) as Workflow;
}

function stepsOf(name: string): readonly Step[] {
  return Object.values(workflow(name).jobs).flatMap(({ steps }) => steps);
}

/** What GitHub fills in. */
const filledIn: Readonly<Record<string, string>> = {
  'github.base_ref': 'main', 'github.event.number': '7', 'github.token': 'a token',
};

/** Whether a step runs, by its condition and what has failed before it. */
const conditions: Readonly<Record<string, (folder: string, hasFailed: boolean) => boolean>> = {
  '': (_, hasFailed) => !hasFailed,
  "${{ always() && hashFiles('review.md') != '' }}": (folder) => existsSync(join(folder, 'review.md')),
  '${{ !cancelled() }}': () => true,
};

/** One more Job in the app: under one name, so that a change of it is refused. */
const seed = `new NonParallelJob(chart, 'seed', {
  metadata: { name: 'seed' }, restartPolicy: 'Never', containers: [{ name: 'seed', image, command: ['seed', 'once'] }],
});
`;

let place: TemporaryFolder;
let clone: string;

/** The programs that the workflow calls: of npm and gh only what the calls mean here. */
function programs(): Record<string, string> {
  const tsx = pathToFileURL(find.resolve('tsx')).href;
  const run = `"${process.execPath}"`;
  return {
    npm: '[ "$*" = ci ]',
    npx: `name=$1; shift; case "$name" in tsx) exec ${run} --import ${tsx} "$@";; cdk8s-jobs) exec ${run} ${join(root, 'lib/cli/main.js')} "$@";; *) exit 99;; esac`,
    gh: 'echo "$@" >> "$GH_LOG"; while [ $# -gt 0 ]; do if [ "$1" = --body-file ]; then cp "$2" "$GH_LOG.body"; fi; shift; done',
  };
}

function environment(): Record<string, string> {
  return {
    PATH: `${join(place.path, 'bin')}:${process.env.PATH}`,
    HOME: place.path,
    GIT_CONFIG_NOSYSTEM: '1',
    GH_LOG: join(place.path, 'gh'),
    TSX_TSCONFIG_PATH: join(place.path, 'tsconfig.json'),
    ...Object.fromEntries(['AUTHOR', 'COMMITTER'].flatMap((who) => [[`GIT_${who}_NAME`, 'T'], [`GIT_${who}_EMAIL`, 't@example.com']])),
  };
}

function git(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: clone, env: environment(), encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

/** Plays the steps of a workflow in the clone. @returns what each step that ran ended with, by its name, and all that they said. */
function play(name: string): { readonly ended: Record<string, number | null>; readonly said: string } {
  const ended: Record<string, number | null> = {};
  let said = '';
  for (const { run, if: condition = '', shell, env = {}, ...step } of stepsOf(name)) {
    if (run === undefined) continue;
    const runs = conditions[condition];
    if (runs === undefined) throw new Error(`nobody has said what ${condition} means`);
    if (!runs(clone, Object.values(ended).some((status) => status !== 0))) continue;
    const variables = Object.entries(env).map(([key, value]) => [key, value.replace(/\$\{\{ (.+?) \}\}/g, (_, expression: string) => {
      const text = filledIn[expression];
      if (text === undefined) throw new Error(`nobody has said what ${expression} is`);
      return text;
    })]);
    // As the runner calls it: with pipefail only where bash is asked for.
    const options = shell === 'bash' ? ['--noprofile', '--norc', '-eo', 'pipefail', '-c'] : ['-e', '-c'];
    const result = spawnSync('bash', [...options, run], { cwd: clone, env: { ...environment(), ...Object.fromEntries(variables) as object }, encoding: 'utf8' });
    ended[step.name ?? run] = result.status;
    said += `${result.stdout}${result.stderr}`;
  }
  return { ended, said };
}

beforeAll(() => {
  place = makeFolder({ 'tsconfig.json': '{ "compilerOptions": { "module": "node16", "moduleResolution": "node16" } }' });
  clone = join(place.path, 'clone');
  mkdirSync(join(place.path, 'bin'));
  for (const [name, text] of Object.entries(programs())) {
    writeFileSync(join(place.path, 'bin', name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(place.path, 'bin', name), 0o755);
  }
  mkdirSync(clone);
  spawnSync('git', ['init', '--quiet', '--bare', '--initial-branch', 'main', join(place.path, 'origin')], { env: environment() });
  git('init', '--quiet', '--initial-branch', 'main', '.');
  writeFileSync(join(clone, 'app.ts'), readFileSync(join(root, 'examples', 'gitops', 'argocd.ts'), 'utf8').replace('app.synth();', `${seed}app.synth();`));
  writeFileSync(join(clone, 'package.json'), '{}');
  writeFileSync(join(clone, '.gitignore'), 'node_modules\nreview.md\n');
  mkdirSync(join(clone, 'node_modules'));
  for (const [name, target] of [['cdk8s-jobs', root], ['cdk8s', dirname(find.resolve('cdk8s/package.json'))], ['constructs', dirname(find.resolve('constructs/package.json'))]] as const) {
    symlinkSync(target, join(clone, 'node_modules', name), 'junction');
  }
  git('add', '--all');
  git('commit', '--quiet', '--message', 'the app');
  git('remote', 'add', 'origin', join(place.path, 'origin'));
  git('push', '--quiet', '--set-upstream', 'origin', 'main');
}, 60_000);

afterAll(() => place.remove());

test.each([
  ['render.yaml', { contents: 'write' }],
  ['review.yaml', { 'contents': 'read', 'pull-requests': 'write' }],
])('%s asks for the rights that its steps need, and no more', (name, permissions) => {
  expect(workflow(name)).toMatchObject({ permissions, jobs: expect.any(Object) as object });
  expect(stepsOf(name).flatMap(({ uses = [] }) => uses)).toEqual(['actions/checkout@v4', 'actions/setup-node@v4']);
});

test('the review has the whole history, so that it finds the base', () => {
  expect(stepsOf('review.yaml')[0]?.with).toEqual({ 'fetch-depth': 0 });
});

test('a merge is rendered and committed, and nothing is committed where nothing has changed', () => {
  expect(play('render.yaml')).toMatchObject({ ended: { 'npm ci': 0, 'Render': 0, 'Check with the rules of the tool': 0, 'Commit': 0 } });
  const commit = git('rev-parse', 'origin/main');
  expect(git('show', '--name-only', '--format=%s', 'origin/main')).toBe('Render the Jobs\n\ndist/orders.k8s.yaml');
  expect(play('render.yaml').ended).toMatchObject({ Commit: 0 });
  expect(git('rev-parse', 'origin/main')).toBe(commit);
}, 120_000);

interface Review {
  readonly ended: Record<string, number | null>;
  readonly comment: string;
  readonly call: string;
}

/** Changes the app on a branch, plays the review, and returns what it said. */
function reviewOf(branch: string, from: string, to: string): Review {
  for (const left of ['gh', 'gh.body']) rmSync(join(place.path, left), { force: true });
  rmSync(join(clone, 'review.md'), { force: true });
  git('checkout', '--quiet', '--force', '-B', branch, 'main');
  const app = readFileSync(join(clone, 'app.ts'), 'utf8');
  expect(app).toContain(from);
  writeFileSync(join(clone, 'app.ts'), app.replace(from, to));
  git('commit', '--quiet', '--all', '--message', 'a change');
  const { ended } = play('review.yaml');
  return { ended, comment: readFileSync(join(place.path, 'gh.body'), 'utf8'), call: readFileSync(join(place.path, 'gh'), 'utf8').trim() };
}

test('a new run is reviewed as one, in one comment', () => {
  const { ended, comment, call } = reviewOf('feature', "'migrate', '--lock'", "'migrate', '--lock', '--fast'");
  expect(ended).toEqual({ 'npm ci': 0, 'Render': 0, 'Review': 0, 'Comment': 0, 'Check with the rules of the tool': 0 });
  expect(call).toBe('pr comment 7 --edit-last --create-if-none --body-file review.md');
  expect(comment).toMatch(/^<!-- cdk8s-jobs review -->\n### Jobs: 2 run again, 1 unchanged\n/);
  expect(comment).toMatch(/\*\*runs again\*\* `job\.batch\/migrate-\w+ in orders \(was migrate-\w+\)`/);
}, 120_000);

test('what would be refused fails the check, and is commented all the same', () => {
  const { ended, comment } = reviewOf('bad', "'seed', 'once'", "'seed', 'twice'");
  expect(ended).toEqual({ 'npm ci': 0, 'Render': 0, 'Review': 2, 'Comment': 0, 'Check with the rules of the tool': 0 });
  expect(comment).toContain('- **refused** `job.batch/seed in orders` in `dist/orders.k8s.yaml:');
}, 120_000);
