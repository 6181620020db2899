type To6 = '1' | '2' | '3' | '4' | '5' | '6';
type To12 = To6 | '7' | '8' | '9' | '10' | '11' | '12';
type To23 = To12 | '13' | '14' | '15' | '16' | '17' | '18' | '19' | '20' | '21' | '22' | '23';
type To31 = To23 | '24' | '25' | '26' | '27' | '28' | '29' | '30' | '31';
type To59 =
  | To31 | '32' | '33' | '34' | '35' | '36' | '37' | '38' | '39' | '40' | '41' | '42' | '43' | '44' | '45' | '46' | '47' | '48' | '49'
  | '50' | '51' | '52' | '53' | '54' | '55' | '56' | '57' | '58' | '59';

/** The numbers in their order; in two pieces, to fit the line length. */
type Order = `<0><1><2><3><4><5><6><7><8><9><10><11><12><13><14><15><16><17><18><19><20><21><22><23><24><25><26><27><28><29>${Above29}`;
type Above29 = '<30><31><32><33><34><35><36><37><38><39><40><41><42><43><44><45><46><47><48><49><50><51><52><53><54><55><56><57><58><59>';

/** Whether one plain number is not above another: one look-up, without a table that every user would pay for. */
export type IsOrdered<Low, High> =
  Low extends High ? true : Order extends `${string}<${Low & string}>${string}<${High & string}>${string}` ? true : false;

/* Every range of which the second is not before the first, written out: a literal costs the compiler less than a template that makes it. */
type HourRanges =
  | '0-0' | '0-1' | '0-2' | '0-3' | '0-4' | '0-5' | '0-6' | '0-7' | '0-8' | '0-9' | '0-10' | '0-11' | '0-12' | '0-13' | '0-14' | '0-15'
  | '0-16' | '0-17' | '0-18' | '0-19' | '0-20' | '0-21' | '0-22' | '0-23' | '1-1' | '1-2' | '1-3' | '1-4' | '1-5' | '1-6' | '1-7' | '1-8'
  | '1-9' | '1-10' | '1-11' | '1-12' | '1-13' | '1-14' | '1-15' | '1-16' | '1-17' | '1-18' | '1-19' | '1-20' | '1-21' | '1-22' | '1-23'
  | '2-2' | '2-3' | '2-4' | '2-5' | '2-6' | '2-7' | '2-8' | '2-9' | '2-10' | '2-11' | '2-12' | '2-13' | '2-14' | '2-15' | '2-16' | '2-17'
  | '2-18' | '2-19' | '2-20' | '2-21' | '2-22' | '2-23' | '3-3' | '3-4' | '3-5' | '3-6' | '3-7' | '3-8' | '3-9' | '3-10' | '3-11' | '3-12'
  | '3-13' | '3-14' | '3-15' | '3-16' | '3-17' | '3-18' | '3-19' | '3-20' | '3-21' | '3-22' | '3-23' | '4-4' | '4-5' | '4-6' | '4-7'
  | '4-8' | '4-9' | '4-10' | '4-11' | '4-12' | '4-13' | '4-14' | '4-15' | '4-16' | '4-17' | '4-18' | '4-19' | '4-20' | '4-21' | '4-22'
  | '4-23' | '5-5' | '5-6' | '5-7' | '5-8' | '5-9' | '5-10' | '5-11' | '5-12' | '5-13' | '5-14' | '5-15' | '5-16' | '5-17' | '5-18'
  | '5-19' | '5-20' | '5-21' | '5-22' | '5-23' | '6-6' | '6-7' | '6-8' | '6-9' | '6-10' | '6-11' | '6-12' | '6-13' | '6-14' | '6-15'
  | '6-16' | '6-17' | '6-18' | '6-19' | '6-20' | '6-21' | '6-22' | '6-23' | '7-7' | '7-8' | '7-9' | '7-10' | '7-11' | '7-12' | '7-13'
  | '7-14' | '7-15' | '7-16' | '7-17' | '7-18' | '7-19' | '7-20' | '7-21' | '7-22' | '7-23' | '8-8' | '8-9' | '8-10' | '8-11' | '8-12'
  | '8-13' | '8-14' | '8-15' | '8-16' | '8-17' | '8-18' | '8-19' | '8-20' | '8-21' | '8-22' | '8-23' | '9-9' | '9-10' | '9-11' | '9-12'
  | '9-13' | '9-14' | '9-15' | '9-16' | '9-17' | '9-18' | '9-19' | '9-20' | '9-21' | '9-22' | '9-23' | '10-10' | '10-11' | '10-12'
  | '10-13' | '10-14' | '10-15' | '10-16' | '10-17' | '10-18' | '10-19' | '10-20' | '10-21' | '10-22' | '10-23' | '11-11' | '11-12'
  | '11-13' | '11-14' | '11-15' | '11-16' | '11-17' | '11-18' | '11-19' | '11-20' | '11-21' | '11-22' | '11-23' | '12-12' | '12-13'
  | '12-14' | '12-15' | '12-16' | '12-17' | '12-18' | '12-19' | '12-20' | '12-21' | '12-22' | '12-23' | '13-13' | '13-14' | '13-15'
  | '13-16' | '13-17' | '13-18' | '13-19' | '13-20' | '13-21' | '13-22' | '13-23' | '14-14' | '14-15' | '14-16' | '14-17' | '14-18'
  | '14-19' | '14-20' | '14-21' | '14-22' | '14-23' | '15-15' | '15-16' | '15-17' | '15-18' | '15-19' | '15-20' | '15-21' | '15-22'
  | '15-23' | '16-16' | '16-17' | '16-18' | '16-19' | '16-20' | '16-21' | '16-22' | '16-23' | '17-17' | '17-18' | '17-19' | '17-20'
  | '17-21' | '17-22' | '17-23' | '18-18' | '18-19' | '18-20' | '18-21' | '18-22' | '18-23' | '19-19' | '19-20' | '19-21' | '19-22'
  | '19-23' | '20-20' | '20-21' | '20-22' | '20-23' | '21-21' | '21-22' | '21-23' | '22-22' | '22-23' | '23-23';
type NumberedMonthRanges =
  | '1-1' | '1-2' | '1-3' | '1-4' | '1-5' | '1-6' | '1-7' | '1-8' | '1-9' | '1-10' | '1-11' | '1-12' | '2-2' | '2-3' | '2-4' | '2-5'
  | '2-6' | '2-7' | '2-8' | '2-9' | '2-10' | '2-11' | '2-12' | '3-3' | '3-4' | '3-5' | '3-6' | '3-7' | '3-8' | '3-9' | '3-10' | '3-11'
  | '3-12' | '4-4' | '4-5' | '4-6' | '4-7' | '4-8' | '4-9' | '4-10' | '4-11' | '4-12' | '5-5' | '5-6' | '5-7' | '5-8' | '5-9' | '5-10'
  | '5-11' | '5-12' | '6-6' | '6-7' | '6-8' | '6-9' | '6-10' | '6-11' | '6-12' | '7-7' | '7-8' | '7-9' | '7-10' | '7-11' | '7-12' | '8-8'
  | '8-9' | '8-10' | '8-11' | '8-12' | '9-9' | '9-10' | '9-11' | '9-12' | '10-10' | '10-11' | '10-12' | '11-11' | '11-12' | '12-12';
type NumberedWeekdayRanges =
  | '0-0' | '0-1' | '0-2' | '0-3' | '0-4' | '0-5' | '0-6' | '1-1' | '1-2' | '1-3' | '1-4' | '1-5' | '1-6' | '2-2' | '2-3' | '2-4' | '2-5'
  | '2-6' | '3-3' | '3-4' | '3-5' | '3-6' | '4-4' | '4-5' | '4-6' | '5-5' | '5-6' | '6-6';
type MonthName = 'jan' | 'feb' | 'mar' | 'apr' | 'may' | 'jun' | 'jul' | 'aug' | 'sep' | 'oct' | 'nov' | 'dec';
type WeekdayName = 'sun' | 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat';
type MonthRanges =
  | 'jan-jan' | 'jan-feb' | 'jan-mar' | 'jan-apr' | 'jan-may' | 'jan-jun' | 'jan-jul' | 'jan-aug' | 'jan-sep' | 'jan-oct' | 'jan-nov'
  | 'jan-dec' | 'feb-feb' | 'feb-mar' | 'feb-apr' | 'feb-may' | 'feb-jun' | 'feb-jul' | 'feb-aug' | 'feb-sep' | 'feb-oct' | 'feb-nov'
  | 'feb-dec' | 'mar-mar' | 'mar-apr' | 'mar-may' | 'mar-jun' | 'mar-jul' | 'mar-aug' | 'mar-sep' | 'mar-oct' | 'mar-nov' | 'mar-dec'
  | 'apr-apr' | 'apr-may' | 'apr-jun' | 'apr-jul' | 'apr-aug' | 'apr-sep' | 'apr-oct' | 'apr-nov' | 'apr-dec' | 'may-may' | 'may-jun'
  | 'may-jul' | 'may-aug' | 'may-sep' | 'may-oct' | 'may-nov' | 'may-dec' | 'jun-jun' | 'jun-jul' | 'jun-aug' | 'jun-sep' | 'jun-oct'
  | 'jun-nov' | 'jun-dec' | 'jul-jul' | 'jul-aug' | 'jul-sep' | 'jul-oct' | 'jul-nov' | 'jul-dec' | 'aug-aug' | 'aug-sep' | 'aug-oct'
  | 'aug-nov' | 'aug-dec' | 'sep-sep' | 'sep-oct' | 'sep-nov' | 'sep-dec' | 'oct-oct' | 'oct-nov' | 'oct-dec' | 'nov-nov' | 'nov-dec'
  | 'dec-dec';
type WeekdayRanges =
  | 'sun-sun' | 'sun-mon' | 'sun-tue' | 'sun-wed' | 'sun-thu' | 'sun-fri' | 'sun-sat' | 'mon-mon' | 'mon-tue' | 'mon-wed' | 'mon-thu'
  | 'mon-fri' | 'mon-sat' | 'tue-tue' | 'tue-wed' | 'tue-thu' | 'tue-fri' | 'tue-sat' | 'wed-wed' | 'wed-thu' | 'wed-fri' | 'wed-sat'
  | 'thu-thu' | 'thu-fri' | 'thu-sat' | 'fri-fri' | 'fri-sat' | 'sat-sat';

type Written<Name extends string> = Name | Uppercase<Name> | Capitalize<Name>;
type Month = Written<MonthName>;
type Weekday = Written<WeekdayName>;
type PaddedDigit = '01' | '02' | '03' | '04' | '05' | '06' | '07' | '08' | '09';
type Padded = '00' | PaddedDigit;
type Star = '*' | '?';
type AllWeekdayRanges = NumberedWeekdayRanges | Written<WeekdayRanges>;

/** The steps that people write. */
export type UsualStep = To59;

/** The times of most schedules, once a day, once an hour or every few minutes, as literals for the same reason as those below. */
export type UsualTimes = `${'0' | To59} ${'0' | To23 | '*'} * * *` | `*/${To59} * * * *`;

/**
 * What the fields may hold, as literals: a literal is looked up in such a union in one step, however long it is.
 *
 * `usual` is what a field mostly is, and what may stand before a slash: ranges where they are common and few; `values` are its numbers
 * and names; `names` tells the number that each name stands for. Numbers with other leading zeros, a plus sign, names in odd spellings, or
 * ranges of months that are not in lower case are right too; they take the longer way.
 */
export interface CronFieldTypes {
  readonly minute: {
    readonly usual: '0' | To59 | Padded | Star | `*/${To59}`;
    readonly values: '0' | To59 | Padded;
    readonly names: object;
    readonly range: '0-59';
    readonly max: '59';
    readonly min: '0';
  };
  readonly hour: {
    readonly usual: '0' | To23 | Padded | HourRanges | Star | `*/${To23}`;
    readonly values: '0' | To23 | Padded;
    readonly names: object;
    readonly range: '0-23';
    readonly max: '23';
    readonly min: '0';
  };
  readonly day: {
    readonly usual: To31 | PaddedDigit | Star | `*/${To31}`;
    readonly values: To31 | PaddedDigit;
    readonly names: object;
    readonly range: '1-31';
    readonly max: '31';
    readonly min: '1';
  };
  readonly month: {
    readonly usual: To12 | PaddedDigit | Month | NumberedMonthRanges | MonthRanges | Star | `*/${To12}`;
    readonly values: To12 | PaddedDigit | Month;
    readonly names: NumberedMonths;
    readonly range: '1-12 or jan-dec';
    readonly max: '12';
    readonly min: '1';
  };
  readonly weekday: {
    readonly usual: '0' | To6 | Weekday | AllWeekdayRanges | Star | `*/${To6}`;
    readonly values: '0' | To6 | Weekday;
    readonly names: NumberedWeekdays;
    readonly range: '0-6 (Sunday is 0) or sun-sat';
    readonly max: '6';
    readonly min: '0';
  };
}

interface NumberedMonths {
  readonly jan: '1';
  readonly feb: '2';
  readonly mar: '3';
  readonly apr: '4';
  readonly may: '5';
  readonly jun: '6';
  readonly jul: '7';
  readonly aug: '8';
  readonly sep: '9';
  readonly oct: '10';
  readonly nov: '11';
  readonly dec: '12';
}

interface NumberedWeekdays {
  readonly sun: '0';
  readonly mon: '1';
  readonly tue: '2';
  readonly wed: '3';
  readonly thu: '4';
  readonly fri: '5';
  readonly sat: '6';
}
