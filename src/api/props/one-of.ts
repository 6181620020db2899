import type { Forbidden } from '../../core/messages';

/**
 * One or none of the members of `Choices`; a second one is refused with the sentence.
 *
 * The other members are not left out by their keys but by their types: those the compiler makes only when it looks at them. The chosen
 * one is optional too, so that no choice at all needs no member of its own.
 *
 * Whether one is needed is a matter of the rules: the API server takes a volume without a source.
 */
export type OneOf<Choices, Sentence extends string> = Alternatives<Choices, Sentence> | OnlyOne<Choices, Sentence>;

/** One or none of some members of `Choices`, those in `Named`. */
export type Alternatives<Choices, Sentence extends string, Named extends keyof Choices = keyof Choices> = {
  readonly [Chosen in Named]-?: { readonly [Key in keyof Choices]?: Key extends Chosen ? Choices[Key] : Forbidden<Sentence> };
}[Named];

/**
 * Nothing is of this type. It comes last, so that the compiler, when no choice fits, explains itself by it: a mistake within a choice is
 * then blamed where it is, and only two choices at once give the sentence.
 */
export type OnlyOne<Choices, Sentence extends string> = { readonly [Key in keyof Choices]?: Choices[Key] } & Forbidden<Sentence>;
