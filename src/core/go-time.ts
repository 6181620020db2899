/** What is left of a text, or why the next part of it is no part of a time. */
type Step = { readonly rest: string } | { readonly outOfRange: string; readonly rest: string } | 'bad';

/** One part of the layout: its own text, and how it is read. */
interface Part {
  readonly layout: string;
  readonly read: (rest: string) => Step;
}

const layout = '2006-01-02T15:04:05Z07:00';

const parts: readonly Part[] = [
  { layout: '2006', read: (rest) => (/^\d{4}/.test(rest) ? { rest: rest.slice(4) } : 'bad') },
  literal('-'),
  { layout: '01', read: (rest) => twoDigits(rest, 'month', 1, 12) },
  literal('-'),
  // Whether the month has the day is asked last.
  { layout: '02', read: (rest) => twoDigits(rest, 'day', 0, 99) },
  literal('T'),
  { layout: '15', read: (rest) => (/^\d(?!\d)/.test(rest) ? { rest: rest.slice(1) } : twoDigits(rest, 'hour', 0, 23)) },
  literal(':'),
  { layout: '04', read: (rest) => twoDigits(rest, 'minute', 0, 59) },
  literal(':'),
  { layout: '05', read: readSeconds },
  { layout: 'Z07:00', read: readZone },
];

/**
 * What Go says of a text that is no time of RFC 3339: `parsing time "x" as "2006-01-02T15:04:05Z07:00": cannot parse "x" as "2006"`;
 * undefined for one that is.
 *
 * @source go src/time/format.go parse (Go 1.26), as metav1.Time.UnmarshalJSON calls it
 */
export function findTimeProblem(text: string): string | undefined {
  let rest = text;
  for (const part of parts) {
    const step = part.read(rest);
    if (step === 'bad') return `parsing time ${quote(text)} as ${quote(layout)}: cannot parse ${quote(rest)} as ${quote(part.layout)}`;
    if ('outOfRange' in step) return `parsing time ${quote(text)}: ${step.outOfRange} out of range`;
    rest = step.rest;
  }
  if (rest !== '') return `parsing time ${quote(text)}: extra text: ${quote(rest)}`;
  const [year = 0, month = 0, day = 0] = [text.slice(0, 4), text.slice(5, 7), text.slice(8, 10)].map(Number);
  return day < 1 || day > daysIn(year, month) ? `parsing time ${quote(text)}: day out of range` : undefined;
}

function literal(text: string): Part {
  return { layout: text, read: (rest) => (rest.startsWith(text) ? { rest: rest.slice(text.length) } : 'bad') };
}

function twoDigits(text: string, what: string, least: number, most: number): Step {
  if (!/^\d\d/.test(text)) return 'bad';
  const number = Number(text.slice(0, 2));
  const rest = text.slice(2);
  return number < least || number > most ? { outOfRange: what, rest } : { rest };
}

function readSeconds(text: string): Step {
  const step = twoDigits(text, 'second', 0, 59);
  return step === 'bad' || 'outOfRange' in step ? step : { rest: step.rest.replace(/^[.,]\d+/, '') };
}

function readZone(text: string): Step {
  if (text.startsWith('Z')) return { rest: text.slice(1) };
  if (text.length < 6 || text[3] !== ':') return 'bad';
  const rest = text.slice(6);
  // A number that is too large is told before anything else that is wrong.
  const [, hours] = /^.(\d\d)/.exec(text) ?? [];
  if (Number(hours) > 24) return { outOfRange: 'time zone offset hour', rest };
  const [, minutes] = /^.{4}(\d\d)/.exec(text) ?? [];
  if (hours !== undefined && Number(minutes) > 60) return { outOfRange: 'time zone offset minute', rest };
  return /^[+-]/.test(text) && hours !== undefined && minutes !== undefined ? { rest } : 'bad';
}

function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

/** A text in quotes, with the bytes beyond ASCII and below the blank as numbers. */
function quote(text: string): string {
  const bytes = [...new TextEncoder().encode(text)].map((byte) => {
    if (byte < 0x20 || byte >= 0x80) return `\\x${byte.toString(16).padStart(2, '0')}`;
    const character = String.fromCharCode(byte);
    return character === '"' || character === '\\' ? `\\${character}` : character;
  });
  return `"${bytes.join('')}"`;
}
