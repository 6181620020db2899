import type { CronFieldTypes, IsOrdered } from './cron-values';

/**
 * The sentence that says what is wrong with a literal schedule, or never for one that is right or not a literal.
 *
 * It reads the whole grammar, but gives the benefit of the doubt where the compiler cannot follow Kubernetes: rare white space, letters
 * outside ASCII, numbers beyond 64 bits, and the inside of a duration.
 *
 * @source github.com/robfig/cron/v3 parser.go (v3.0.1)
 */
export type CronFault<Text extends string> =
  {} extends Record<Text, 1> ? never
    : Text extends '' ? 'schedule: is empty'
      : Text extends `${string}TZ${string}` ? 'schedule: has TZ in it; name the zone in timeZone'
        : Text extends `@${string}` ? MacroFault<Text>
          : Text extends `${string}${RareBlank | ManyOf<' '> | ManyOf<'0'>}${string}` ? never
            : FieldsFault<Fields<Text>>;

/** A run of blanks or zeros so long that the compiler would give up on it. */
type ManyOf<Letter extends string> = `${Four<Four<Letter>>}${Four<Four<Letter>>}`;
type Four<Text extends string> = `${Text}${Text}${Text}${Text}`;

/** White space other than the plain space that separates fields. */
type RareBlank =
  | '\t' | '\n' | '\v' | '\f' | '\r' | '\u0085' | '\u00a0' | '\u1680' | '\u2000' | '\u2001' | '\u2002' | '\u2003' | '\u2004' | '\u2005'
  | '\u2006' | '\u2007' | '\u2008' | '\u2009' | '\u200a' | '\u2028' | '\u2029' | '\u202f' | '\u205f' | '\u3000';

/** The words that stand for five fields. */
export type CronMacro = '@yearly' | '@annually' | '@monthly' | '@weekly' | '@daily' | '@midnight' | '@hourly';
type MacroFault<Text extends string> =
  Text extends CronMacro ? never
    : Text extends `@every ${infer Duration}`
      ? Duration extends '0' | '+0' | '-0' ? never
        : Duration extends `${string} ${string}` ? EveryFault<Text>
          : Duration extends `${string}${Digit}${string}${'h' | 'm' | 's'}` ? never : EveryFault<Text>
      : `schedule: '${Text}' is none of @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly and @every with a duration`;
type EveryFault<Text extends string> = `schedule: '${Text}' has no duration like 90m or 1h30m; the units are h, m, s, ms, us and ns`;

/** The fields between the spaces. */
type Fields<Text extends string, Found extends string[] = []> =
  Text extends `${infer Head} ${infer Rest}` ? Fields<Rest, Head extends '' ? Found : [...Found, Head]>
    : Text extends '' ? Found : [...Found, Text];

type FieldsFault<List> =
  List extends [unknown, unknown, unknown, unknown, unknown]
    ? FirstFault<List, ['minute', 'hour', 'day', 'month', 'weekday']>
    : List extends [unknown, unknown, unknown, unknown, unknown, ...unknown[]]
      ? 'schedule: more than 5 fields; there are minute, hour, day, month and weekday, and no seconds'
      : 'schedule: fewer than 5 fields; there are minute, hour, day, month and weekday';

/** The fault of the first bad field. */
type FirstFault<List, Names> =
  [List, Names] extends [[infer Text, ...infer Texts], [infer Name extends FieldName, ...infer Others]]
    ? Or<ItemsFault<Text, Name>, FirstFault<Texts, Others>>
    : never;

/** The first fault, or the second where there is no first. */
type Or<First, Second> = [First] extends [never] ? Second : First;

type FieldName = keyof CronFieldTypes;

/** The fault of the first bad item of a comma list. */
type ItemsFault<List, Field extends FieldName> =
  List extends `${infer Head},${infer Rest}`
    ? [ItemFault<Head, Field>] extends [never] ? ItemsFault<Rest, Field> : Complaint<Head, Field, ItemFault<Head, Field>>
    : Complaint<List, Field, ItemFault<List, Field>>;

/** The sentence about an item, or never where there is nothing to say. */
type Complaint<Item, Field extends FieldName, Words> = `schedule: ${Field} '${Item & string}' ${Words & string}`;

/** What is wrong with an item, as the end of the sentence. */
type ItemFault<Item, Field extends FieldName> =
  Item extends '' ? never
    : Item extends `${string}/${string}/${string}` ? 'has more than one slash'
      : Item extends `${infer Base}/${infer Step}` ? Or<BaseFault<Base, Field, `/${Step}`>, StepFault<Step>>
        : BaseFault<Item, Field, ''>;

// A name, so that the compiler looks into the union once and not for every item.
type AnyTime = '*' | '?' | `${'*' | '?'}-${string}`;

type BaseFault<Base, Field extends FieldName, Step> =
  Base extends AnyTime ? never
    : Base extends `${string}-${string}-${string}` ? 'has more than one hyphen'
      : Base extends `${infer Low}-${infer High}` ? RangeFault<Low, High, Field, Step>
        : [ValueOf<Base, Field>] extends [never] ? `is not in ${CronFieldTypes[Field]['range']}` : never;

type RangeFault<Low, High, Field extends FieldName, Step> =
  [ValueOf<Low, Field>] extends [never] ? `is not in ${CronFieldTypes[Field]['range']}`
    : [ValueOf<High, Field>] extends [never] ? `is not in ${CronFieldTypes[Field]['range']}`
      : 'any' extends ValueOf<Low, Field> | ValueOf<High, Field> ? never
        : IsOrdered<ValueOf<Low, Field>, ValueOf<High, Field>> extends true ? never
          : `runs backwards; write '${Low & string}-${CronFieldTypes[Field]['max']}${Step & string},${CronFieldTypes[Field]['min']}-${High & string}${Step & string}'`;

type StepFault<Step> =
  Unsigned<Step> extends infer Digits extends string
    ? Digits extends '' | '0' ? 'needs a step of 1 or more after its slash'
      : AllDigits<Digits> extends true ? never : 'needs a step of 1 or more after its slash'
    : never;

/** The plain number that a value stands for, `any` where only Kubernetes can say, or never if it is not a value of the field. */
type ValueOf<Text, Field extends FieldName> =
  Text extends `${string}\u0130${string}` ? 'any'
    : Lowercase<Text & string> extends infer Name extends keyof CronFieldTypes[Field]['names'] ? CronFieldTypes[Field]['names'][Name] & string
      : Unsigned<Text> extends infer Digits extends CronFieldTypes[Field]['values'] ? Digits & `${bigint}` : never;

type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';
/** The number without its plus sign and leading zeros. */
type Unsigned<Text> = Text extends `+${infer Rest}` ? Unpadded<Rest> : Unpadded<Text>;
type Unpadded<Text> = Text extends `0${infer Rest}` ? (Rest extends '' ? '0' : Unpadded<Rest>) : Text;
type AllDigits<Text> = Text extends '' ? true : Text extends `${Digit}${infer Rest}` ? AllDigits<Rest> : false;
