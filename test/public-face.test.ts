/** What the package shows: the names that it exports, and the page that describes them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const entryPoints = ['src/index.ts', 'src/testing/index.ts', 'src/runtime/index.ts'];
/** The way to some of the names of the first. */
const sideDoor = 'src/validate.ts';

/** The names that a file exports, sorted. `export *` would let names out that nobody has chosen. */
function exportedNames(file: string): readonly string[] {
  const { statements } = ts.createSourceFile(file, read(file), ts.ScriptTarget.ES2022);
  return statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || statement.exportClause === undefined || !ts.isNamedExports(statement.exportClause)) {
      throw new Error(`${file} must export names only`);
    }
    return statement.exportClause.elements.map(({ name }) => name.text);
  }).sort();
}

test('the exported names are those of the committed list', () => {
  const exported = [...entryPoints, sideDoor].map((file) => `# ${file}\n${exportedNames(file).join('\n')}\n`).join('\n');
  expect(exported).toBe(read('test/public-names.txt'));
});

test('the door for those who only validate has names of the package, and no others', () => {
  const names = exportedNames('src/index.ts');
  expect(exportedNames(sideDoor).filter((name) => !names.includes(name))).toEqual([]);
});

describe('API.md', () => {
  const text = read('API.md');
  const prose = text.replace(/^```[\s\S]*?^```$/gm, '');
  const headings = [...prose.matchAll(/^(#+) (.*)$/gm)].map(([, marks = '', title = '']) => ({ depth: marks.length, title }));
  const anchorOf = (title: string): string => title.toLowerCase().replaceAll(' ', '-');

  test('is at most 120 kB long', () => {
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(120_000);
  });

  test('has no heading deeper than six, and leaves no level out', () => {
    headings.forEach(({ depth, title }, position) => {
      expect({ title, depth }).toEqual({ title, depth: Math.min(depth, 6, (headings[position - 1]?.depth ?? 0) + 1) });
    });
  });

  test('describes every exported name once', () => {
    const described = headings.filter(({ depth }) => depth === 4).map(({ title }) => title).sort();
    expect(described).toEqual(entryPoints.flatMap(exportedNames).sort());
  });

  test('reads from top to bottom: constructs, what stands in their props, functions, tests, runtime', () => {
    const parts = ['Constructs', 'NonParallelJob', 'NonParallelJobProps', 'ContainerProps', 'VolumeProps', 'validateManifest', 'parseSchedule',
      'Testing', 'simulate', 'Runtime', 'connect'];
    const titles = headings.map(({ title }) => title);
    expect(titles.filter((title) => parts.includes(title))).toEqual(parts);
  });

  test('has a heading for every link', () => {
    const anchors = headings.map(({ title }) => anchorOf(title));
    expect(anchors).toEqual([...new Set(anchors)]);
    const links = [...prose.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = '']) => anchor);
    expect(links.filter((anchor) => !anchors.includes(anchor))).toEqual([]);
  });

  test('shows nothing of how the types are made', () => {
    expect(text.match(/\b(?:Forbidden|Problem|OneOf|NoInfer|FieldsOf|Checked\w+)<|\w+Literal\b/g) ?? []).toEqual([]);
  });
});
