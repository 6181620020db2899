import type { ZoneOffsets } from './zone-offsets';

const daySeconds = 86_400;

/** A wall clock in a time zone, which can be set: an instant, and the local time that it shows. All times are in whole seconds. */
export class WallClock {
  /** The instant. */
  public instant = 0;
  public year = 1970;
  /** 1 to 12. */
  public month = 1;
  /** 1 to 31. */
  public day = 1;
  /** 0, a Sunday, to 6. */
  public weekday = 4;
  public hour = 0;
  public minute = 0;
  public second = 0;
  /** The day shown, counted from 1970-01-01. */
  private dayNumber = 0;

  public constructor(private readonly zone: ZoneOffsets, instant: number) {
    this.set(instant);
  }

  /** Sets the clock to an instant. */
  public set(instant: number): void {
    this.instant = instant;
    const local = instant + this.zone.at(instant);
    const dayNumber = Math.floor(local / daySeconds);
    const secondOfDay = local - dayNumber * daySeconds;
    this.hour = Math.floor(secondOfDay / 3600);
    this.minute = Math.floor(secondOfDay / 60) % 60;
    this.second = secondOfDay % 60;
    if (dayNumber !== this.dayNumber) this.readDay(dayNumber);
  }

  /** Whether no change of the zone's offset lies between now and `seconds` later. */
  public isSteadyFor(seconds: number): boolean {
    return this.instant >= this.zone.from && this.instant + seconds < this.zone.until;
  }

  /** Sets the clock to a local time; days and months may run over their ends, the time of day may not. */
  public setLocal(year: number, month: number, day: number, secondOfDay: number): void {
    this.setDay(daysOf(year, month) + day - 1, secondOfDay);
  }

  /** Sets the clock to another day at the same time. */
  public addDays(count: number): void {
    this.setDay(this.dayNumber + count, this.secondOfDay());
  }

  /** Sets the clock to the same day of another month at the same time. */
  public addMonths(count: number): void {
    this.setLocal(this.year, this.month + count, this.day, this.secondOfDay());
  }

  private secondOfDay(): number {
    return this.hour * 3600 + this.minute * 60 + this.second;
  }

  /**
   * A local time that is missing or comes twice is understood as Go does: the offset is looked up twice, first with the local time taken
   * for UTC. West of Greenwich a missing time becomes an earlier one, and a doubled one its first occurrence; east of it the other way
   * round.
   *
   * @source time/time.go Date (go1.26)
   */
  private setDay(dayNumber: number, secondOfDay: number): void {
    const local = dayNumber * daySeconds + secondOfDay;
    this.set(local - this.zone.at(local - this.zone.at(local)));
  }

  /** Year, month and day from the number of the day: years are counted from 1 March, so that the leap day comes last. */
  private readDay(dayNumber: number): void {
    this.dayNumber = dayNumber;
    this.weekday = (((dayNumber + 4) % 7) + 7) % 7;
    const shifted = dayNumber + 719_468;
    const era = Math.floor(shifted / 146_097);
    const dayOfEra = shifted - era * 146_097;
    const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
    const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
    const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
    const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
    this.day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
    this.month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
    this.year = yearOfEra + era * 400 + (this.month <= 2 ? 1 : 0);
  }
}

/** The number of the first day of a month; the month may be outside 1 to 12. */
function daysOf(year: number, month: number): number {
  const shifted = (year * 12 + month - 1) - 2;
  const shiftedYear = Math.floor(shifted / 12);
  const shiftedMonth = shifted - shiftedYear * 12;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const dayOfYear = Math.floor((153 * shiftedMonth + 2) / 5);
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}
