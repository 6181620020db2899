import type { OtherWord } from './word-props';

/**
 * The fields of a type of Kubernetes as users write them, with all that is below: a literal is checked, a computed text or number is taken
 * and checked when the app is synthesized.
 *
 * The compiler makes a field when somebody writes it.
 */
export type Checked<Type, Word extends string, Count> = {
  readonly [Field in keyof Type]: CheckedValue<Type[Field], Word, Count>;
};

type CheckedValue<Value, Word extends string, Count> =
  Value extends string ? string extends Value ? Value : Value | OtherWord<Word>
    : Value extends number ? Count
      : Value extends ReadonlyArray<infer Item> ? ReadonlyArray<CheckedValue<Item, Word, Count>>
        : Value extends object ? Checked<Value, Word, Count> : Value;
