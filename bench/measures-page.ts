import { cpus } from 'node:os';
import { version as typeScript } from 'typescript';

const start = (name: string): string => `<!-- bench/${name}: written by npx tsx bench/main.ts --write ${name} -->`;
const end = (name: string): string => `<!-- end of bench/${name} -->`;

/** The tables of Markdown in what a benchmark printed, without all the rest. */
export function tablesIn(output: string): string {
  const lines = output.split('\n').map((line) => (line.startsWith('|') ? line : ''));
  return lines.join('\n').trim().replaceAll(/\n{3,}/g, '\n\n');
}

/** When, and with what, the tables were measured. */
export function provenance(now: Date): string {
  return `${now.toISOString().slice(0, 10)}, node ${process.versions.node}, TypeScript ${typeScript}, ${cpus().length} processors.`;
}

/**
 * The page with other tables of a benchmark.
 *
 * @throws Error where the page has no place for them.
 */
export function withTables(page: string, name: string, tables: string): string {
  const [from, to] = [page.indexOf(start(name)), page.indexOf(end(name))];
  if (from < 0 || to < from) throw new Error(`docs/measures.md has no place for the tables of ${name}: write "${start(name)}" and "${end(name)}" where they belong`);
  return `${page.slice(0, from)}${start(name)}\n\n${tables}\n\n${page.slice(to)}`;
}
