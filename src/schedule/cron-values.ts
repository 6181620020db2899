/** Days, months, hours and minutes up to a number; each is made of the one before, so that the compiler computes nothing. */
type To1 = '1';
type To2 = To1 | '2';
type To3 = To2 | '3';
type To4 = To3 | '4';
type To5 = To4 | '5';
type To6 = To5 | '6';
type To7 = To6 | '7';
type To8 = To7 | '8';
type To9 = To8 | '9';
type To10 = To9 | '10';
type To11 = To10 | '11';
type To12 = To11 | '12';
type To13 = To12 | '13';
type To14 = To13 | '14';
type To15 = To14 | '15';
type To16 = To15 | '16';
type To17 = To16 | '17';
type To18 = To17 | '18';
type To19 = To18 | '19';
type To20 = To19 | '20';
type To21 = To20 | '21';
type To22 = To21 | '22';
type To23 = To22 | '23';
type To24 = To23 | '24';
type To25 = To24 | '25';
type To26 = To25 | '26';
type To27 = To26 | '27';
type To28 = To27 | '28';
type To29 = To28 | '29';
type To30 = To29 | '30';
type To31 = To30 | '31';
type To32 = To31 | '32';
type To33 = To32 | '33';
type To34 = To33 | '34';
type To35 = To34 | '35';
type To36 = To35 | '36';
type To37 = To36 | '37';
type To38 = To37 | '38';
type To39 = To38 | '39';
type To40 = To39 | '40';
type To41 = To40 | '41';
type To42 = To41 | '42';
type To43 = To42 | '43';
type To44 = To43 | '44';
type To45 = To44 | '45';
type To46 = To45 | '46';
type To47 = To46 | '47';
type To48 = To47 | '48';
type To49 = To48 | '49';
type To50 = To49 | '50';
type To51 = To50 | '51';
type To52 = To51 | '52';
type To53 = To52 | '53';
type To54 = To53 | '54';
type To55 = To54 | '55';
type To56 = To55 | '56';
type To57 = To56 | '57';
type To58 = To57 | '58';
type To59 = To58 | '59';

/** `'1-1' | '1-2' | '2-2'`: every pair of which the second is not before the first. */
type Ranges6 =
  | `${To1}-1` | `${To2}-2` | `${To3}-3` | `${To4}-4` | `${To5}-5` | `${To6}-6`;
type Ranges12 =
  | Ranges6 | `${To7}-7` | `${To8}-8` | `${To9}-9` | `${To10}-10` | `${To11}-11` | `${To12}-12`;
type Ranges23 =
  | Ranges12 | `${To13}-13` | `${To14}-14` | `${To15}-15` | `${To16}-16` | `${To17}-17` | `${To18}-18` | `${To19}-19`
  | `${To20}-20` | `${To21}-21` | `${To22}-22` | `${To23}-23`;

/* eslint-disable @stylistic/quote-props -- without quotes the keys would be numbers, which no text extends. */
/** What a range may begin with, by what it ends with; the compiler looks at no end but the one that is written. */
interface NumbersTo {
  readonly '0': '0';
  readonly '1': '0' | To1;
  readonly '2': '0' | To2;
  readonly '3': '0' | To3;
  readonly '4': '0' | To4;
  readonly '5': '0' | To5;
  readonly '6': '0' | To6;
  readonly '7': '0' | To7;
  readonly '8': '0' | To8;
  readonly '9': '0' | To9;
  readonly '10': '0' | To10;
  readonly '11': '0' | To11;
  readonly '12': '0' | To12;
  readonly '13': '0' | To13;
  readonly '14': '0' | To14;
  readonly '15': '0' | To15;
  readonly '16': '0' | To16;
  readonly '17': '0' | To17;
  readonly '18': '0' | To18;
  readonly '19': '0' | To19;
  readonly '20': '0' | To20;
  readonly '21': '0' | To21;
  readonly '22': '0' | To22;
  readonly '23': '0' | To23;
  readonly '24': '0' | To24;
  readonly '25': '0' | To25;
  readonly '26': '0' | To26;
  readonly '27': '0' | To27;
  readonly '28': '0' | To28;
  readonly '29': '0' | To29;
  readonly '30': '0' | To30;
  readonly '31': '0' | To31;
  readonly '32': '0' | To32;
  readonly '33': '0' | To33;
  readonly '34': '0' | To34;
  readonly '35': '0' | To35;
  readonly '36': '0' | To36;
  readonly '37': '0' | To37;
  readonly '38': '0' | To38;
  readonly '39': '0' | To39;
  readonly '40': '0' | To40;
  readonly '41': '0' | To41;
  readonly '42': '0' | To42;
  readonly '43': '0' | To43;
  readonly '44': '0' | To44;
  readonly '45': '0' | To45;
  readonly '46': '0' | To46;
  readonly '47': '0' | To47;
  readonly '48': '0' | To48;
  readonly '49': '0' | To49;
  readonly '50': '0' | To50;
  readonly '51': '0' | To51;
  readonly '52': '0' | To52;
  readonly '53': '0' | To53;
  readonly '54': '0' | To54;
  readonly '55': '0' | To55;
  readonly '56': '0' | To56;
  readonly '57': '0' | To57;
  readonly '58': '0' | To58;
  readonly '59': '0' | To59;
}
/* eslint-enable @stylistic/quote-props */

/** The numbers that are not above `High`; never for what is no plain number. */
export type UpTo<High> = High extends keyof NumbersTo ? NumbersTo[High] : never;

/** The names from one on, last first; `FromJan` are all. */
type FromDec = 'dec';
type FromNov = 'nov' | FromDec;
type FromOct = 'oct' | FromNov;
type FromSep = 'sep' | FromOct;
type FromAug = 'aug' | FromSep;
type FromJul = 'jul' | FromAug;
type FromJun = 'jun' | FromJul;
type FromMay = 'may' | FromJun;
type FromApr = 'apr' | FromMay;
type FromMar = 'mar' | FromApr;
type FromFeb = 'feb' | FromMar;
type FromJan = 'jan' | FromFeb;
type MonthRanges =
  | `jan-${FromJan}` | `feb-${FromFeb}` | `mar-${FromMar}` | `apr-${FromApr}` | `may-${FromMay}` | `jun-${FromJun}`
  | `jul-${FromJul}` | `aug-${FromAug}` | `sep-${FromSep}` | `oct-${FromOct}` | `nov-${FromNov}` | `dec-${FromDec}`;

/** The names from one on, last first; `FromSun` are all. */
type FromSat = 'sat';
type FromFri = 'fri' | FromSat;
type FromThu = 'thu' | FromFri;
type FromWed = 'wed' | FromThu;
type FromTue = 'tue' | FromWed;
type FromMon = 'mon' | FromTue;
type FromSun = 'sun' | FromMon;
type WeekdayRanges =
  | `sun-${FromSun}` | `mon-${FromMon}` | `tue-${FromTue}` | `wed-${FromWed}` | `thu-${FromThu}` | `fri-${FromFri}`
  | `sat-${FromSat}`;

type Written<Name extends string> = Name | Uppercase<Name> | Capitalize<Name>;
type Month = Written<FromJan>;
type Weekday = Written<FromSun>;
type PaddedDigit = '01' | '02' | '03' | '04' | '05' | '06' | '07' | '08' | '09';
type Padded = '00' | PaddedDigit;
type Star = '*' | '?';
type HourRanges = Ranges23 | `0-${'0' | To23}`;
type AllMonthRanges = Ranges12 | Written<MonthRanges>;
type AllWeekdayRanges = Ranges6 | `0-${'0' | To6}` | Written<WeekdayRanges>;

/** The steps that people write. */
export type UsualStep = To59;

/**
 * What the fields may hold, as literals: a literal is looked up in such a union in one step, however long it is.
 *
 * `usual` is what a field mostly is, and what may stand before a slash: ranges where they are common and few; `values` are its numbers
 * and names; `names` tells the number that each name stands for. Numbers with other leading zeros, a plus sign, or names in odd spellings
 * are right too; they take the longer way.
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
    readonly usual: To12 | PaddedDigit | Month | AllMonthRanges | Star | `*/${To12}`;
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
