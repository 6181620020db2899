import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Files, job, makeRepository, type TestRepository } from './repository';
import { runMain } from '../run-main';
import { makeFolder } from '../temporary-folder';

let repository: TestRepository;

afterEach(() => repository.remove());

/** The outcomes that a review says, beside the names. */
function outcomesIn(text: string): string[] {
  return [...text.matchAll(/^(refused|runs again|removed|new|in place|unchanged) +(?:job|cronjob)\.batch\/(.+?) {2}/gm)].map(([, outcome, name]) => `${name}: ${outcome}`);
}

test.each<[string, Files, Files, number, readonly string[]]>([
  ['a new file', { 'dist/a.yaml': job('a') }, { 'dist/b.yaml': job('b') }, 0, ['b: new', 'a: unchanged']],
  ['a moved file', { 'dist/a.yaml': job('a') }, { 'dist/a.yaml': undefined, 'dist/sub/z.yml': job('a') }, 0, ['a: unchanged']],
  ['a deleted file', { 'dist/a.yaml': job('a'), 'dist/b.yaml': job('b') }, { 'dist/b.yaml': undefined }, 0, ['b: removed', 'a: unchanged']],
  ['the last file deleted', { 'dist/a.yaml': job('a') }, { 'dist/a.yaml': undefined }, 0, ['a: removed']],
  ['a changed image', { 'dist/a.yaml': job('a') }, { 'dist/a.yaml': job('a', 'app:2') }, 2, ['a: refused']],
  ['a new hash', { 'dist/a.yaml': job('a-3f9a2c1') }, { 'dist/a.yaml': job('a-77b2c1d', 'app:2') }, 0, ['a-77b2c1d (was a-3f9a2c1): runs again']],
  ['a TTL', { 'dist/a.yaml': job('a') }, { 'dist/a.yaml': job('a', 'app:1', 'ttlSecondsAfterFinished: 9') }, 2, ['a: in place']],
  ['no dist: all that git knows, also what is not a manifest', { 'k8s/a.yaml': job('a'), 'package.json': '{}', 'chart/t.yaml': '{{ if }}\n' }, { 'k8s/b.json': JSON.stringify({ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'b' }, spec: { schedule: '@daily', jobTemplate: { spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'm', image: 'i' }] } } } } } }) }, 0, ['b: new', 'a: unchanged']],
  ['names with spaces, quotes and a dash', { 'dist/a b\'"ä.yaml': job('a'), 'dist/-n.yaml': job('dash') }, { 'dist/a b\'"ä.yaml': job('a', 'app:2') }, 2, ['a: refused', 'dash: unchanged']],
  ['binary files', { 'dist/x.bin': Buffer.from([0, 255, 0]), 'dist/a.yaml': job('a') }, { 'dist/x.bin': Buffer.from([1]) }, 0, ['a: unchanged']],
  ['a base that nobody can read', { 'dist/a.yaml': 'a: [\n' }, { 'dist/a.yaml': job('a') }, 0, ['a: new']],
])('%s', async (_, before, after, status, outcomes) => {
  repository = makeRepository(before);
  repository.write(after);
  const said = await repository.diff('--git', 'HEAD');
  expect({ status: said.status, outcomes: outcomesIn(said.stdout) }).toEqual({ status, outcomes });
});

test('the index, two revisions and where a branch began', async () => {
  repository = makeRepository({ 'dist/a.yaml': job('a') });
  repository.git('checkout', '--quiet', '-b', 'feature');
  repository.commit({ 'dist/b.yaml': job('b') });
  repository.git('checkout', '--quiet', 'main');
  repository.commit({ 'dist/c.yaml': job('c') });
  repository.write({ 'dist/d.yaml': job('d') });
  repository.git('add', 'dist/d.yaml');
  repository.write({ 'dist/e.yaml': job('e') });
  const review = async (...args: string[]): Promise<string[]> => outcomesIn((await repository.diff(...args)).stdout);
  expect(await review('--git', 'HEAD')).toEqual(['d: new', 'e: new', 'a: unchanged', 'c: unchanged']);
  expect(await review('--git', 'HEAD', '--cached')).toEqual(['d: new', 'a: unchanged', 'c: unchanged']);
  expect(await review('--git', 'HEAD..feature')).toEqual(['c: removed', 'b: new', 'a: unchanged']);
  expect(await review('--git', 'HEAD...feature')).toEqual(['b: new', 'a: unchanged']);
  expect(await review('--git', 'main~1..')).toEqual(['c: new', 'a: unchanged']);
  expect(await review('--git', 'HEAD', 'dist/d.yaml', join(repository.path, 'dist/a.yaml'))).toEqual(['d: new', 'a: unchanged']);
  expect(repository.git('status', '--porcelain').trim()).toBe('A  dist/d.yaml\n?? dist/e.yaml');
});

test('a branch whose name begins with a dash', async () => {
  repository = makeRepository({ 'dist/a.yaml': job('a') });
  repository.git('update-ref', 'refs/heads/-x', 'HEAD');
  repository.write({ 'dist/a.yaml': job('a', 'app:2') });
  expect(outcomesIn((await repository.diff('--git', '-x')).stdout)).toEqual(['a: refused']);
  expect(outcomesIn((await repository.diff('--git', '-x..-x')).stdout)).toEqual(['a: unchanged']);
});

test('links are followed in the repository, not out of it, and submodules are somebody else\'s', async () => {
  const outside = makeFolder({ 'secret.yaml': job('secret') });
  repository = makeRepository({ 'real/a.yaml': job('a'), 'own/b.yaml': job('b') });
  mkdirSync(join(repository.path, 'dist'));
  symlinkSync('../real', join(repository.path, 'dist/linked'));
  symlinkSync(outside.path, join(repository.path, 'dist/out'));
  repository.git('update-index', '--add', '--cacheinfo', `160000,${repository.git('rev-parse', 'HEAD').trim()},dist/sub`);
  repository.git('add', 'dist/linked', 'dist/out');
  repository.git('commit', '--quiet', '--message', 'links');
  repository.write({ 'dist/sub/c.yaml': job('c') });
  const { stdout, stderr } = await repository.diff('--git', 'HEAD..HEAD');
  expect(outcomesIn(stdout)).toEqual(['a: unchanged']);
  expect(stderr).toContain('left out: dist/out: the link leads out of the repository (HEAD)');
  expect(outcomesIn((await repository.diff('--git', 'HEAD', 'dist/linked', 'dist/sub')).stdout)).toEqual(['a: unchanged']);
  outside.remove();
});

const app = (image: string): string => `
const { writeFileSync } = require('node:fs');
writeFileSync(process.env.CDK8S_OUTDIR + '/x.k8s.yaml', ${JSON.stringify(job('a', image))} + require('left'));
`;

test('an app is rendered at both revisions, with the packages that are installed', async () => {
  repository = makeRepository({ 'app.js': app('app:1'), '.gitignore': 'node_modules\n' });
  repository.write({ 'node_modules/left/index.js': 'module.exports = "";', 'app.js': app('app:2') });
  const said = await repository.diff('--git', 'HEAD', 'app.js');
  expect({ ...said, outcomes: outcomesIn(said.stdout) }).toMatchObject({ status: 2, outcomes: ['a: refused'] });
});

test('an app that cannot be synthesized at the base is one sentence with what to do, and leaves nothing behind', async () => {
  repository = makeRepository({ 'app.js': 'const = 1;\n' });
  repository.write({ 'app.js': app('app:2').replace(" + require('left')", '') });
  const temporary = makeFolder({});
  const env = { PATH: process.env.PATH, HOME: repository.path, TMPDIR: temporary.path };
  const said = await runMain(['diff', '--git', 'HEAD', 'app.js'], { cwd: repository.path, env });
  expect(said).toEqual({
    status: 125,
    stdout: '',
    stderr: expect.stringMatching(/^error: Cannot compare with HEAD: app\.js cannot be synthesized there: app\.js:1:7: .+\nhint: choose a base where it can; or commit what it writes \(dist\) and compare that\n$/) as string,
  });
  expect(readdirSync(temporary.path)).toEqual([]);
  temporary.remove();
});

test('an app that cannot be synthesized now is refused as it always is', async () => {
  repository = makeRepository({ 'app.js': app('app:2').replace(" + require('left')", '') });
  repository.write({ 'app.js': 'throw new Error("no queue");\n' });
  expect(await repository.diff('--git', 'HEAD', 'app.js')).toMatchObject({ status: 2, stderr: expect.stringContaining('no queue') as string });
});

test.each<[string, readonly string[], string]>([
  ['a revision that is not there', ['--git', 'nope'], 'Cannot find the revision nope\nhint: name a branch, a tag or a commit'],
  ['no revision at all', ['--git', ''], 'Cannot find the revision '],
  ['a path that neither side has', ['--git', 'HEAD', 'nope.yaml'], 'Cannot compare nope.yaml: it is neither in HEAD nor in the working tree'],
  ['a path outside', ['--git', 'HEAD', '..'], 'Cannot compare ..: it is outside of the repository'],
  ['stdin', ['--git', 'HEAD', '-'], 'Cannot compare stdin with a revision'],
  ['the index and two revisions', ['--git', 'HEAD..HEAD', '--cached'], '--cached and HEAD..HEAD exclude each other'],
  ['two ways', ['--git', 'HEAD', '--from', 'dist'], '--git and --from exclude each other'],
  ['--cached alone', ['--cached', 'a', 'b'], '--cached needs --git'],
  ['a tool without a review', ['--gitops', 'flux', 'a', 'b'], '--gitops needs --git or --from'],
  ['a comment without a review', ['-o', 'markdown', 'a', 'b'], '-o markdown needs --git or --from'],
  ['a tool that is not known', ['--git', 'HEAD', '--gitops', 'fleet'], 'Allowed choices are argocd, flux'],
  ['an outcome that is not known', ['--git', 'HEAD', '--fail-on', 'never'], 'Known are rerun, removed, new, in-place'],
  ['an old folder alone', ['--from', 'dist'], 'There is nothing to compare dist with'],
])('%s is refused in one sentence', async (_, args, sentence) => {
  repository = makeRepository({ 'dist/a.yaml': job('a') });
  const { status, stderr } = await repository.diff(...args);
  expect({ status, stderr }).toEqual({ status: 125, stderr: expect.stringContaining(sentence) as string });
  expect(stderr).not.toContain('a bug in');
});

test('where git cannot answer, one sentence says why', async () => {
  repository = makeRepository();
  expect((await repository.diff('--git', 'main')).stderr).toBe('error: Cannot find the revision main: the repository has no commit yet\nhint: commit first\n');
  repository.commit({ 'dist/a.yaml': job('a') });
  repository.commit();
  const elsewhere = makeFolder({ 'dist/a.yaml': job('a') });
  const call = (cwd: string, PATH = process.env.PATH): ReturnType<typeof runMain> => runMain(['diff', '--git', 'v1'], { cwd, env: { PATH, HOME: elsewhere.path } });
  expect(await call(elsewhere.path)).toMatchObject({ status: 125, stderr: `error: Cannot compare in ${elsewhere.path}: it is in no git repository\nhint: compare two folders instead: --from OLD NEW\n` });
  expect(await call(elsewhere.path, elsewhere.path)).toMatchObject({ status: 125, stderr: expect.stringContaining('Cannot run git: there is no such program') as string });
  repository.git('clone', '--quiet', '--depth', '1', `file://${repository.path}`, join(elsewhere.path, 'clone'));
  expect(await call(join(elsewhere.path, 'clone'))).toMatchObject({ status: 125, stderr: expect.stringMatching(/this clone is shallow\nhint: fetch it first: git fetch origin v1, /) as string });
  const earlier = await runMain(['diff', '--git', 'HEAD~1'], { cwd: join(elsewhere.path, 'clone'), env: { PATH: process.env.PATH, HOME: elsewhere.path } });
  expect(earlier.stderr).toContain('\nhint: fetch it first: git fetch --unshallow; for actions/checkout write fetch-depth: 0\n');
  repository.git('update-ref', 'refs/remotes/origin/v1', 'HEAD');
  expect((await call(repository.path)).stderr).toBe('error: Cannot find the revision v1\nhint: did you mean origin/v1?\n');
  elsewhere.remove();
});

test('a template of Helm among the manifests is told apart', async () => {
  repository = makeRepository({ 'dist/a.yaml': job('a') });
  repository.write({ 'dist/b.yaml': job('{{ .Release.Name }}') });
  expect(await repository.diff('--git', 'HEAD')).toEqual({
    status: 2, stdout: '', stderr: expect.stringMatching(/^error: dist\/b\.yaml:3:\d+: Cannot read document 1: .+\nhint: a template of Helm is no manifest: use what it renders\n$/) as string,
  });
});

test('two folders are compared without git, and --fail-on adds to what fails', async () => {
  repository = makeRepository();
  repository.write({ 'old/a.yaml': job('a-3f9a2c1'), 'new/a.yaml': job('a-77b2c1d') });
  rmSync(join(repository.path, '.git'), { recursive: true });
  expect(await repository.diff('--from', 'old', 'new')).toMatchObject({ status: 0, stdout: expect.stringContaining('new against old: 1 runs again\n') as string });
  expect(await repository.diff('--from', 'old', 'new', '--fail-on', 'removed,new')).toMatchObject({ status: 0 });
  expect(await repository.diff('--from', 'old', 'new', '--fail-on', 'removed,rerun')).toMatchObject({ status: 2 });
});

test('two Jobs of one name are refused, not compared', async () => {
  repository = makeRepository({ 'dist/a.yaml': job('a') });
  repository.write({ 'dist/b.yaml': job('a', 'app:2') });
  const { status, stdout } = await repository.diff('--git', 'HEAD');
  expect([status, outcomesIn(stdout)]).toEqual([2, ['a: refused', 'a: unchanged']]);
});

test('a subfolder is its own place, and files that cannot be read there are said', async () => {
  repository = makeRepository({ 'apps/web/dist/a.yaml': job('a'), 'dist/b.yaml': job('b') });
  const said = await runMain(['diff', '--git', 'HEAD', '--gitops', 'flux'], { cwd: join(repository.path, 'apps/web'), env: { PATH: process.env.PATH, HOME: repository.path } });
  expect(said.stdout).toBe('unchanged   job.batch/a  dist/a.yaml:3:18\n\nthe working tree against HEAD, for Flux: 1 unchanged\n');
  writeFileSync(join(repository.path, 'dist/b.yaml'), 'a: [\n');
  expect(await repository.diff('--git', 'HEAD')).toMatchObject({ status: 2, stderr: expect.stringContaining('dist/b.yaml:2:1: Cannot read document 1') as string });
});
