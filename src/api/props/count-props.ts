import type { Problem } from '../../core/messages';

/**
 * A literal that counts, or the sentence that says what is wrong with it; a number that is computed passes.
 *
 * With a 1 before it, a whole number of 0 or more is a whole number, and nothing else is: one look for all literals of a construct.
 */
export type CheckedCount<Count extends number> = `1${Count}` extends `${bigint}` ? Count : DoubtfulCount<Count>;

/** A literal that is a whole number, where Kubernetes takes negative ones too; a number that is computed passes. */
export type CheckedInteger<Count extends number> = `${Count}` extends `${bigint}` ? Count : DoubtfulInteger<Count>;

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
