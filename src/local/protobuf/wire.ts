/** One field of a message as it is written: a number, or bytes that its type gives a meaning to. */
export type WireField = { readonly number: number; readonly value: bigint } | { readonly number: number; readonly bytes: Buffer };

/** The factor behind the last of ten bytes: none has more. */
const longest = 128n ** 10n;

/**
 * The fields of a message, in the order in which they are written.
 *
 * @throws {RangeError} when the bytes end too early or are none of protobuf.
 * @source protobuf.dev/programming-guides/encoding
 */
export function* readFields(message: Buffer): Generator<WireField> {
  let place = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let factor = 1n; factor < longest; factor *= 128n) {
      const byte = message[place];
      if (byte === undefined) throw new RangeError('unexpected EOF');
      place += 1;
      value += BigInt(byte % 128) * factor;
      if (byte < 128) return BigInt.asIntN(64, value);
    }
    throw new RangeError('integer overflow');
  };
  const bytes = (length: number): Buffer => {
    if (length < 0 || place + length > message.length) throw new RangeError('unexpected EOF');
    place += length;
    return message.subarray(place - length, place);
  };
  while (place < message.length) {
    const tag = Number(varint());
    const number = Math.floor(tag / 8);
    if (number <= 0) throw new RangeError(`illegal tag ${number}`);
    switch (tag % 8) {
      case 0: yield { number, value: varint() }; break;
      // No field of Kubernetes has 8 or 4 bytes: such a one is of another version, and left out by those who do not know its number.
      case 1: yield { number, bytes: bytes(8) }; break;
      case 2: yield { number, bytes: bytes(Number(varint())) }; break;
      case 5: yield { number, bytes: bytes(4) }; break;
      default: throw new RangeError(`illegal wireType ${tag % 8}`);
    }
  }
}
