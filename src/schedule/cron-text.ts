import type { CronFault, CronMacro } from './cron-fault';
import type { CronFieldTypes, IsOrdered, UsualStep, UsualTimes } from './cron-values';
import type { Problem } from '../core/messages';

/**
 * Any text where all of `Text` can be schedules, else the sentences that say why they cannot: the type of a checked literal.
 *
 * Whatever the API server accepts compiles. What is refused here is refused by `parseSchedule` with the same words; a computed text passes
 * here and is checked when it runs. The usual schedules are found by one look-up, which also takes alternatives one by one; lists and steps
 * cost a little more, and only the rest is read by the whole grammar, character by character where needed. There a text is compared as a
 * template, which is itself: compared by its name, it would be narrowed, which costs more. Few parameters have a constraint here: the
 * compiler proves each one for everybody. The literal is searched for in branches, and therefore stands in one that is never taken: the
 * whole grammar would be searched, whatever the schedule.
 *
 * @source github.com/robfig/cron/v3 parser.go ParseStandard (v3.0.1)
 */
export type CheckedCron<Text extends string> =
  Sound<Text> extends string ? string : [Text] extends [never] ? Text : NoInfer<Problem<FaultOf<Sound<Text>>>>;

/** The faults of several schedules, for one problem: of several problems the compiler would show none whole. */
type FaultOf<Result> = Result extends Problem<infer Fault> ? Fault : never;

/** The same of each text by itself, which it is when it is good. */
type Sound<Text extends string> =
  Text extends UsualTimes | CronMacro ? Text
    : `${Text}` extends `${infer Minute} ${infer Hour} ${infer Days}`
      ? Minute extends CronFieldTypes['minute']['usual']
        ? Hour extends CronFieldTypes['hour']['usual']
          ? Days extends UsualDays ? Text : RareDays<Text, Days>
          : Listed<Text, Minute, Hour, Days>
        : Listed<Text, Minute, Hour, Days>
      : Text extends `@every ${bigint}${'h' | 'm' | 's'}` ? Text : Judged<Text>;

/** Day, month and weekday of most schedules: any day, some weekdays, or some days of the month. */
type UsualDays = '* * *' | `* * ${CronFieldTypes['weekday']['usual']}` | `${CronFieldTypes['day']['usual']} * *`;

/** What four look-ups do not find: lists and steps. */
type Listed<Text, Minute, Hour, Days> =
  [Lists<Minute, 'minute'>, Lists<Hour, 'hour'>] extends [true, true]
    ? Days extends UsualDays ? Text : RareDays<Text, Days>
    : Judged<Text>;

/** Lists, steps and rare dates, after a minute and an hour that are good. */
type RareDays<Text, Days> =
  Days extends `${infer Day} ${infer Month} ${infer Weekday}`
    ? [Lists<Day, 'day'>, Lists<Month, 'month'>, Lists<Weekday, 'weekday'>] extends [true, true, true] ? Text : Judged<Text>
    : Judged<Text>;

/** The long way: the whole grammar. */
type Judged<Text> = Verdict<CronFault<Text & string>, Text>;
type Verdict<Fault, Text> = [Fault] extends [never] ? Text : Problem<Fault & string>;

/** Whether a field is a list of usual items. Four items at a time: each way into this type costs the same, however many it looks at. */
type Lists<Text, Field extends keyof CronFieldTypes> =
  Text extends CronFieldTypes[Field]['usual']
    ? true
    : Text extends `${infer First},${infer Second},${infer Third},${infer Fourth},${infer Rest}`
      ? [First, Second, Third, Fourth] extends Four<CronFieldTypes[Field]['usual']> ? Lists<Rest, Field> : false
      : Text extends `${infer First},${infer Rest}`
        ? First extends CronFieldTypes[Field]['usual'] ? Lists<Rest, Field> : Stepped<First, Field> extends true ? Lists<Rest, Field> : false
        : Stepped<Text, Field>;

type Four<Usual> = [Usual, Usual, Usual, Usual];

/** Whether an item is a range of plain numbers, or a step of one or of a usual item. */
type Stepped<Text, Field extends keyof CronFieldTypes> =
  Text extends `${infer Base}/${infer Step}`
    ? Step extends UsualStep ? (Base extends CronFieldTypes[Field]['usual'] ? true : Ranged<Base, Field>) : false
    : Ranged<Text, Field>;

type Ranged<Text, Field extends keyof CronFieldTypes> =
  Text extends `${infer Low}-${infer High}`
    ? [Low, High] extends [CronFieldTypes[Field]['values'], CronFieldTypes[Field]['values']] ? IsOrdered<Low, High> : false
    : false;
