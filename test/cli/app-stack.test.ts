import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { makeFolder, type TemporaryFolder } from './temporary-folder';
import { describeAppStack, readAppStack } from '../../src/cli/app/app-stack';
import { loadInput } from '../../src/cli/input/load-input';
import { Output } from '../../src/cli/terminal/output';

const queue = `export interface Queue { readonly name: string }

export function nameOf(queue: Queue | undefined): string {
  return queue!.name.toUpperCase();
}
`;
const app = `import { App, Chart } from 'cdk8s';
import { nameOf } from './queue';

interface Settings { readonly twice: boolean }
const settings: Settings = { twice: process.env.TWICE === 'yes' };

class Web extends Chart {
  public constructor(app: App) {
    super(app, 'web');
    if (settings.twice) new Chart(app, 'web');
    nameOf(undefined);
  }
}

new Web(new App());
`;

/** As `tsc --sourceMap` writes it to a folder. */
function compile(file: string, source: string): Record<string, string> {
  const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, sourceMap: true };
  const { outputText, sourceMapText = '' } = ts.transpileModule(source, { fileName: `../src/${file}.ts`, compilerOptions });
  return { [`compiled/${file}.js`]: outputText, [`compiled/${file}.js.map`]: sourceMapText.replace(`"${file}.ts"`, `"../src/${file}.ts"`) };
}

let folder: TemporaryFolder;
beforeAll(() => {
  folder = makeFolder({
    'src/app.ts': app,
    'src/queue.ts': queue,
    ...compile('app', app),
    ...compile('queue', queue),
    'module.mjs': "const read = async () => { await 1; throw new RangeError('no such queue'); };\nawait read();\n",
    'recursion.js': 'const again = (n) => {\n  if (n > 20) throw new Error("too deep");\n  again(n + 1);\n};\nagain(0);\n',
    'named.js': "class Missing extends Error { name = 'QueueMissing' }\nthrow new Missing('no queue');\n",
    'project/cdk8s.yaml': 'app: node ../compiled/app.js\n',
  });
  symlinkSync(join(__dirname, '..', '..', 'node_modules'), join(folder.path, 'node_modules'));
});
afterAll(() => folder.remove());

async function failureOf(word: string, env: Record<string, string> = {}): Promise<string[]> {
  const output = new Output({ write: () => undefined }, { write: () => undefined }, {});
  const context = { programName: 'cdk8s-jobs', output, stdin: (async function* () { /* Nothing. */ })(), env: { PATH: process.env.PATH, ...env }, cwd: folder.path };
  const error: unknown = await loadInput(word, context).then(() => undefined, (failure: unknown) => failure);
  return error instanceof Error ? error.message.split('\n') : [];
}

const ownFault = [
  "TypeError: Cannot read properties of undefined (reading 'name')",
  '    at nameOf (src/queue.ts:4:17)',
  '    at new Web (src/app.ts:11:5)',
  '    at src/app.ts:15:1',
];

test.each([
  ['an app in TypeScript', 'src/app.ts'],
  ['a compiled app with source maps', 'compiled/app.js'],
  ['a project whose command runs a compiled app', 'project'],
])('%s that throws shows its own calls, as they were written, and no others', async (_, word) => {
  const [first = '', ...rest] = await failureOf(word);
  expect([first.replace(/^Cannot synthesize \S+: /, ''), ...rest].map(withoutColumn)).toEqual(ownFault.map(withoutColumn));
});

/** Compilers differ in which part of an expression they map a call to. */
function withoutColumn(line: string): string {
  return line.replace(/:\d+(\)?)$/, '$1');
}

test('an app that fails inside a library shows its own calls first, and then the place in the library', async () => {
  const lines = await failureOf('src/app.ts', { TWICE: 'yes' });
  expect(lines.slice(0, 3)).toEqual([
    "Cannot synthesize src/app.ts: There is already a Construct with name 'web' in App",
    '    at new Web (src/app.ts:10:25)',
    '    at src/app.ts:15:1',
  ]);
  expect(lines.slice(3)).toEqual([expect.stringMatching(/^ {2}thrown in constructs, at Node\.addChild \(.*node_modules\/constructs\/.+:\d+:\d+\)$/)]);
});

test.each([
  ['a module with await', 'module.mjs', ['RangeError: no such queue', '    at read (module.mjs:1:43)', '    at module.mjs:2:1']],
  ['an error of a class with a name of its own', 'named.js', ['QueueMissing: no queue', '    at named.js:2:7']],
  ['a recursion', 'recursion.js', [
    'too deep', '    at again (recursion.js:2:21)', ...Array<string>(9).fill('    at again (recursion.js:3:3)'), '    and 13 more calls',
  ]],
])('of %s the calls are told', async (_, word, expected) => {
  const [first = '', ...rest] = await failureOf(word);
  expect([first.replace(/^Cannot synthesize \S+: /, ''), ...rest]).toEqual(expected);
});

test('the options of Node that the user has set are kept', async () => {
  expect(await failureOf('recursion.js', { NODE_OPTIONS: '--stack-trace-limit=1' })).toEqual([
    'Cannot synthesize recursion.js: too deep', '    at again (recursion.js:2:21)',
  ]);
});

test.each([
  ['a library below a library', [
    'Error: a', '    at pick (/app/node_modules/@scope/one/node_modules/two/x.js:1:2)', '    at call (/app/node_modules/@scope/one/x.js:3:4)', '    at /app/main.js:5:6',
  ], ['    at main.js:5:6', '  thrown in two, at pick (node_modules/@scope/one/node_modules/two/x.js:1:2)']],
  ['a package with a scope', [
    'Error: a', '    at /app/node_modules/@scope/one/x.js:1:2', '    at async main (file:///app/main.mjs:5:6)',
  ], ['    at main (main.mjs:5:6)', '  thrown in @scope/one, at node_modules/@scope/one/x.js:1:2']],
  ['a warning with a stack before the error', [
    '(node:1) Warning: old', '    at warn (/app/warn.js:1:1)', 'TypeError: a', '    at /app/main.js:5:6', '    at node:internal/main:1:1',
  ], ['    at main.js:5:6']],
  ['a recursion that Node has folded', [
    'Error: a', '    at leaf (/app/main.js:1:1)', '    at odd (/app/main.js:2:2)', '    at even (/app/main.js:3:3)',
    '    ... collapsed 8 duplicate lines matching above 2 lines 4 times...', '    at /app/main.js:5:6',
  ], [
    '    at leaf (main.js:1:1)', ...Array<string[]>(4).fill(['    at odd (main.js:2:2)', '    at even (main.js:3:3)']).flat(), '    at odd (main.js:2:2)',
    '    and 2 more calls',
  ]],
  ['libraries alone', ['Error: a', '    at /app/node_modules/one/x.js:1:2', '    at node:internal/main:1:1'], undefined],
  ['no stack', ['Error: a', ''], undefined],
  ['no error', ['killed'], undefined],
])('of %s it is read what the app has called', (_, lines, expected) => {
  const stack = readAppStack(lines, '/app', '/app');
  expect(stack === undefined ? undefined : describeAppStack(stack)).toEqual(expected);
});

test('a stack in the compiled files of this package is one in a library', () => {
  const lib = join(__dirname, '..', '..', 'lib', 'index.js');
  const stack = readAppStack(['Error: a', `    at check (${lib}:1:2)`, '    at /app/main.js:5:6'], '/app', '/app');
  expect(stack?.own.map(({ file }) => file)).toEqual(['main.js']);
  expect(stack?.thrownIn?.package).toBe('cdk8s-jobs');
});
