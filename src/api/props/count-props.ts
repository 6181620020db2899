import type { Problem } from '../../core/messages';

/**
 * Any number where all literals count (see job-props.ts), else each of them, or the sentence that says what is wrong with it; a number that
 * is computed passes.
 *
 * With a 1 before it, a whole number of 0 or more is a whole number, and nothing else is: one look for all literals of a construct.
 */
export type CheckedCount<Count extends number> = `1${Count}` extends `${bigint}` ? number : DoubtfulCount<Count>;

/** The same where it matters whether anything was written: `never` when nothing was. */
export type CheckedCountIfAny<Count extends number> = [Count] extends [never] ? never : CheckedCount<Count>;

/** The same of whole numbers, where Kubernetes takes negative ones too. */
export type CheckedInteger<Count extends number> = `${Count}` extends `${bigint}` ? number : DoubtfulInteger<Count>;

type DoubtfulInteger<Count extends number> =
  number extends Count ? Count
    : Count extends unknown
      ? `${Count}` extends `${bigint}` ? Count : Problem<`${Count} is no whole number`>
      : never;

/** The same of each literal by itself, when not all of them are good. */
type DoubtfulCount<Count extends number> =
  number extends Count ? Count
    : Count extends unknown
      ? `1${Count}` extends `${bigint}` ? Count : Problem<`${Count} is no count: write a whole number, 0 or more`>
      : never;
