/** The source tree keeps its own rules: sizes, doc comments, entry points, tests beside every folder. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { findUnusedExports } from './unused-exports';

const root = join(__dirname, '..');
const sources = listFiles(join(root, 'src'));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.m?ts$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

test('a file over 300 lines says why in its first comment', () => {
  const files = ['src', 'test', 'scripts', 'bench', 'projenrc'].flatMap((folder) => listFiles(join(root, folder)));
  const unexplained = files.filter((file) => {
    const text = read(file);
    const firstComment = /\/\*[\s\S]*?\*\/|\/\/.*/.exec(text.replace(/^#!.*\n/, '').replace(/^\/\* eslint-.*\n/, ''))?.[0] ?? '';
    return text.split('\n').length > 301 && !/\blong\b/i.test(firstComment);
  });
  expect(unexplained).toEqual([]);
});

test('every exported name has a doc comment', () => {
  expect(sources.flatMap(undocumented)).toEqual([]);
});

test('every export is imported by another file, or public', () => {
  // The types of the API are generated, each exported: which of them have a user changes with the table of fields.
  const open = [...entryPoints(), 'src/api/kubernetes.ts'];
  const files = ['src', 'test', 'scripts', 'bench'].flatMap((folder) => listFiles(join(root, folder)));
  expect(findUnusedExports(new Map(files.map((file) => [file, read(file)])), open)).toEqual([]);
});

test('an export that nobody imports is found, and so is code that is there for tests alone', () => {
  const files = new Map([
    ['src/index.ts', "export { shown } from './room/a';"],
    ['src/room/a.ts', "import { used } from '../b';\nexport const shown = used;\nexport interface Lonely {}\nexport const seen = 1;"],
    ['src/b.ts', 'export function used() { return own; }\nexport const own = 1;\nexport const tested = own;\nexport function onlyTested() {}'],
    ['src/c.ts', "const load = () => (require('./d') as typeof import('./d')).loaded;\nimport * as all from './e';"],
    ['src/d.ts', 'export const loaded = 1, left = 2;'],
    ['src/e.ts', 'export const whole = 1;'],
    ['test/b.test.ts', "import { own, onlyTested } from '../src/b';"],
    ['scripts/make.ts', "import type { seen } from '../src/room/a';"],
  ]);
  expect(findUnusedExports(files, ['src/index.ts'])).toEqual([
    'src/b.ts: tested is imported by nobody',
    'src/b.ts: onlyTested is there for tests alone',
    'src/d.ts: left is imported by nobody',
    'src/room/a.ts: Lonely is imported by nobody',
  ]);
});

test('file names are in kebab case', () => {
  expect(sources.filter((file) => !/^[a-z0-9/-]+\.m?ts$/.test(file))).toEqual([]);
});

test.each(['src/index.ts', 'src/validate.ts', 'src/runtime/index.ts', 'src/testing/index.ts'])('%s only re-exports', (file) => {
  const source = parse(file);
  const others = source.statements.filter((statement) => !ts.isExportDeclaration(statement) && !ts.isImportDeclaration(statement));
  expect(others.map((statement) => statement.getText(source))).toEqual([]);
});

test('every folder of src has a folder of tests', () => {
  const folders = (name: string): string[] =>
    readdirSync(join(root, name), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  expect(folders('src').filter((folder) => !folders('test').includes(folder))).toEqual([]);
});

/** The files that the package offers, and the program. */
function entryPoints(): string[] {
  const { exports, bin } = JSON.parse(read('package.json')) as { exports: Record<string, unknown>; bin: Record<string, string> };
  const compiled = [...Object.values(exports).map((entry) => (entry as { readonly default?: string }).default), ...Object.values(bin)];
  return compiled.filter((file) => file !== undefined).map((file) => file.replace(/^(?:\.\/)?lib\//, 'src/').replace(/js$/, 'ts'));
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, read(file), ts.ScriptTarget.ES2022, true);
}

function undocumented(file: string): string[] {
  return parse(file).statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement) || ts.isExportAssignment(statement)) return [];
    const exported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (exported !== true || ts.getJSDocCommentsAndTags(statement).length > 0) return [];
    return [`${file}: ${statement.getText().split('\n')[0]}`];
  });
}
