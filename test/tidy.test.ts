/** The source tree keeps its own rules: sizes, doc comments, entry points, tests beside every folder. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '..');
const sources = listFiles(join(root, 'src'));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

test('a file over 300 lines says why in its first comment', () => {
  const unexplained = sources.filter((file) => {
    const text = read(file);
    const firstComment = /\/\*[\s\S]*?\*\/|\/\/.*/.exec(text.replace(/^#!.*\n/, '').replace(/^\/\* eslint-.*\n/, ''))?.[0] ?? '';
    return text.split('\n').length > 301 && !/\blong\b/i.test(firstComment);
  });
  expect(unexplained).toEqual([]);
});

test('every exported name has a doc comment', () => {
  expect(sources.flatMap(undocumented)).toEqual([]);
});

test('file names are in kebab case', () => {
  expect(sources.filter((file) => !/^[a-z0-9/-]+\.ts$/.test(file))).toEqual([]);
});

test.each(['src/index.ts', 'src/runtime/index.ts', 'src/testing/index.ts'])('%s only re-exports', (file) => {
  const source = parse(file);
  const others = source.statements.filter((statement) => !ts.isExportDeclaration(statement) && !ts.isImportDeclaration(statement));
  expect(others.map((statement) => statement.getText(source))).toEqual([]);
});

test('every folder of src has a folder of tests', () => {
  const folders = (name: string): string[] =>
    readdirSync(join(root, name), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  expect(folders('src').filter((folder) => !folders('test').includes(folder))).toEqual([]);
});

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
