import { type CalendarTimes, type CronField, type CronFieldBounds, type CronItem, cronFields, type CronTimes } from './cron-fields';
import { parseGoDuration } from './duration';
import { type Piece, splitFields, splitPiece } from './go-text';
import { readItem } from './read-item';
import { type ScheduleProblem, sentences } from './schedule-problem';

const macros = new Map([
  ['@yearly', '0 0 1 1 *'], ['@annually', '0 0 1 1 *'], ['@monthly', '0 0 1 * *'], ['@weekly', '0 0 * * 0'], ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'], ['@hourly', '0 * * * *'],
]);
const every = '@every ';

/**
 * Reads a schedule that names no time zone.
 *
 * @source github.com/robfig/cron/v3 parser.go ParseStandard (v3.0.1)
 */
export function readTimes(text: string): CronTimes | ScheduleProblem {
  if (text === '') {
    return { sentence: sentences.empty, message: 'empty spec string', position: 0, expected: 'five fields, or @daily and the like' };
  }
  if (!text.startsWith('@')) return readCalendar(text);
  const fields = macros.get(text);
  if (fields !== undefined) return readCalendar(fields);
  return text.startsWith(every) ? readInterval(text) : {
    sentence: sentences.macro(text),
    message: `unrecognized descriptor: ${text}`,
    position: 0,
    expected: `${[...macros.keys()].join(', ')} or @every with a duration`,
  };
}

function readInterval(text: string): CronTimes | ScheduleProblem {
  const duration = parseGoDuration(text.slice(every.length));
  if (typeof duration === 'string') {
    const message = `failed to parse duration ${text}: ${duration}`;
    return { sentence: sentences.every(text), message, position: every.length, expected: 'a duration like 90m or 1h30m' };
  }
  // Less than a second counts as one; other fractions are dropped.
  return { kind: 'interval', seconds: Math.max(1, Number(duration / 1_000_000_000n)) };
}

function readCalendar(text: string): CalendarTimes | ScheduleProblem {
  const pieces = splitFields(text);
  if (pieces.length !== cronFields.length) {
    const found = pieces.map((piece) => piece.text).join(' ');
    const message = `expected exactly ${cronFields.length} fields, found ${pieces.length}: [${found}]`;
    const isLonger = pieces.length > cronFields.length;
    return {
      message,
      sentence: isLonger ? sentences.moreFields : sentences.fewerFields,
      position: pieces[cronFields.length]?.position ?? text.length,
      expected: isLonger ? 'the end' : `a value for the ${cronFields[pieces.length]?.name ?? 'field'}`,
    };
  }
  const fields: CronField[] = [];
  for (const [index, bounds] of cronFields.entries()) {
    const field = readField(pieces[index] ?? { text: '', position: 0 }, bounds);
    if ('sentence' in field) return field;
    fields.push(field);
  }
  const [minute, hour, day, month, weekday] = fields as [CronField, CronField, CronField, CronField, CronField];
  return { kind: 'calendar', minute, hour, day, month, weekday };
}

/** Reads a comma list. Empty items are dropped; a field without any other matches nothing. */
function readField(piece: Piece, bounds: CronFieldBounds): CronField | ScheduleProblem {
  const items: CronItem[] = [];
  const allowed = new Uint8Array(bounds.max + 1);
  let hasStar = false;
  for (const part of splitPiece(piece, ',')) {
    if (part.text === '') continue;
    const item = readItem(part, bounds);
    if ('sentence' in item) return item;
    items.push(item);
    for (let value = item.low; value <= item.high; value += item.step) allowed[value] = 1;
    hasStar ||= item.isStar && item.step === 1;
  }
  return { items, allowed, hasStar };
}
