/** `['0', '1']` of `'0 1'`. */
type Words<Text extends string> = Text extends `${infer Head} ${infer Rest}` ? [Head, ...Words<Rest>] : [Text];

type To6 = Words<'0 1 2 3 4 5 6'>;
type To12 = Words<'1 2 3 4 5 6 7 8 9 10 11 12'>;
type To31 = [...To12, ...Words<'13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31'>];
type To23 = ['0', ...To12, ...Words<'13 14 15 16 17 18 19 20 21 22 23'>];
type To59 = ['0', ...To31, ...Words<'32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59'>];

type MonthNames = Words<'jan feb mar apr may jun jul aug sep oct nov dec'>;
type WeekdayNames = Words<'sun mon tue wed thu fri sat'>;

/** `'0-0' | '0-1' | '1-1'` of `['0', '1']`: every pair of which the second is not before the first. */
type RangesOf<List extends readonly string[], Highs extends string = never, Found extends string = never> =
  List extends [...infer Before extends string[], infer Low extends string]
    ? RangesOf<Before, Highs | Low, Found | `${Low}-${Highs | Low}`>
    : Found;

type Written<Name extends string> = Name | Uppercase<Name> | Capitalize<Name>;
type Padded = '00' | '01' | '02' | '03' | '04' | '05' | '06' | '07' | '08' | '09';
type Star = '*' | '?';

/** The steps that people write. */
export type UsualStep = Exclude<To59[number], '0'>;

/** What one field of a schedule may hold; `base` is what may stand before a slash. */
interface FieldType<Values extends string, Ranges extends string, Names, Range extends string, Max extends string, Min extends string> {
  readonly usual: Values | Ranges | Star | `*/${Exclude<Values, Padded | '0'>}`;
  readonly base: Values | Ranges | Star;
  readonly values: Values;
  readonly ranges: Ranges;
  readonly names: Names;
  readonly range: Range;
  readonly max: Max;
  readonly min: Min;
}

/** The number that each name stands for. */
type NumberedMonths = { readonly [Index in keyof MonthNames & `${number}` as MonthNames[Index]]: To12[Index & keyof To12] };
type NumberedWeekdays = { readonly [Index in keyof WeekdayNames & `${number}` as WeekdayNames[Index]]: To6[Index & keyof To6] };

/**
 * What the fields may hold, as literals: a literal is looked up in such a union in one step, however long it is.
 *
 * Numbers with other leading zeros, a plus sign, or names in odd spellings are right too; they take the longer way.
 */
export interface CronFieldTypes {
  readonly minute: FieldType<To59[number] | Padded, RangesOf<To59>, object, '0-59', '59', '0'>;
  readonly hour: FieldType<To23[number] | Padded, RangesOf<To23>, object, '0-23', '23', '0'>;
  readonly day: FieldType<To31[number] | Exclude<Padded, '00'>, RangesOf<To31>, object, '1-31', '31', '1'>;
  readonly month: FieldType<
    To12[number] | Written<MonthNames[number]> | Exclude<Padded, '00'>,
    RangesOf<To12> | Written<RangesOf<MonthNames>>, NumberedMonths, '1-12 or jan-dec', '12', '1'
  >;
  readonly weekday: FieldType<
    To6[number] | Written<WeekdayNames[number]>,
    RangesOf<To6> | Written<RangesOf<WeekdayNames>>, NumberedWeekdays, '0-6 (Sunday is 0) or sun-sat', '6', '0'
  >;
}
