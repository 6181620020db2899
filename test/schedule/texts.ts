import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The texts of the recorded schedules, right and wrong ones. */
export function readTexts(): string[] {
  const lines = readFileSync(join(__dirname, 'vectors', 'texts.jsonl'), 'utf8').trimEnd().split('\n');
  return [...new Set(lines.map((line) => (JSON.parse(line) as { schedule: string }).schedule))];
}
