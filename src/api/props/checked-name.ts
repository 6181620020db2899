import type { Problem } from '../../core/messages';

type EarlyLetter = 'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G' | 'H' | 'I' | 'J' | 'K' | 'L' | 'M';
type LateLetter = 'N' | 'O' | 'P' | 'Q' | 'R' | 'S' | 'T' | 'U' | 'V' | 'W' | 'X' | 'Y' | 'Z';
type Mark = '_' | ' ' | '/' | ':' | '@' | '=' | '+' | ',' | '$' | '#' | '%' | '&' | '*' | '(' | ')' | '"' | "'" | '\\' | '{' | '}' | '\n' | '\t';

/** Any one character; `string` alone would collapse to `string` when it is repeated. */
type One = `${any}`;
type Ten = `${One}${One}${One}${One}${One}${One}${One}${One}${One}${One}`;
type Fifty = `${Ten}${Ten}${Ten}${Ten}${Ten}`;
/** At least 53 characters: every placeholder but the last takes one. */
type Over52 = `${Fifty}${One}${One}${One}${string}`;
type Over63 = `${Fifty}${Ten}${One}${One}${One}${One}${string}`;

type BadEnd = '' | `-${string}` | `${string}-`;
type BadSubdomain = BadEnd | `.${string}` | `${string}.` | `${string}${Mark}${string}`;
type BadLabel = BadEnd | `${string}${Mark | '.'}${string}`;
// Written as a union, it has a name: the compiler looks for no parameters in what has a name and none.
type NotLower = `${string}${EarlyLetter}${string}` | `${string}${LateLetter}${string}`;
// A union, which the compiler looks into once and not for every name; what stands beside `Lowercase` is bad anyway.
type AllLower = Lowercase<string> | '_A';
// A name for each, for the same reason.
type BadJobName = BadSubdomain | Over63;
type BadCronJobName = BadSubdomain | Over52;
type BadLabelName = BadLabel | Over63;

/**
 * The name of a container or volume: any text where all of `Text` are good (see job-props.ts), else each of them, or the sentence that says
 * what is wrong with it.
 *
 * Literals are checked for the usual mistakes; a computed text passes here and is checked when the app is synthesized.
 * What stands in `NoInfer` need not be searched for the literal.
 *
 * @source staging/src/k8s.io/apimachinery/pkg/api/validate/content/dns.go IsDNS1123Label (v1.37)
 */
export type CheckedLabelName<Text extends string, Shown extends string = Text> =
  BadLabelOf<Text> extends never ? string : Text extends BadLabelOf<Text> ? NoInfer<LabelProblem<Shown>> : Text;

/**
 * The name of a Job: any text where `Text` is good, else the sentence that says what is wrong with it; at most 63 characters.
 *
 * @source pkg/apis/batch/validation/validation.go ValidateJob (v1.37)
 */
export type CheckedJobName<Text extends string, Shown extends string = Text> =
  BadJobNameOf<Text> extends never ? string : Text extends BadJobNameOf<Text> ? NoInfer<JobNameProblem<Shown>> : Text;

/**
 * The name of a CronJob: any text where `Text` is good, else the sentence that says what is wrong with it; at most 52 characters.
 *
 * @source pkg/apis/batch/validation/validation.go ValidateCronJobCreate (v1.37)
 */
export type CheckedCronJobName<Text extends string, Shown extends string = Text> =
  BadCronJobNameOf<Text> extends never ? string : Text extends BadCronJobNameOf<Text> ? NoInfer<CronJobNameProblem<Shown>> : Text;

// The bad ones of some names. The patterns hold no type parameter, so that a good name costs two conditional types: `Lowercase` is one look
// where letters would be 26 patterns, but it says nothing of a text that is no literal.
type BadLabelOf<Text> = Text extends BadLabelName ? Text : Text extends AllLower ? never : Text extends NotLower ? Text : never;
type BadJobNameOf<Text> = Text extends BadJobName ? Text : Text extends AllLower ? never : Text extends NotLower ? Text : never;
type BadCronJobNameOf<Text> = Text extends BadCronJobName ? Text : Text extends AllLower ? never : Text extends NotLower ? Text : never;

// `Shown` is the tested name once more: the compiler narrows `Text` within the branches, and would multiply each sentence by every pattern.
// Good names of a union give `never`: with two containers, only the bad name speaks.
type LabelProblem<Text extends string> = Text extends infer Shown extends string
  ? Text extends Over63
    ? Problem<`name: '${Shown}' is longer than 63 characters`>
    : CommonProblem<Text, "may hold only a-z, 0-9 and '-'", BadLabel | NotLower>
  : never;

type JobNameProblem<Text extends string> = Text extends infer Shown extends string
  ? Text extends Over63
    ? Problem<`name: '${Shown}' is longer than 63 characters, which the labels of its pods cannot hold`>
    : CommonProblem<Text, "may hold only a-z, 0-9, '-' and '.'", BadSubdomain | NotLower>
  : never;

type CronJobNameProblem<Text extends string> = Text extends infer Shown extends string
  ? Text extends Over52
    ? Problem<`name: '${Shown}' is longer than 52 characters; a CronJob needs 11 more for the names of its Jobs`>
    : CommonProblem<Text, "may hold only a-z, 0-9, '-' and '.'", BadSubdomain | NotLower>
  : never;

type CommonProblem<Text extends string, Alphabet extends string, Bad> = Text extends infer Shown extends string
  ? Text extends Bad
    ? Text extends ''
      ? Problem<'name: must not be empty'>
      : Text extends `${string}${Mark}${string}`
        ? Problem<`name: '${Shown}' ${Alphabet}`>
        : Text extends NotLower
          ? Problem<`name: '${Shown}' must be lower case: '${Lowercase<Shown>}'`>
          : Text extends BadEnd | `.${string}` | `${string}.`
            ? Problem<`name: '${Shown}' must start and end with a letter or digit`>
            : Problem<`name: '${Shown}' ${Alphabet}`>
    : never
  : never;
