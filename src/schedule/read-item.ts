import type { CronFieldBounds, CronItem } from './cron-fields';
import { parseGoInt, type Piece, splitPiece, toLower } from './go-text';
import type { ScheduleProblem } from './schedule-problem';

/**
 * Reads one item of a field: `*`, `7`, `mon`, `1-5`, and each with a step.
 *
 * @source github.com/robfig/cron/v3 parser.go getRange (v3.0.1)
 */
export function readItem(item: Piece, bounds: CronFieldBounds): CronItem | ScheduleProblem {
  const [base = item, ...steps] = splitPiece(item, '/');
  const ends = splitPiece(base, '-');
  const fault = findFault(item, base, ends, steps, bounds);
  if (fault !== undefined) return fault;
  const [first, second] = ends;
  const step = steps[0] === undefined ? 1 : Number(steps[0].text);
  if (isStar(ends)) return { low: bounds.min, high: bounds.max, step, isStar: true };
  const low = numberOf(first, bounds);
  // `5/15` means from 5 to the end.
  const high = second !== undefined ? numberOf(second, bounds) : steps.length > 0 ? bounds.max : low;
  return { low, high, step, isStar: false };
}

function isStar([first]: readonly Piece[]): boolean {
  return first?.text === '*' || first?.text === '?';
}

/** The value of a range's end that is known to be valid. */
function numberOf(end: Piece | undefined, bounds: CronFieldBounds): number {
  const value = end === undefined ? 0 : readValue(end.text, bounds);
  return typeof value === 'number' ? value : 0;
}

/** A number, or an error message in the parser's words. */
function readValue(text: string, { names, min }: CronFieldBounds): number | string {
  const index = names.indexOf(toLower(text));
  return index >= 0 ? index + min : readNumber(text);
}

function readNumber(text: string): number | string {
  const value = parseGoInt(text);
  if (typeof value === 'string') return `failed to parse int from ${text}: ${value}`;
  return value < 0 ? `negative number (${value}) not allowed: ${text}` : value;
}

type Fault = ScheduleProblem | undefined;

/** What is wrong with an item. The message is the first that the parser would find; the sentence is the first that people would. */
function findFault(item: Piece, base: Piece, ends: readonly Piece[], steps: readonly Piece[], bounds: CronFieldBounds): Fault {
  const message = findMessage(item.text, ends, steps, bounds);
  if (message === undefined) return undefined;
  const fault = (words: string, at: Piece, expected: string): ScheduleProblem => ({
    sentence: `schedule: ${bounds.name} '${item.text}' ${words}`, message, position: at.position, expected,
  });
  const [, second] = steps;
  if (second !== undefined) return fault('has more than one slash', second, 'one step at most');
  if (!isStar(ends)) {
    const third = ends[2];
    if (third !== undefined) return fault('has more than one hyphen', third, 'two ends at most');
    const bad = ends.find((end) => !isWithin(readValue(end.text, bounds), bounds));
    if (bad !== undefined) return fault(`is not in ${bounds.range}`, bad, `${bounds.name === 'hour' ? 'an' : 'a'} ${bounds.name} of ${bounds.range}`);
    const [low, high] = ends;
    if (low !== undefined && high !== undefined && numberOf(low, bounds) > numberOf(high, bounds)) {
      const step = steps[0] === undefined ? '' : `/${steps[0].text}`;
      const instead = `${low.text}-${bounds.max}${step},${bounds.min}-${high.text}${step}`;
      return fault(`runs backwards; write '${instead}'`, base, instead);
    }
  }
  return fault('needs a step of 1 or more after its slash', steps[0] ?? item, 'a step of 1 or more');
}

function isWithin(value: number | string, { min, max }: CronFieldBounds): boolean {
  return typeof value === 'number' && value >= min && value <= max;
}

function findMessage(item: string, ends: readonly Piece[], steps: readonly Piece[], bounds: CronFieldBounds): string | undefined {
  let [low, high]: [number, number] = [bounds.min, bounds.max];
  if (!isStar(ends)) {
    const [first, second] = ends;
    const lowest = readValue(first?.text ?? '', bounds);
    if (typeof lowest === 'string') return lowest;
    if (ends.length > 2) return `too many hyphens: ${item}`;
    const highest = second === undefined ? lowest : readValue(second.text, bounds);
    if (typeof highest === 'string') return highest;
    [low, high] = [lowest, second === undefined && steps.length === 1 ? bounds.max : highest];
  }
  const step = steps.length === 1 ? readNumber(steps[0]?.text ?? '') : 1;
  if (steps.length > 1) return `too many slashes: ${item}`;
  if (typeof step === 'string') return step;
  if (low < bounds.min) return `beginning of range (${low}) below minimum (${bounds.min}): ${item}`;
  if (high > bounds.max) return `end of range (${high}) above maximum (${bounds.max}): ${item}`;
  if (low > high) return `beginning of range (${low}) beyond end of range (${high}): ${item}`;
  return step === 0 ? `step of range should be a positive number: ${item}` : undefined;
}
