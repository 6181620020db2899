import { type Shape } from './shapes';

/** A scalar of JSON that its field cannot hold as it was written: `1.0` and `1e3` for an integer, an escape in a quantity. */
export class NumberText {
  public constructor(public readonly text: string) {}
}

/**
 * A scalar with what its text tells beyond its value: integers with all their digits, quantities as they were written.
 *
 * @param text as JSON wrote it; undefined where the value says it all.
 * @source sigs.k8s.io/json internal/golang/encoding/json/decode.go literalStore;
 * staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go UnmarshalJSON (v1.37)
 */
export function exactScalar(value: unknown, text: string | undefined, { kind }: Shape): unknown {
  if (text === undefined) return value;
  switch (kind) {
    case 'int32': case 'int64': case 'int-or-string':
      if (typeof value !== 'number') return value;
      return /^-?\d+$/.test(text) ? BigInt(text) : new NumberText(text);
    // A quantity is read from the bytes between the quotes, in which an escape stands for nothing else.
    case 'quantity': return typeof value === 'number' ? text : new NumberText(text.slice(1, -1));
    default: return value;
  }
}
