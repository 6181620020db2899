import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Observation } from '../../src/verdict/observation';

/** What a careful person says of a recording. */
export interface Truth {
  readonly verdict: string;
  readonly reason: string | null;
  readonly diagnosis: string;
  readonly hint: string;
  readonly exitCode: number | null;
  readonly failFastAt: number | null;
}

/** A recording of everything that a client saw on a real cluster. */
export interface Tape {
  readonly name: string;
  readonly what: string;
  readonly truth: Truth;
  readonly lines: readonly Observation[];
}

/** All recordings, by name. */
export const tapes: readonly Tape[] = readdirSync(join(__dirname, 'tapes')).filter((file) => file.endsWith('.jsonl')).sort().map(readTape);

function readTape(file: string): Tape {
  const [head, ...lines] = readFileSync(join(__dirname, 'tapes', file), 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line));
  return { name: head.tape, what: head.what, truth: head.truth, lines };
}
