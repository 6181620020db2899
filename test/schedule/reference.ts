/*
 * A slow second opinion: written from the rules, shares nothing with src but the names of the fields, and asks Intl for every minute.
 */

/** Bounds and names of the fields, once more. */
const bounds: ReadonlyArray<readonly [low: number, high: number, names: string]> = [
  [0, 59, ''], [0, 23, ''], [1, 31, ''], [1, 12, 'jan feb mar apr may jun jul aug sep oct nov dec'], [0, 6, 'sun mon tue wed thu fri sat'],
];

/** What the reference makes of the five fields: which values match, and which fields are stars. */
export interface Reference {
  readonly matches: ReadonlyArray<ReadonlySet<number>>;
  readonly isEither: boolean;
}

/** Reads five fields by regular expressions; undefined for what Kubernetes refuses. */
export function readReference(text: string): Reference | undefined {
  if (/TZ/.test(text) || text.startsWith('@')) return undefined;
  const fields = text.split(/[\t-\r ]+/).filter((field) => field !== '');
  if (fields.length !== 5) return undefined;
  const stars: boolean[] = [];
  const matches: Array<ReadonlySet<number>> = [];
  for (const [index, field] of fields.entries()) {
    const values = new Set<number>();
    let hasStar = false;
    for (const item of field.split(',').filter((part) => part !== '')) {
      const read = readItem(item, index);
      if (read === undefined) return undefined;
      for (const value of read.values) values.add(value);
      hasStar ||= read.isStar;
    }
    matches.push(values);
    stars.push(hasStar);
  }
  return { matches, isEither: stars[2] === false && stars[4] === false };
}

function readItem(item: string, index: number): { readonly values: number[]; readonly isStar: boolean } | undefined {
  const [low, high, names] = bounds[index] ?? [0, 0, ''];
  const match = /^(?:([*?])(?:-[^/]*)?|([^/-]+)(?:-([^/-]+))?)(?:\/(\+?[0-9]+))?$/.exec(item);
  if (match === null) return undefined;
  const [, star, first, last, stepText] = match;
  const step = stepText === undefined ? 1 : Number(stepText);
  const number = (text: string): number => {
    const named = names.split(' ').indexOf(text.toLowerCase());
    return named >= 0 && text !== '' ? named + low : /^\+?[0-9]+$/.test(text) ? Number(text) : NaN;
  };
  const from = star !== undefined ? low : number(first ?? '');
  const to = star !== undefined ? high : last !== undefined ? number(last) : stepText === undefined ? from : high;
  if (!(from >= low && to <= high && from <= to && step >= 1)) return undefined;
  const values: number[] = [];
  for (let value = from; value <= to; value += step) values.push(value);
  return { values, isStar: star !== undefined && step === 1 };
}

/** Local time fields of an instant in seconds, as Intl has them. */
export function localFields(seconds: number, timeZone: string): Date {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return new Date(`${format.format(seconds * 1000).replace(' ', 'T')}Z`);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether a schedule fires in the minute that a wall clock shows. */
export function firesAt({ matches: [minute, hour, day, month, weekday], isEither }: Reference, local: Date): boolean {
  const isTime = minute?.has(local.getUTCMinutes()) === true && hour?.has(local.getUTCHours()) === true;
  return isTime && month?.has(local.getUTCMonth() + 1) === true && isDay(local, day, weekday, isEither);
}

function isDay(local: Date, day: ReadonlySet<number> | undefined, weekday: ReadonlySet<number> | undefined, isEither: boolean): boolean {
  const [isDate, isWeekday] = [day?.has(local.getUTCDate()) === true, weekday?.has(local.getUTCDay()) === true];
  return isEither ? isDate || isWeekday : isDate && isWeekday;
}

/** The first fire time after `after`, in seconds, minute by minute of real time; undefined when there is none before `until`. */
export function nextByMinutes(reference: Reference, after: number, until: number, timeZone: string): number | undefined {
  for (let time = (Math.floor(after / 60) + 1) * 60; time < until; time += 60) {
    if (firesAt(reference, localFields(time, timeZone))) return time;
  }
  return undefined;
}

/** As `nextByMinutes`, in UTC and to the end of the fifth year; days on which it cannot fire are passed over whole. */
export function nextInUtc(reference: Reference, after: number): number | undefined {
  const { matches: [minute, hour, day, month, weekday], isEither } = reference;
  if (minute?.size === 0 || hour?.size === 0) return undefined;
  const first = (Math.floor(after / 60) + 1) * 60;
  const end = Date.UTC(new Date((after + 1) * 1000).getUTCFullYear() + 6, 0, 1) / 1000;
  for (let midnight = Math.floor(first / 86_400) * 86_400; midnight < end; midnight += 86_400) {
    const date = new Date(midnight * 1000);
    if (month?.has(date.getUTCMonth() + 1) !== true || !isDay(date, day, weekday, isEither)) continue;
    for (let time = Math.max(midnight, first); time < midnight + 86_400; time += 60) {
      const minuteOfDay = (time - midnight) / 60;
      if (minute?.has(minuteOfDay % 60) === true && hour?.has(Math.floor(minuteOfDay / 60)) === true) return time;
    }
  }
  return undefined;
}
