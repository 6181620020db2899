import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { provenance, tablesIn, withTables } from '../../bench/measures-page';
import { benchmarksOfMeasures } from '../../bench/names';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'measures.md'), 'utf8');

test('of what a benchmark prints, the tables alone are kept', () => {
  expect(tablesIn('starting\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n\nslow\n| c |\n|---|\nahead of all\n')).toBe('| a | b |\n|---|---|\n| 1 | 2 |\n\n| c |\n|---|');
});

test('tables take the place of those of the same benchmark, and of nothing else', () => {
  const place = (name: string, tables: string): string =>
    `<!-- bench/${name}: written by npx tsx bench/main.ts --write ${name} -->\n${tables}<!-- end of bench/${name} -->`;
  const before = `# Measures\n\n${place('one', '')}\n\nWhy.\n\n${place('two', '\n| kept |\n\n')}\n`;
  const after = withTables(before, 'one', '| new |');
  expect(after).toBe(`# Measures\n\n${place('one', '\n| new |\n\n')}\n\nWhy.\n\n${place('two', '\n| kept |\n\n')}\n`);
  expect(withTables(after, 'one', '| new |')).toBe(after);
});

test('a page without a place for them is told what to write', () => {
  expect(() => withTables('# Measures\n', 'one', '')).toThrow('docs/measures.md has no place for the tables of one: write "<!-- bench/one: written by');
});

test('tables say when they were measured, and with what', () => {
  expect(provenance(new Date('2026-11-30T07:00:00Z'))).toMatch(/^2026-11-30, node \d+\.\d+\.\d+, TypeScript \d+\.\d+\.\d+, \d+ processors\.$/);
});

test.each(benchmarksOfMeasures)('docs/measures.md has the tables of bench/%s', (name) => {
  const written = page.slice(page.indexOf(`<!-- bench/${name}: `), page.indexOf(`<!-- end of bench/${name} -->`));
  expect(written).toMatch(/^\|(---\|)+$/m);
});
