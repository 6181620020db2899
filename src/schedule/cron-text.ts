import type { CronFault, CronMacro } from './cron-fault';
import type { CronFieldTypes, IsOrdered, UsualStep } from './cron-values';
import type { Problem } from '../core/messages';

/**
 * `Text` itself when it can be a schedule, else the sentence that says why not: the type of a checked literal.
 *
 * Whatever the API server accepts compiles. What is refused here is refused by `parseSchedule` with the same words; a computed text passes
 * here and is checked when it runs. The usual schedules are found by one look-up; lists and steps cost a little more, and only the rest
 * is read by the whole grammar, character by character where needed. A text is compared as a template, which is itself: compared by its
 * name, it would be narrowed by all five fields, and cost twice as much.
 *
 * @source github.com/robfig/cron/v3 parser.go ParseStandard (v3.0.1)
 */
export type CheckedCron<Text extends string> =
  `${Text}` extends `${infer Minute} ${infer Hour} ${infer Day} ${infer Month} ${infer Weekday}`
    ? `${Minute}` extends CronFieldTypes['minute']['usual']
      ? `${Hour}` extends CronFieldTypes['hour']['usual']
        ? `${Day}` extends CronFieldTypes['day']['usual']
          ? `${Month}` extends CronFieldTypes['month']['usual']
            ? `${Weekday}` extends CronFieldTypes['weekday']['usual'] ? Text : Listed<Text, Minute, Hour, Day, Month, Weekday>
            : Listed<Text, Minute, Hour, Day, Month, Weekday>
          : Listed<Text, Minute, Hour, Day, Month, Weekday>
        : Listed<Text, Minute, Hour, Day, Month, Weekday>
      : Listed<Text, Minute, Hour, Day, Month, Weekday>
    : Text extends CronMacro | `@every ${bigint}${'h' | 'm' | 's'}`
      ? Text
      : Judged<Text>;

/** What five look-ups do not find: fields that are lists or steps. */
type Listed<
  Text extends string, Minute extends string, Hour extends string, Day extends string, Month extends string, Weekday extends string,
> =
  [Lists<Minute, 'minute'>, Lists<Hour, 'hour'>, Lists<Day, 'day'>, Lists<Month, 'month'>, Lists<Weekday, 'weekday'>] extends AllGood
    ? Text
    : Judged<Text>;

type AllGood = [true, true, true, true, true];

/** The long way: the whole grammar. */
type Judged<Text extends string> = [CronFault<Text>] extends [never] ? Text : Problem<CronFault<Text>>;

/** Whether a field is a list of usual items. Four items at a time: each way into this type costs the same, however many it looks at. */
type Lists<Text extends string, Field extends keyof CronFieldTypes> =
  Text extends CronFieldTypes[Field]['usual']
    ? true
    : Text extends `${infer First},${infer Second},${infer Third},${infer Fourth},${infer Rest}`
      ? [First, Second, Third, Fourth] extends Four<CronFieldTypes[Field]['usual']> ? Lists<Rest, Field> : false
      : Text extends `${infer First},${infer Rest}`
        ? First extends CronFieldTypes[Field]['usual'] ? Lists<Rest, Field> : Stepped<First, Field> extends true ? Lists<Rest, Field> : false
        : Stepped<Text, Field>;

type Four<Usual> = [Usual, Usual, Usual, Usual];

/** Whether an item is a range of plain numbers, or a step of one or of a usual item. */
type Stepped<Text extends string, Field extends keyof CronFieldTypes> =
  Text extends `${infer Base}/${infer Step}`
    ? Step extends UsualStep ? (Base extends CronFieldTypes[Field]['usual'] ? true : Ranged<Base, Field>) : false
    : Ranged<Text, Field>;

type Ranged<Text extends string, Field extends keyof CronFieldTypes> =
  Text extends `${infer Low}-${infer High}`
    ? [Low, High] extends [CronFieldTypes[Field]['values'], CronFieldTypes[Field]['values']] ? IsOrdered<Low, High> : false
    : false;
