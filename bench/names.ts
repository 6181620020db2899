import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The names of all benchmarks: the folders with a `main.ts`. */
export const benchmarks: readonly string[] = readdirSync(__dirname).filter((name) => existsSync(join(__dirname, name, 'main.ts'))).sort();

/** Those whose tables stand in docs/measures.md; what bench/mistakes prints is docs/mistakes.md. */
export const benchmarksOfMeasures: readonly string[] = benchmarks.filter((name) => name !== 'mistakes');
