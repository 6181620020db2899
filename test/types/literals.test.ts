import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, diagnose, listFiles, statements } from './compile';

const program = compile([...listFiles('accept'), ...listFiles('reject')]);

test.each(listFiles('accept'))('the compiler accepts %s', (name) => {
  expect(diagnose(program, name)).toEqual([]);
});

// The declarations of cdk8s-plus do not fit each other under that option.
const exactFiles = listFiles('accept').filter((name) => !name.endsWith('plus.ts'));
const exact = compile(exactFiles, {}, { exactOptionalPropertyTypes: true });

test.each(exactFiles)('the compiler accepts %s where optional fields may not be undefined', (name) => {
  expect(diagnose(exact, name)).toEqual([]);
});

interface Mistake {
  readonly sentence: string;
  readonly first: number;
  readonly last: number;
}

/** The statements below a `//✗ sentence` line. */
function mistakes(name: string): readonly Mistake[] {
  const lines = readFileSync(join(__dirname, name), 'utf8').split('\n');
  const spans = statements(program, name);
  return lines.flatMap((line, index) => {
    if (!line.startsWith('//✗ ')) return [];
    const span = spans.find(({ first }) => first === index + 2);
    if (span === undefined) throw new Error(`${name}:${index + 1}: no statement below`);
    return [{ sentence: line.slice('//✗ '.length), ...span }];
  });
}

describe.each(listFiles('reject'))('the compiler refuses what %s gets wrong', (name) => {
  const said = diagnose(program, name);
  const marked = mistakes(name);

  test.each(marked)('$sentence', ({ sentence, first, last }) => {
    const messages = said.filter(({ line }) => line >= first && line <= last).map(({ message }) => message).join('\n');
    expect(messages).toContain(sentence);
  });

  test('it refuses nothing else', () => {
    expect(said.filter(({ line }) => !marked.some(({ first, last }) => line >= first && line <= last))).toEqual([]);
  });
});

test('at least 40 literal mistakes are covered', () => {
  expect(listFiles('reject').flatMap(mistakes).length).toBeGreaterThanOrEqual(40);
});
