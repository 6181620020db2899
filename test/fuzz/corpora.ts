import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleGroups } from '../../src/rules/all-rules';
import type { Observation } from '../../src/verdict/observation';
import { validationVectors } from '../cluster/validation/vectors';
import { readTexts } from '../schedule/texts';
import { tapes } from '../verdict/tapes';

/** How many observations of a tape are kept: its first ones tell of the Job, and each one more costs every input made of it. */
const longestTape = 20;

/** Texts of manifests as they were recorded, right and wrong ones: YAML and JSON, several documents, anchors, odd characters. */
export function manifestTexts(): readonly string[] {
  const recorded = readFileSync(join(__dirname, '../yaml/vectors/reading.jsonl'), 'utf8').trim().split('\n')
    .map((line) => (JSON.parse(line) as { readonly text?: unknown }).text);
  return recorded.filter((text): text is string => typeof text === 'string' && text.length < 10_000);
}

/** Manifests: the recorded ones and the examples of all rules, two objects for an update among them. */
export function manifestValues(): readonly object[] {
  const examples = ruleGroups.flatMap(({ rules, wrap }) =>
    rules.flatMap(({ examples: { bad, good } }) => [...bad, ...good].map((example) => wrap(example))));
  const recorded = validationVectors().map(({ manifest }) => manifest);
  return [...recorded, ...examples].filter((manifest) => lengthOf(manifest) < 10_000);
}

/** Schedules as they were recorded, right and wrong ones. */
export function scheduleTexts(): readonly string[] {
  return readTexts();
}

/** The beginnings of the recordings of real clusters. */
export function tapeLines(): ReadonlyArray<readonly Observation[]> {
  return tapes.map(({ lines }) => lines.slice(0, longestTape)).filter((lines) => lengthOf(lines) < 60_000);
}

/** The characters of a value as JSON; a number beyond JSON counts as its digits. */
function lengthOf(value: object): number {
  return JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? String(item) : item)).length;
}
