import type { Problem } from '../../core/messages';

/**
 * Any number where all literals count (see job-props.ts), else each of them, or the sentence that says what is wrong with it; a number that
 * is computed passes.
 *
 * One look for all literals of a construct. For a `bigint` the compiler makes a scanner each time, which took a tenth of a use.
 */
export type CheckedCount<Count extends number> = `0x${Count}` extends Hexadecimal ? number : DoubtfulCount<Count>;

/** With `0x` before them, digits alone are a number: with a sign, a point or an exponent among them they are none. */
type Hexadecimal = `${number}`;

/** The same where it matters whether anything was written: `never` when nothing was. */
export type CheckedCountIfAny<Count extends number> = [Count] extends [never] ? never : CheckedCount<Count>;

/** The same of whole numbers, where Kubernetes takes negative ones too. */
export type CheckedInteger<Count extends number> = CheckedCount<Count> extends number ? number : DoubtfulInteger<Count>;

type DoubtfulInteger<Count extends number> =
  number extends Count ? Count
    : Count extends unknown
      ? `${Count}` extends `${bigint}` ? Count : Problem<`${Count} is no whole number`>
      : never;

/** The same of each literal by itself, when not all of them are good. */
type DoubtfulCount<Count extends number> =
  number extends Count ? Count
    : Count extends unknown
      ? `0x${Count}` extends Hexadecimal ? Count : Problem<`${Count} is no count: write a whole number, 0 or more`>
      : never;
