/** The mistakes of bench/mistakes: none that the API server refuses gets through, and docs/mistakes.md says what is true today. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allMistakes } from '../bench/mistakes/all-mistakes';
import { inJob, inKind, inSchedule } from '../bench/mistakes/mistake';
import { judge } from '../bench/mistakes/outcome';
import { toMarkdown } from '../bench/mistakes/report';
import { versionLine } from '../bench/mistakes/versions';

const judged = judge(allMistakes);
const mistakes = judged.filter(({ mistake }) => mistake.valid !== true);

test('there are 89 mistakes, and each has a number of its own', () => {
  expect(mistakes).toHaveLength(89);
  expect(judged.map(({ mistake }) => mistake.id)).toEqual(Array.from({ length: 90 }, (_, index) => index + 1));
});

test.each(mistakes.map((entry) => [entry.mistake.title, entry.outcomes] as const))('not written without a word: %s', (_, { typed, untyped }) => {
  for (const { stage, said } of [typed, untyped]) {
    expect(['compile', 'construct', 'synth', 'prevented', 'wrong']).toContain(stage);
    if (stage === 'wrong') expect(said.join('\n')).toMatch(/^(advice|warning): /);
    else if (stage !== 'prevented') expect(said.join('')).not.toBe('');
  }
});

test('every mistake that a plain manifest makes is really one', () => {
  const stages = ['compile', 'construct', 'server', 'wrong'];
  expect(mistakes.filter(({ outcomes }) => !stages.includes(outcomes.raw.stage)).map(({ mistake }) => mistake.title)).toEqual([]);
});

test('what is no mistake is taken in every way that can write it', () => {
  const right = judge([
    ...allMistakes.filter(({ valid }) => valid === true),
    inJob(1, 'a Job', {}, {}),
    inSchedule(2, 'a CronJob', {}, {}),
    ...(['FixedCompletionJob', 'IndexedJob', 'WorkQueueJob'] as const).map((kind, index) => inKind(kind, 3 + index, kind, {})),
  ]);
  for (const { mistake, outcomes } of right) {
    const stages = Object.values(outcomes).map(({ stage }) => stage).filter((stage) => stage !== 'no field');
    expect([mistake.title, ...stages]).toEqual([mistake.title, ...stages.map(() => 'prevented')]);
  }
});

test('docs/mistakes.md is fresh: npx tsx bench/mistakes/main.ts --markdown', () => {
  expect(readFileSync(join(__dirname, '..', 'docs', 'mistakes.md'), 'utf8')).toBe(toMarkdown(judged, versionLine()));
});
