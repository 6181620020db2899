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

/** What a list would deliver: the newest version of every object that is still there. */
export function newest(lines: readonly Observation[]): Observation[] {
  const objects = new Map<string, Observation>();
  for (const line of lines) {
    const uid = (line.object as { metadata?: { uid?: string } } | undefined)?.metadata?.uid;
    if (uid === undefined) continue;
    if (line.type === 'DELETED') objects.delete(uid);
    else objects.set(uid, { ...line, type: 'ADDED' });
  }
  return [...objects.values()];
}
