/** Runs every benchmark, `bench/<name>/main.ts`, one after the other: `npx tsx bench/main.ts [name...]`. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const wanted = process.argv.slice(2);
const present = readdirSync(__dirname).filter((name) => existsSync(join(__dirname, name, 'main.ts')));
const unknown = wanted.filter((name) => !present.includes(name));
if (unknown.length > 0) throw new Error(`no benchmark called ${unknown.join(', ')}; there are ${present.join(', ')}`);

// Each in a process of its own, never two at a time.
const failed = (wanted.length > 0 ? wanted : present).filter((name) => {
  console.log(`\n== ${name}`);
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', join(__dirname, name, 'main.ts')], { stdio: 'inherit' });
  return status !== 0;
});
if (failed.length > 0) {
  console.error(`failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
