/** The words of a cause without the value that it shows: `Invalid value: -1: must be …` says `must be …`. */
export interface CauseText {
  /** The value as the server prints it; undefined when it shows none. */
  readonly value: string | undefined;
  /** What is said of it; empty when the type says it all. */
  readonly words: string;
}

/** The types whose causes begin with a value, by what their text starts with. */
const shown = /^(?:Invalid value|Unsupported value|Not found|Duplicate value|Too many)(?:: |$)/;

/**
 * Reads the text of a cause.
 *
 * @source staging/src/k8s.io/apimachinery/pkg/util/validation/field/errors.go Error.ErrorBody (v1.37)
 */
export function readCauseText(message: string): CauseText {
  const prefix = shown.exec(message)?.[0];
  if (prefix === undefined) return { value: undefined, words: message.replace(/^[^:]+(?:: )?/, '') };
  const rest = message.slice(prefix.length);
  const length = lengthOfValue(rest);
  if (length === 0) return { value: undefined, words: rest };
  return { value: rest.slice(0, length), words: rest.slice(length).replace(/^: /, '') };
}

/** How much of a text is the value at its start: a scalar, a quoted text, or an object or list of JSON; nothing when it is a sentence. */
function lengthOfValue(text: string): number {
  const scalar = /^(?:"(?:[^"\\]|\\.)*"|-?\d[\d.e+-]*|true|false|null)(?=: |$)/.exec(text)?.[0];
  if (scalar !== undefined) return scalar.length;
  if (!/^[[{]/.test(text)) return 0;
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/g)) {
    if (/^[{[]/.test(token)) depth += 1;
    if (/^[}\]]/.test(token)) depth -= 1;
    if (depth === 0) return index + token.length;
  }
  return 0;
}
