import fc from 'fast-check';
import { manifestTexts, manifestValues, scheduleTexts, tapeLines } from './corpora';
import { editText, editValue, someEdits } from './edits';
import { CronSyntaxError, ManifestSyntaxError } from '../../src/core/errors';
import { kubernetesVersions } from '../../src/rules/rule/versions';
import { validateManifest } from '../../src/rules/validate-manifest';
import { validateUpdate } from '../../src/rules/validate-update';
import { parseSchedule } from '../../src/schedule/parse';
import { judge, startJudging } from '../../src/verdict/judge';
import type { Observation } from '../../src/verdict/observation';
import { readManifests } from '../../src/yaml/read-manifests';

/** A function that takes what anybody writes, and real inputs that were damaged. */
export interface Target<Input = unknown> {
  readonly name: string;
  /** Its share of all inputs. */
  readonly share: number;
  readonly inputs: fc.Arbitrary<Input>;
  /** Gives the function an input. Throws only what the function should not have thrown. */
  use(input: Input): void;
  /** The input twice as large, to see what that costs. */
  grow(input: Input): Input;
}

const texts = manifestTexts();
const values = manifestValues();
const schedules = scheduleTexts();
const recordings = tapeLines();

/** Texts as kubectl reads them; what is read is validated. */
const reading: Target<string> = {
  name: 'readManifests',
  share: 0.2,
  inputs: fc.tuple(fc.constantFrom(...texts), someEdits).map(([text, edits]) => editText(text, edits, texts)),
  use: (text) => {
    const documents = unless(ManifestSyntaxError, () => readManifests(text)) ?? [];
    for (const { value } of documents) validateManifest(value);
  },
  grow: (text) => `${text}\n---\n${text}`,
};

/** Manifests as objects, on their own and as changes of what they were. */
const validating: Target<readonly [before: object, after: unknown, version: number]> = {
  name: 'validateManifest',
  share: 0.25,
  inputs: fc.tuple(fc.constantFrom(...values), someEdits, fc.nat(kubernetesVersions.length - 1))
    .map(([value, edits, version]) => [value, editValue(value, edits, values), version]),
  use: ([before, after, version]) => {
    const options = { kubernetesVersion: kubernetesVersions[version] ?? '1.37' };
    validateManifest(after, options);
    if ('before' in before) validateUpdate(before.before, (after as { readonly after?: unknown } | null)?.after, options);
    else validateUpdate(before, after, options);
  },
  grow: ([before, after, version]) => [before, withListsTwice(after), version],
};

/** Schedules. */
const parsing: Target<string> = {
  name: 'parseSchedule',
  share: 0.5,
  inputs: fc.tuple(fc.constantFrom(...schedules), someEdits).map(([text, edits]) => editText(text, edits, schedules)),
  use: (text) => { unless(CronSyntaxError, () => parseSchedule(text)); },
  grow: (text) => text + text,
};

/** Recordings, whose objects may be anything. */
const judging: Target<readonly Observation[]> = {
  name: 'judge',
  share: 0.05,
  inputs: fc.tuple(fc.constantFrom(...recordings), someEdits)
    .map(([lines, edits]) => editValue(lines, edits, recordings))
    .map((lines) => (Array.isArray(lines) ? lines.filter(isObservation) : [])),
  use: (observations) => {
    JSON.stringify(judge(observations));
    const judgment = startJudging();
    for (const observation of observations) judgment.observe(observation);
    judgment.failFast(observations.at(-1)?.at ?? 0);
  },
  grow: (observations) => [...observations, ...observations],
};

/** What is fuzzed. */
export const targets: readonly Target[] = [reading, validating, parsing, judging];

/** What the work returns; undefined when it throws an error of the class, which it may. */
function unless<Result>(allowed: new (...given: never[]) => Error, work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof allowed) return undefined;
    throw error;
  }
}

/** Lines of a tape are objects with a time; what else stands there is refused where tapes are read. */
function isObservation(line: unknown): line is Observation {
  return typeof line === 'object' && line !== null && typeof (line as { readonly at?: unknown }).at === 'number';
}

/** A copy with every list twice as long, and the texts in it too. */
function withListsTwice(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(withListsTwice);
    return [...items, ...structuredClone(items)];
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withListsTwice(item)]));
}
