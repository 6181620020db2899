/** What a program pays for at its start: the files that it loads. Compiled, these are the ones that are used. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { joinedFiles } from '../scripts/joined-files';

const library = join(__dirname, '..', 'lib');
const reporter = `data:text/javascript,import { Module } from 'node:module';
  process.on('exit', () => process.stdout.write('\\n' + JSON.stringify(Object.keys(Module._cache))));`;
const program = join(library, 'cli', 'main.js');
const job = JSON.stringify({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'etl' },
  spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'etl:7' }] } } },
});

const synthesis = `
  const { App, NonParallelJob } = require('./index.js');
  const { Chart } = require('cdk8s');
  const app = new App({ outdir: require('node:fs').mkdtempSync(require('node:path').join(require('node:os').tmpdir(), 'cdk8s-jobs-')) });
  new NonParallelJob(new Chart(app, 'chart'), 'job', { restartPolicy: 'Never', containers: [{ name: 'main', image: 'app:7' }] });
  app.synth();
  require('node:fs').rmSync(app.outdir, { recursive: true });`;

const rulesOfAJob = ['rules', 'rules/decode', 'rules/hints', 'rules/job', 'rules/pod', 'rules/rule'];

/** The paths of the files that a program has loaded. */
function filesLoadedBy(words: readonly string[]): readonly string[] {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', reporter, ...words], { cwd: library, encoding: 'utf8', input: job });
  if (status !== 0) throw new Error(stderr);
  return (JSON.parse(stdout.split('\n').at(-1) ?? '') as readonly string[]).map((path) => path.replaceAll('\\', '/'));
}

/** The packages, and the rooms of the compiled package with those of `rules`, of which a program has loaded files, alone or joined. */
function roomsLoadedBy(words: readonly string[]): readonly string[] {
  const files = filesLoadedBy(words).flatMap((path) => joinedFiles[/\/lib\/joined\/(\w+)\.js$/.exec(path)?.[1] ?? '']?.map((name) => `/lib/${name}.js`) ?? [path]);
  const rooms = files.map((file) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)|\/lib\/(rules\/[\w-]+(?=\/)|\w+)\//.exec(file)?.slice(1).join(''));
  return [...new Set(rooms)].filter((room) => room !== undefined).sort();
}

test.each<[string, readonly string[], readonly string[]]>([
  ['importing the package loads nothing but its errors', ['--eval', "require('./index.js')"], ['core']],
  ['an ES module that only validates loads no cdk8s', ['--input-type=module', '--eval', `import { validateManifest } from './validate.js'; validateManifest(${job})`], ['api', 'core', ...rulesOfAJob, 'schedule', 'yaml']],
  ['a manifest is judged without cdk8s', ['--eval', `require('./index.js').validateManifest(${job})`], ['api', 'core', ...rulesOfAJob]],
  ['a text is read without cdk8s', ['--eval', "require('./index.js').readManifests('a: 1')"], ['core', 'yaml']],
  ['a schedule is read without rules', ['--eval', "require('./index.js').parseSchedule('@daily')"], ['core', 'schedule']],
  ['the help of the program loads no parser of options', [program, '--help'], ['cli', 'core']],
  ['next loads schedules alone', [program, 'next', '@daily'], ['cli', 'core', 'schedule']],
  ['next with an option loads what reads it', [program, 'next', '@daily', '-n', '1'], ['cli', 'commander', 'core', 'schedule']],
  ['validate loads the rules of what the manifest has, and of JSON no reader of YAML', [program, 'validate', '-'], ['api', 'cli', 'core', ...rulesOfAJob, 'yaml']],
])('compiled: %s', (_, words, expected) => {
  expect(roomsLoadedBy(words)).toEqual(expected);
});

test('compiled: a program that is an ES module finds the names that it imports', () => {
  const statement = "import { IndexedJob, validateManifest } from './index.js'; console.log(typeof IndexedJob, typeof validateManifest)";
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', statement], { cwd: library, encoding: 'utf8' });
  expect(stdout).toBe('function function\n');
});

const readersOfJson = ['core/go-json', 'yaml/json-stream'];

// A file more in one of these lists is one for scripts/joined-files.ts.
test.each<[string, readonly string[], readonly string[]]>([
  ['importing the package loads', ['--eval', "require('./index.js')"], ['index']],
  ['next loads', [program, 'next', '@daily'], ['cli/main']],
  ['validate loads', [program, 'validate', join(__dirname, '..', 'bench', 'import', 'job.yaml')], ['cli/main']],
  ['a Job that is synthesized loads', ['--eval', synthesis], ['index']],
  ['a simulation loads', ['--eval', `require('./testing/index.js').simulate(${job})`], ['testing/index']],
  ['a run on the local engine loads', [program, 'run', '--local', '-', '--image-command', 'etl:7=true'], ['cli/app/split-command', 'cli/main', ...readersOfJson]],
])('compiled: besides joined files %s few others', (_, words, expected) => {
  const names = filesLoadedBy(words).map((path) => /^(?!.*\/node_modules\/).*\/lib\/(?!joined\/)(.*)\.js$/.exec(path)?.[1]);
  expect(names.filter((name) => name !== undefined).sort()).toEqual(expected);
});

describe('compiled: each joined file', () => {
  const load = createRequire(__filename);
  const modules = Object.entries(joinedFiles).flatMap(([home, names]) => names.map((name) => {
    const { [name]: held } = load(join(library, 'joined', `${home}.js`)) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    return { name, held: held ?? {}, alone: load(join(library, `${name}.js`)) as unknown };
  }));

  test('holds what its files pass on, so that there is one of each class', () => {
    expect(modules.filter(({ held, alone }) => held !== alone).map(({ name }) => name)).toEqual([]);
    expect(new Set(modules.map(({ name }) => name)).size).toBe(modules.length);
  });

  test('leaves errors their names, which users see', () => {
    const errors = modules.flatMap(({ held }) => Object.entries(held)).flatMap(([exported, value]) => (
      typeof value === 'function' && value.prototype instanceof Error ? [{ exported, name: value.name }] : []
    ));
    expect(errors.length).toBeGreaterThan(5);
    expect(errors.map(({ name }) => name)).toEqual(errors.map(({ exported }) => exported));
  });
});
