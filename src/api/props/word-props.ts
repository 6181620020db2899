import type { Problem } from '../../core/messages';

/**
 * A text where one of a few words is wanted, which stand beside it in a union: a computed text passes and is checked when the app is
 * synthesized; a literal is here only because it is none of the words, and gets the sentence.
 *
 * `Word` is `never` when nothing but the words was written.
 */
export type OtherWord<Word extends string> =
  Word extends KnownWord ? never
    : {} extends Record<Word, unknown> ? Word : Problem<`'${Word}' is none of the words that this field takes`>;

type ReplacementPolicy = 'Failed' | 'TerminatingOrFailed';

/** Words that are good somewhere, and have sentences of their own where they are not: they may be found although nothing is wrong. */
export type KnownWord =
  | ReplacementPolicy | 'Always' | 'Count' | 'FailIndex' | 'FailJob' | 'Ignore' | 'In' | 'Never' | 'NotIn' | 'OnFailure';

/**
 * The value of `podReplacementPolicy`: the one field whose good words are found too, since a failure policy depends on them.
 *
 * `Word` is returned where it was not compared, else the compiler would prefer what is written here to all other words.
 */
export type ReplacementWord<Word extends string> = [Word] extends [never] ? ReplacementPolicy
  : Word extends unknown
    ? {} extends Record<Exclude<Word, ReplacementPolicy>, unknown>
      ? Word
      : Problem<`'${Word}' is no podReplacementPolicy: write 'Failed' or 'TerminatingOrFailed'`>
    : never;
