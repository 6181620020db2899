import { compile } from './compile';
import { readTexts } from './texts';
import { CronSyntaxError } from '../../src/core/errors';
import { parseSchedule } from '../../src/schedule/parse';

jest.setTimeout(60_000);

const head = `
import type { CheckedCron } from '../../src/schedule/cron-text';
declare function use<const Text extends string>(props: { readonly schedule: CheckedCron<Text> }): void;
`.trim();
const firstLine = head.split('\n').length;

function uses(texts: readonly string[]): string {
  return [head, ...texts.map((text) => `use({ schedule: ${literal(text)} });`)].join('\n');
}

/** A string literal on one line, whatever separators of lines are in it. */
function literal(text: string): string {
  return JSON.stringify(text).replaceAll(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The sentence of the compiler for each text; undefined for one that compiles. */
function sentencesOf(texts: readonly string[]): Array<string | undefined> {
  const sentences: Array<string | undefined> = texts.map(() => undefined);
  for (const { line, message } of compile(uses(texts)).errors) {
    const [, quoted] = /Problem<(".*")>'/.exec(message) ?? [];
    sentences[line - firstLine] = quoted === undefined ? message : JSON.parse(asJson(quoted)) as string;
  }
  return sentences;
}

/** A literal as the compiler prints it, without the escapes that JSON does not have. */
function asJson(quoted: string): string {
  return quoted.replaceAll(/\\(.)/g, (escape, letter) => letter === 'v' ? '\\u000b' : letter === '0' ? '\\u0000' : escape);
}

/** The words of the error of `parseSchedule`; undefined for a text that it takes. */
function errorOf(text: string): string | undefined {
  try {
    parseSchedule(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof CronSyntaxError)) throw error;
    return error.message.slice(`Cannot read the schedule ${JSON.stringify(text)}: `.length);
  }
}

/** Schedules that people get wrong, and what both worlds say. */
const refused: ReadonlyArray<readonly [text: string, sentence: string]> = [
  ['61 * * * *', 'schedule: minute \'61\' is not in 0-59'],
  ['* 24 * * *', 'schedule: hour \'24\' is not in 0-23'],
  ['* * 0 * *', 'schedule: day \'0\' is not in 1-31'],
  ['* * 1,32,40 * *', 'schedule: day \'32\' is not in 1-31'],
  ['* * * 13 *', 'schedule: month \'13\' is not in 1-12 or jan-dec'],
  ['* * * january *', 'schedule: month \'january\' is not in 1-12 or jan-dec'],
  ['0 0 * * 7', 'schedule: weekday \'7\' is not in 0-6 (Sunday is 0) or sun-sat'],
  ['0 0 * * 1-7', 'schedule: weekday \'1-7\' is not in 0-6 (Sunday is 0) or sun-sat'],
  ['0 0 L * *', 'schedule: day \'L\' is not in 1-31'],
  ['0 0 15W * *', 'schedule: day \'15W\' is not in 1-31'],
  ['0 0 * * 1#2', 'schedule: weekday \'1#2\' is not in 0-6 (Sunday is 0) or sun-sat'],
  ['-1 * * * *', 'schedule: minute \'-1\' is not in 0-59'],
  ['1- * * * *', 'schedule: minute \'1-\' is not in 0-59'],
  ['/5 * * * *', 'schedule: minute \'/5\' is not in 0-59'],
  ['60/5 * * * *', 'schedule: minute \'60/5\' is not in 0-59'],
  ['0 22-6 * * *', 'schedule: hour \'22-6\' runs backwards; write \'22-23,0-6\''],
  ['0 22-6/2 * * *', 'schedule: hour \'22-6/2\' runs backwards; write \'22-23/2,0-6/2\''],
  ['0 0 * * fri-mon', 'schedule: weekday \'fri-mon\' runs backwards; write \'fri-6,0-mon\''],
  ['0 0 * NOV-feb *', 'schedule: month \'NOV-feb\' runs backwards; write \'NOV-12,1-feb\''],
  ['*/0 * * * *', 'schedule: minute \'*/0\' needs a step of 1 or more after its slash'],
  ['5/ * * * *', 'schedule: minute \'5/\' needs a step of 1 or more after its slash'],
  ['0/-1 * * * *', 'schedule: minute \'0/-1\' needs a step of 1 or more after its slash'],
  ['*/1.5 * * * *', 'schedule: minute \'*/1.5\' needs a step of 1 or more after its slash'],
  ['1-2-3 * * * *', 'schedule: minute \'1-2-3\' has more than one hyphen'],
  ['1/2/3 * * * *', 'schedule: minute \'1/2/3\' has more than one slash'],
  ['* * * *', 'schedule: fewer than 5 fields; there are minute, hour, day, month and weekday'],
  ['   ', 'schedule: fewer than 5 fields; there are minute, hour, day, month and weekday'],
  ['0 0 0 * * *', 'schedule: more than 5 fields; there are minute, hour, day, month and weekday, and no seconds'],
  ['', 'schedule: is empty'],
  ['TZ=UTC 0 0 * * *', 'schedule: has TZ in it; name the zone in timeZone'],
  ['CRON_TZ=UTC 0 0 * * *', 'schedule: has TZ in it; name the zone in timeZone'],
  ['@every 1d', 'schedule: \'@every 1d\' has no duration like 90m or 1h30m; the units are h, m, s, ms, us and ns'],
  ['@every 5', 'schedule: \'@every 5\' has no duration like 90m or 1h30m; the units are h, m, s, ms, us and ns'],
  ['@every 1h 30m', 'schedule: \'@every 1h 30m\' has no duration like 90m or 1h30m; the units are h, m, s, ms, us and ns'],
  ...['@reboot', '@Daily', '@every', '@daily '].map((text) => [
    text, `schedule: '${text}' is none of @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly and @every with a duration`,
  ] as const),
];

test('a wrong literal gets the same sentence from the compiler and from parseSchedule', () => {
  const compiled = sentencesOf(refused.map(([text]) => text));
  const table = refused.map(([text], index) => ({ text, compiled: compiled[index], thrown: errorOf(text) }));
  expect(table).toEqual(refused.map(([text, sentence]) => ({ text, compiled: sentence, thrown: sentence })));
});

test('the error says where the fault is and what was expected there', () => {
  expect(() => parseSchedule('0 8-25 * * *')).toThrow(expect.objectContaining({ code: 'CRON_SYNTAX', position: 4, expected: 'an hour of 0-23' }));
  expect(() => parseSchedule('0 0 * * mon,7')).toThrow(expect.objectContaining({ position: 12, expected: 'a weekday of 0-6 (Sunday is 0) or sun-sat' }));
  expect(() => parseSchedule('0 0 * *')).toThrow(expect.objectContaining({ position: 7, expected: 'a value for the weekday' }));
  expect(() => parseSchedule('@every x')).toThrow(expect.objectContaining({ position: 7 }));
});

test('every recorded text that Kubernetes takes compiles, and every sentence is the one of parseSchedule', () => {
  const texts = readTexts();
  const compiled = sentencesOf(texts);
  const wrong = texts.flatMap((text, index) => {
    const [sentence, thrown] = [compiled[index], errorOf(text)];
    return sentence === undefined || sentence === thrown ? [] : [{ text, sentence, thrown }];
  });
  expect(wrong).toEqual([]);
  // The compiler gives the benefit of the doubt to few.
  const missed = texts.filter((text, index) => compiled[index] === undefined && errorOf(text) !== undefined);
  expect(missed.length / texts.length).toBeLessThan(0.05);
});

test('a text that is not a literal compiles', () => {
  const text = `${head}
declare const computed: string;
declare const pattern: \`\${number} 25 * * *\`;
declare const anything: any;
use({ schedule: computed }); use({ schedule: pattern }); use({ schedule: anything });
declare const either: '@daily' | '0 0 * * *';
use({ schedule: either });`;
  expect(compile(text).errors).toEqual([]);
});

describe('what a literal costs the compiler', () => {
  const numbers = Array.from({ length: 40 }, (_, index) => index);
  /** One of each way, so that only the literals themselves are counted. */
  const warm = ['* * * * *', '1,2 8-18/2 1,2,3,4,5 jan,feb 1,2', '@daily', '@every 1m'];
  const base = compile(uses(warm)).instantiations;

  test.each<[name: string, most: number, texts: string[]]>([
    ['@daily and the like', 30, ['@hourly', '@weekly', '@monthly', '@yearly']],
    ['@every', 30, numbers.map((number) => `@every ${number}m`)],
    ['numbers and stars', 40, numbers.map((number) => `${number} ${number % 24} * * ${number % 7}`)],
    ['steps, ranges and names', 40, numbers.map((number) => `*/${number + 1} ${number % 24}-23 ${(number % 31) + 1} jan mon-fri`)],
    ['a list of minutes and a stepped range', 80, numbers.map((number) => `${number},59 8-18/2 * * mon-fri`)],
    ['lists in four fields', 90, numbers.map((number) => `${number},59 8-18/2 1,15 jan-jun,oct-dec mon-fri,0`)],
    ['thirteen minutes', 130, numbers.map((number) => `0,5,10,15,20,25,30,35,40,45,50,55,${number} * * * *`)],
    ['long lists in every field', 150, numbers.map((number) => `${number},10-20/2,30,45 0-6/2,8-18/2,20,22 1,15,20-25 jan-mar,oct-dec mon,wed,fri,sun`)],
  ])('%s: at most %i instantiations', (_, most, texts) => {
    const { errors, instantiations } = compile(uses([...warm, ...texts]));
    expect(errors).toEqual([]);
    expect((instantiations - base) / texts.length).toBeLessThanOrEqual(most);
  });
});
