/**
 * Runs every benchmark, `bench/<name>/main.ts`, one after the other: `npx tsx bench/main.ts [--write] [name...]`.
 * With `--write` the tables that they print take the place of those in docs/measures.md.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { provenance, tablesIn, withTables } from './measures-page';
import { benchmarks } from './names';

const page = join(__dirname, '..', 'docs', 'measures.md');

/** Runs one in a process of its own and shows what it prints. */
async function run(name: string): Promise<{ readonly output: string; readonly code: number }> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(__dirname, name, 'main.ts')], { stdio: ['inherit', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    process.stdout.write(text);
  });
  const [code] = await once(child, 'close') as [number | null];
  return { output, code: code ?? 1 };
}

async function main(args: readonly string[]): Promise<void> {
  const isWriting = args.includes('--write');
  const wanted = args.filter((arg) => arg !== '--write');
  const unknown = wanted.filter((name) => !benchmarks.includes(name));
  if (unknown.length > 0) throw new Error(`no benchmark called ${unknown.join(', ')}; there are ${benchmarks.join(', ')}`);
  const failed: string[] = [];
  // Never two at a time.
  for (const name of wanted.length > 0 ? wanted : benchmarks) {
    console.log(`\n== ${name}`);
    const { output, code } = await run(name);
    if (code !== 0) failed.push(name);
    else if (isWriting) writeFileSync(page, withTables(readFileSync(page, 'utf8'), name, `${tablesIn(output)}\n\n${provenance(new Date())}`));
  }
  if (failed.length > 0) throw new Error(`failed: ${failed.join(', ')}`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
