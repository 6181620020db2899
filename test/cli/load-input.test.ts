import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, type TemporaryFolder } from './temporary-folder';
import { describeAppFailure } from '../../src/cli/app/app-failure';
import { splitCommand } from '../../src/cli/app/split-command';
import { findSyntaxError } from '../../src/cli/app/syntax-error';
import { loadInput, loadInputs } from '../../src/cli/input/load-input';
import { Output } from '../../src/cli/terminal/output';
import { UsageError } from '../../src/core/errors';

const app = `const { App, Chart, ApiObject } = require('cdk8s');
const app = new App();
new ApiObject(new Chart(app, 'web'), 'job', { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'from-app' } });
app.synth();
console.log('talk of the app');
`;

let folder: TemporaryFolder;
beforeAll(() => {
  folder = makeFolder({
    'app.js': app,
    'app.ts': app.replace("const { App, Chart, ApiObject } = require('cdk8s');", "import { App, Chart, ApiObject } from 'cdk8s';\nconst typed: string = 'x'; void typed;"),
    'throws.js': "throw new TypeError('the queue has no name')",
    'syntax.js': 'const x = 3;\nconst y = ) 4;\n',
    'syntax.ts': 'const x: number = 3;\nconst y = ) 4;\n',
    'exits.js': "console.error('no token'); process.exit(3)",
    'open.js': 'setInterval(() => undefined, 1000)',
    'leaves.js': `${app}require('child_process').spawn('sleep', ['300'], { stdio: 'inherit' }).unref()`,
    'silent.js': "require('cdk8s')",
    'project/cdk8s.yaml': 'language: typescript\napp: node main.js --quick\n',
    'project/main.js': `if (process.argv[2] !== '--quick') throw new Error('no argument');\n${app}`,
    'shell/cdk8s.yaml': 'app: npm run build && node main.js\n',
    'unknown/cdk8s.yaml': 'app: no-such-program-here main.js\n',
  });
  symlinkSync('circle.yaml', join(folder.path, 'circle.yaml'));
  symlinkSync(join(__dirname, '..', '..', 'node_modules'), join(folder.path, 'node_modules'));
});
afterAll(() => folder.remove());

async function load(word: string, env: Record<string, string> = {}, input = '', timeout?: number): Promise<unknown[]> {
  const output = new Output({ write: () => undefined }, { write: () => undefined }, {});
  const context = { programName: 'cdk8s-jobs', output, stdin: textStream(input), env: { PATH: process.env.PATH, ...env }, cwd: folder.path };
  const files = await loadInput(word, context, timeout);
  return files.map(({ name, stream }) => [name, stream.documents.map(({ value }) => value)]);
}

async function* textStream(input: string): AsyncGenerator<string> {
  yield input;
}

const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'from-app' } };

test.each([
  ['an app in JavaScript', 'app.js', 'app.js:web.k8s.yaml'],
  ['an app in TypeScript', 'app.ts', 'app.ts:web.k8s.yaml'],
  ['a folder with a project', 'project', 'project:web.k8s.yaml'],
  ['a project file', 'project/cdk8s.yaml', 'project/cdk8s.yaml:web.k8s.yaml'],
])('%s is run, and what it writes is read', async (_, word, name) => {
  expect(await load(word)).toEqual([[name, [job]]]);
});

const text = 'apiVersion: batch/v1\nkind: Job\nmetadata: {name: from-app}\n';

test('a pipe is read as <(helm template …) makes one', async () => {
  const pipe = join(folder.path, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const [loaded] = await Promise.all([load('pipe'), writeFile(pipe, text)]);
  expect(loaded).toEqual([['pipe', [job]]]);
});

test.each(['-', '/dev/stdin', '/dev/fd/0'])('%s is stdin', async (word) => {
  expect(await load(word, {}, text)).toEqual([['stdin', [job]]]);
});

test.each([
  ['a file that is not there', 'no-such.yaml', 'Cannot read no-such.yaml: there is no such file or folder'],
  ['a file in a file', 'app.js/job.yaml', 'Cannot read app.js/job.yaml: a part of its path is no folder'],
  ['a link to itself', 'circle.yaml', 'Cannot read circle.yaml: its symbolic links go in a circle'],
])('%s is one line', async (_, word, message) => {
  await expect(load(word)).rejects.toEqual(new UsageError(message));
});

test.each([
  ['an app that throws', 'throws.js', 'Cannot synthesize throws.js: TypeError: the queue has no name\n    at throws.js:1:7'],
  ['an app that cannot be read', 'syntax.js', "Cannot synthesize syntax.js: syntax.js:2:11: SyntaxError: Unexpected token ')'"],
  ['an app in TypeScript that cannot be read', 'syntax.ts', 'Cannot synthesize syntax.ts: syntax.ts:2:10: Unexpected ")"'],
  ['an app that gives up', 'exits.js', 'Cannot synthesize exits.js: exit status 3: no token'],
  ['an app that writes nothing', 'silent.js', 'Cannot use silent.js: the app wrote no manifest'],
  ['a command that needs a shell', 'shell', 'Cannot run the app of shell/cdk8s.yaml: "&&" needs a shell, and the command is run without one'],
  ['a command that is not there', 'unknown', 'Cannot run unknown/cdk8s.yaml: there is no program no-such-program-here'],
])('%s is told in few words', async (_, word, message) => {
  await expect(load(word)).rejects.toThrow(UsageError);
  await expect(load(word)).rejects.toThrow(message);
});

test.each([
  ['node main.js', ['node', 'main.js']],
  ['  npx  tsx "my main.ts" --name=\'a b\' ', undefined],
  ['npx tsx "my main.ts" \'a b\'', ['npx', 'tsx', 'my main.ts', 'a b']],
])('the command %j', (command, words) => {
  const source = { purpose: 'run it', withoutShell: 'use a script', example: 'write a command' };
  if (words === undefined) expect(() => splitCommand(command, source)).toThrow('Cannot run it: "--name=\'a" needs a shell');
  else expect(splitCommand(command, source)).toEqual(words);
});

test.each([
  ['an error with its stack', '/x.js:1\nthrow new Error("a")\n^\n\nError: a: b\n    at x (/x.js:1:7)\n\nNode.js v20.0.0\n', 'a: b'],
  ['findings of several lines', '/x.js:9\n\nInvalidManifestError: Cannot accept a/b:\n  spec.x: Required value\n  spec.y: Forbidden\n    at y {\n  code: 1\n}\n', 'Cannot accept a/b:\n  spec.x: Required value\n  spec.y: Forbidden'],
  ['an error of the compiler', "TSError: ⨯ Unable to compile TypeScript:\nmain.ts(3,5): error TS2322: Type 'string'\n", "lib/main.ts:3:5: TS2322: Type 'string'"],
  ['something else', 'warning\nkilled\n', 'exit status 1: killed'],
  ['a text that was thrown',
    "/app/main.js:1\nthrow 'no queue'\n^\nno queue\n(Use `node --trace-uncaught ...` to show where the exception was thrown)\n\nNode.js v20.20.2\n",
    'exit status 1: no queue'],
  ['text that is no JavaScript', '/app/main.js:3\nsyntax error(\n       ^^^^^\n\nSyntaxError: Unexpected identifier\n    at x\n',
    'main.js:3:8: SyntaxError: Unexpected identifier'],
  ['text that is no JavaScript, with little context', 'file:///app/lib/main.mjs:1\nimport {a} from "./b.js";\n        ^\nSyntaxError: No export\n    at x\n',
    'lib/main.mjs:1:9: SyntaxError: No export'],
  ['text that is no TypeScript',
    'node:internal/modules/run_main:123\n    triggerUncaughtException(\n    ^\n\n' +
    'Error: Transform failed with 1 error:\n/app/main.ts:2:20: ERROR: Unexpected ";"\n    at x {\n  name: \'TransformError\'\n}\n',
    'main.ts:2:20: Unexpected ";"'],
  ['several mistakes in TypeScript',
    'Error: Transform failed with 2 errors:\n/other/main.ts:2:20: ERROR: Unexpected ";"\n/other/main.ts:3:1: ERROR: Unexpected "}"\n    at x\n',
    '/other/main.ts:2:20: Unexpected ";" (and 1 more)'],
  ['a module that is not there', "node:internal:1\n  throw err;\n\nError: Cannot find module 'queue'\nRequire stack:\n- /app/main.js\n    at x\n",
    "Cannot find module 'queue'"],
  ['nothing', '', 'exit status 1'],
])('of %s the message is kept', (_, stderr, message) => {
  const lines = stderr.split('\n');
  const fault = findSyntaxError(lines, '/app/lib', '/app');
  expect(fault === undefined ? describeAppFailure(lines, 1) : `${fault.file}:${fault.line}:${fault.column}: ${fault.text}`).toBe(message);
});

test('an app that never ends is ended', async () => {
  await expect(load('open.js', { CDK8S_JOBS_APP_TIMEOUT: '0.5' })).rejects.toEqual(expect.objectContaining({
    message: 'Cannot synthesize open.js: the app has not ended within 0.5 s',
    hint: 'close what keeps it running, or raise CDK8S_JOBS_APP_TIMEOUT',
  }));
});

test('the time that the user gave bounds an app too', async () => {
  await expect(load('open.js', {}, '', 0.5)).rejects.toEqual(expect.objectContaining({
    message: 'Cannot synthesize open.js: the app has not ended within 0.5 s', hint: 'close what keeps it running, or raise --timeout', status: 124,
  }));
});

test('an app that leaves a process behind is not waited for', async () => {
  expect(await load('leaves.js')).toHaveLength(1);
});

describe('a folder', () => {
  const manifest = (name: string): string => `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}}\n`;
  let tree: TemporaryFolder;
  beforeAll(() => {
    tree = makeFolder({
      'top/b.yaml': manifest('b'),
      'top/a/deep/c.json': '{}',
      'top/dir.yaml/d.yml': manifest('d'),
      'top/.hidden/e.yaml': manifest('e'),
      'top/node_modules/f.yaml': manifest('f'),
      'top/.g.yaml': manifest('g'),
      'top/app/cdk8s.yaml': 'app: node main.js\nlanguage: typescript\n',
      'top/app/dist/h.yaml': manifest('h'),
      'top/notes.txt': 'hello',
      'outside/i.yaml': manifest('i'),
    });
    symlinkSync('..', join(tree.path, 'top', 'a', 'circle'));
    symlinkSync('../outside', join(tree.path, 'top', 'linked'));
    symlinkSync('../outside', join(tree.path, 'top', 'linked-again'));
    symlinkSync('b.yaml', join(tree.path, 'top', 'same-as-b.yaml'));
    symlinkSync('gone.yaml', join(tree.path, 'top', 'dangling.yaml'));
    execFileSync('mkfifo', [join(tree.path, 'top', 'pipe.yaml')]);
  });
  afterAll(() => tree.remove());

  const read = async (words: readonly string[]): Promise<unknown> => {
    const output = new Output({ write: () => undefined }, { write: () => undefined }, {});
    const errors: string[] = [];
    const context = { programName: 'cdk8s-jobs', output, stdin: textStream(''), env: {}, cwd: tree.path };
    const { files, folders, leftOut } = await loadInputs(words, context, { onError: (name, { message }) => errors.push(`${name}: ${message}`) });
    return { names: files.map(({ name }) => name), folders, leftOut, errors };
  };
  const all = {
    names: ['top/.g.yaml', 'top/a/deep/c.json', 'top/app/dist/h.yaml', 'top/b.yaml', 'top/dir.yaml/d.yml', 'top/linked/i.yaml'],
    folders: ['top'],
    leftOut: ['top/app/cdk8s.yaml'],
    errors: [
      'top/dangling.yaml: Cannot read top/dangling.yaml: there is no such file or folder',
      'top/pipe.yaml: Cannot read top/pipe.yaml: it is neither a file nor a folder: a pipe is read only when it is named',
    ],
  };

  test('is read with its subfolders, each file once; what cannot be read is told, and an app is not run', async () => {
    expect(await read(['top'])).toEqual(all);
  });

  test('and a file in it are not read twice', async () => {
    expect(await read(['top', 'top/b.yaml', './top/a/../b.yaml', 'outside'])).toEqual({ ...all, folders: ['top', 'outside'] });
  });

  test('that is hidden is read when it is named', async () => {
    expect(await read(['top/.hidden', 'top/node_modules'])).toMatchObject({ names: ['top/.hidden/e.yaml', 'top/node_modules/f.yaml'], errors: [] });
  });

  test('whose first file cannot be read is an error of one line for those who need all', async () => {
    await expect(loadInputs(['top'], {
      programName: '', output: new Output({ write: () => undefined }, { write: () => undefined }, {}), stdin: textStream(''), env: {}, cwd: tree.path,
    })).rejects.toEqual(new UsageError('Cannot read top/dangling.yaml: there is no such file or folder'));
  });
});
