/** The README says only what is true: its examples compile, its sentences are the compiler's, its commands exist. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { Chart, Testing } from 'cdk8s';
import { gitOpsCases as playedCases } from './cluster/gitops/cases';
import { gitOpsCases } from './gitops/cases';
import { compile, diagnose } from './types/compile';
import { commands } from '../src/cli/commands';
import { IndexedJob } from '../src/constructs/indexed-job';
import { allRules } from '../src/rules/all-rules';
import { simulate } from '../src/testing/simulate';

const root = join(__dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** What stands before an example that shows only its own part. */
const prelude = `
import { App, Chart } from 'cdk8s';
import { IndexedJob, ScheduledJob, WorkQueueJob } from 'cdk8s-jobs';
const chart = new Chart(new App(), 'demo');
export { IndexedJob, ScheduledJob, WorkQueueJob, chart };
`;

interface Example {
  readonly code: string;
  /** The sentence shown below the code, without line breaks; undefined when it must compile. */
  readonly sentence: string | undefined;
}

const examples: readonly Example[] = [...readme.matchAll(/```ts\n([\s\S]*?)```(?:\n\n```\nerror TS\d+: ([\s\S]*?)```)?/g)].map((match) => ({
  code: match[1] ?? '',
  sentence: match[2]?.replace(/\s+/g, ' ').trim(),
}));

test('there are five examples, two of which the compiler refuses', () => {
  expect(examples.map(({ sentence }) => sentence !== undefined)).toEqual([false, true, false, true, false]);
});

const compiled = examples.filter(({ code }) => !code.includes('cdk8s-jobs/testing'));

test.each(compiled.map((example, index) => [index + 1, example] as const))('the compiler says of example %i what the README shows', (_, { code, sentence }) => {
  const text = code.includes('new App()') ? code : `${prelude}${code}`;
  const program = compile([], { 'readme-example.ts': text });
  const messages = diagnose(program, 'readme-example.ts').map(({ message }) => message.replace(/\s+/g, ' '));
  expect(messages).toEqual(sentence === undefined ? [] : [sentence]);
});

test('the simulated example ends as the README says', () => {
  const app = Testing.app();
  const chart = new Chart(app, 'demo');
  new IndexedJob(chart, 'shards', {
    completions: 8,
    parallelism: 4,
    backoffLimitPerIndex: 1,
    maxFailedIndexes: 2,
    restartPolicy: 'Never',
    containers: [{ name: 'shard', image: 'registry.example/index:2' }],
  });
  const code = examples[4]?.code ?? '';
  const script = /simulate\(Testing\.synth\(chart\)\[0\], (\{[\s\S]*?\})\);/.exec(code)?.[1] ?? '';
  const expected = /toMatchObject\((\{.*?\})\)/.exec(code)?.[1] ?? '';
  const trace = simulate(Testing.synth(chart)[0], runInNewContext(`(${script})`));
  expect(trace.reason).toBe(/toBe\('(\w+)'\)/.exec(code)?.[1]);
  expect(JSON.parse(JSON.stringify(trace.status))).toMatchObject(JSON.parse(JSON.stringify(runInNewContext(`(${expected})`))));
});

test('every command that the README shows exists', () => {
  const shown = [...readme.matchAll(/^\$ npx cdk8s-jobs (\S+)/gm)].map((match) => match[1]);
  expect(shown.length).toBeGreaterThan(3);
  expect(shown.filter((name) => !commands.some((command) => command.name === name))).toEqual([]);
});

test('the README rounds the number of rules down to tens', () => {
  expect(Number(/over (\d+) rules;/.exec(readme)?.[1])).toBe(Math.floor(allRules.length / 10) * 10);
});

test('the README counts what is known of Jobs in Git', () => {
  const ofGit = allRules.filter(({ id }) => /^(?:argocd|flux)-/.test(id));
  const played = playedCases.flatMap(({ argocd, flux }) => [argocd, flux]).filter((one) => one !== undefined);
  expect(/(\d+) of the rules, against (\d+) measured cases; (\d+) commits/.exec(readme)?.slice(1).map(Number))
    .toEqual([ofGit.length, Object.keys(gitOpsCases).length, played.length]);
});

const pages = ['README.md', 'API.md', ...readdirSync(join(root, 'docs'), { recursive: true }).map((name) => join('docs', String(name))).filter((name) => name.endsWith('.md'))];

test.each(pages)('every file that %s links to exists, and is in the npm package', (page) => {
  const text = readFileSync(join(root, page), 'utf8').replace(/^```.*?^```/gms, '').replace(/`[^`\n]*`/g, '');
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map((match) => join(dirname(page), match[1] ?? ''));
  expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([]);
  const packed: string[] = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).files;
  expect(links.filter((link) => !packed.includes(link.split('/')[0] ?? ''))).toEqual([]);
});

test('the commands of the README are those of the package', () => {
  const scripts = Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts);
  const shown = [...readme.matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1]);
  expect(shown.filter((name) => !scripts.includes(name ?? ''))).toEqual([]);
});
