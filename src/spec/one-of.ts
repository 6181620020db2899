import type { Forbidden } from '../core/messages';

/** Exactly one of the members of `Choices`; each further one is refused with the sentence. */
export type OneOf<Choices, Sentence extends string> = {
  readonly [Chosen in keyof Choices]-?: { readonly [Key in Chosen]-?: Choices[Key] } & {
    readonly [Other in Exclude<keyof Choices, Chosen>]?: Forbidden<Sentence>;
  };
}[keyof Choices];
