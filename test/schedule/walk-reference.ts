import { firesAt, localFields, type Reference } from './reference';

/*
 * The controller's walk once more, as slow as it can be: one unit at a time, each local time asked of Intl, nothing kept.
 * It is for the changes of the clocks that a plain "first matching minute" does not describe: at midnight, by half an hour, by a day.
 */

/** The next fire time in seconds; undefined where there is none, or the walk goes in a circle. */
export function nextByWalk(reference: Reference, after: number, timeZone: string): number | undefined {
  const [minutes, hours, days, months, weekdays] = reference.matches;
  const local = (time: number): Date => localFields(time, timeZone);
  const instantOf = (wall: number): number => {
    const offset = (time: number): number => local(time).getTime() / 1000 - time;
    return wall - offset(wall - offset(wall));
  };
  const isDay = (date: Date): boolean => firesAt(
    { matches: [new Set([0]), new Set([0]), days ?? new Set(), months ?? new Set(), weekdays ?? new Set()], isEither: reference.isEither },
    new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate())),
  );
  let time = after + 1;
  let hasMoved = false;
  /** Moves on; before the first move, `zeroed` sets the smaller units to zero. */
  const move = (zeroed: () => number, next: () => number): void => {
    if (!hasMoved) time = zeroed();
    hasMoved = true;
    time = next();
  };
  const lastYear = local(time).getUTCFullYear() + 5;
  search: for (let round = 0; round < 5000 && local(time).getUTCFullYear() <= lastYear; round += 1) {
    while (months?.has(local(time).getUTCMonth() + 1) !== true) {
      move(
        () => instantOf(Date.UTC(local(time).getUTCFullYear(), local(time).getUTCMonth(), 1) / 1000),
        () => instantOf(shifted(local(time), 1, 0)),
      );
      if (local(time).getUTCMonth() === 0) continue search;
    }
    for (let step = 0; !isDay(local(time)); step += 1) {
      if (step > 100) return undefined;
      move(
        () => instantOf(Date.UTC(local(time).getUTCFullYear(), local(time).getUTCMonth(), local(time).getUTCDate()) / 1000),
        () => instantOf(shifted(local(time), 0, 1)),
      );
      const hour = local(time).getUTCHours();
      if (hour !== 0) time += (hour > 12 ? 24 - hour : -hour) * 3600;
      if (local(time).getUTCDate() === 1) continue search;
    }
    while (hours?.has(local(time).getUTCHours()) !== true) {
      move(() => instantOf(Math.floor(local(time).getTime() / 3_600_000) * 3600), () => time + 3600);
      if (local(time).getUTCHours() === 0) continue search;
    }
    while (minutes?.has(local(time).getUTCMinutes()) !== true) {
      move(() => Math.floor(time / 60) * 60, () => time + 60);
      if (local(time).getUTCMinutes() === 0) continue search;
    }
    if (local(time).getUTCSeconds() === 0) return time;
    time += 60 - local(time).getUTCSeconds();
    hasMoved = true;
  }
  return undefined;
}

/** The wall time of some months or days later, in seconds. */
function shifted(date: Date, months: number, days: number): number {
  return Date.UTC(
    date.getUTCFullYear(), date.getUTCMonth() + months, date.getUTCDate() + days,
    date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds(),
  ) / 1000;
}
