import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { job, makeRepository, type TestRepository } from './repository';
import { commands } from '../../../src/cli/commands';
import { completionWords } from '../../../src/cli/completion/words';

let repository: TestRepository;

beforeAll(() => {
  repository = makeRepository({ 'dist/a.yaml': job('a'), 'dist/b.yaml': job('b'), 'dist/c.yaml': job('c', '"`@team`"') });
  repository.write({ 'dist/a.yaml': job('a', 'app:2'), 'dist/c.yaml': job('c', '"<b>``|\\e[31m @team"') });
});

afterAll(() => repository.remove());

async function review(...args: string[]): Promise<string> {
  const { status, stdout, stderr } = await repository.diff('--git', 'HEAD', '--gitops', 'flux', ...args);
  expect({ status, stderr: args.includes('github') ? '' : stderr }).toEqual({ status: 2, stderr: '' });
  return stdout;
}

test('text has a line for each object, and below it what changes and what follows', async () => {
  expect(await review('dist/a.yaml', 'dist/b.yaml')).toBe([
    'refused     job.batch/a  dist/a.yaml:10:18',
    '            spec.template.spec.containers[0].image  app:1 → app:2  immutable',
    '            spec.template: Invalid value: field is immutable',
    "            instead: give it a new name at each change (rerun: 'on-change'), or let the tool delete it and make it anew: kustomize.toolkit.fluxcd.io/force: enabled",
    '            Flux applies nothing of the whole Kustomization while one object is refused',
    'unchanged   job.batch/b  dist/b.yaml:3:18',
    '',
    'the working tree against HEAD, for Flux: 1 refused, 1 unchanged',
    '',
  ].join('\n'));
});

test('what would move the cursor of a terminal is written out', async () => {
  const text = await review();
  expect(text).toContain('\\u001b[31m');
  expect(text).not.toContain('\u001b');
});

test('a comment shows what stands in manifests as code, and folds what is unchanged', async () => {
  const text = await review('-o', 'markdown');
  expect(text.split('\n')[0]).toBe('<!-- cdk8s-jobs review -->');
  expect(text).toContain('- **refused** `job.batch/a` in `dist/a.yaml:10:18`\n  - `spec.template.spec.containers[0].image`: `app:1 → app:2`, immutable\n');
  expect(text).toContain('``` `@team` → <b>``|\\u001b[31m @team ```');
  expect(text).toContain('<details>\n<summary>1 unchanged</summary>\n\n- unchanged `job.batch/b`\n\n</details>\n');
  expect(await review('-o', 'markdown')).toBe(text);
});

test('a comment stays below 65,000 characters, and says what it leaves out', async () => {
  const many = makeRepository({ 'dist/all.yaml': '' });
  const names = Array.from({ length: 3000 }, (_, position) => `job-with-a-long-name-number-x${position}`);
  many.write({ 'dist/all.yaml': names.map((name) => job(name)).join('---\n') });
  const { stdout } = await many.diff('--git', 'HEAD', '-o', 'markdown');
  expect(stdout.length).toBeLessThan(65_000);
  expect(stdout).toMatch(/^_\d+ more have no room in this comment:_ `cdk8s-jobs diff --git HEAD` _shows all\._$/m);
  many.remove();
}, 60_000);

test('annotations have file and line', async () => {
  const [first = ''] = (await review('-o', 'github')).split('\n');
  expect(first).toMatch(/^::error file=dist\/a\.yaml,line=10,col=18,title=refused%3A job\.batch\/a::spec\.template: Invalid value: field is immutable%0A/);
});

test('JSON has the fields that its page lists', async () => {
  const json = JSON.parse(await review('dist/a.yaml', '-o', 'json')) as { readonly objects: readonly object[] };
  expect(json).toMatchObject({ apiVersion: 'cdk8s-jobs/v1', kind: 'Review', ok: false, base: 'HEAD', head: 'the working tree', gitops: 'flux', counts: { refused: 1 } });
  const page = readFileSync(join(__dirname, '../../../docs/review.md'), 'utf8');
  const fields = [...Object.keys(json), ...json.objects.flatMap((object) => Object.keys(object))];
  expect(fields.filter((field) => !page.includes(`\`${field}\``))).toEqual([]);
});

test('shells complete the flags of a review', () => {
  const flags = completionWords(commands).find(({ name }) => name === 'diff')?.flags ?? [];
  const known = new Map(flags.flatMap(({ names, choices }) => names.map((name) => [name, choices] as const)));
  expect([...known.keys()]).toEqual(expect.arrayContaining(['--git', '--cached', '--from', '--gitops', '--fail-on']));
  expect([known.get('--gitops'), known.get('--output')]).toEqual([['argocd', 'flux'], ['text', 'json', 'github', 'markdown']]);
});
