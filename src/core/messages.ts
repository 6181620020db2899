declare const why: unique symbol;

/**
 * The type of a field that must stay absent; editors show the sentence.
 *
 * No value has this type. It is an interface rather than a string literal, so that editors do not offer the sentence as a completion.
 */
export interface Forbidden<Sentence extends string> {
  /** Never present; it keeps two sentences from being the same type. */
  readonly [why]: Sentence;
}

/**
 * The type that stands in for a bad literal; editors show the sentence that says what is wrong with it.
 *
 * No value has this type. Conditional types return it instead of the literal.
 */
export interface Problem<Sentence extends string> {
  /** Never present; it keeps two sentences from being the same type. */
  readonly [why]: Sentence;
}
