/* eslint-disable no-bitwise -- hashes and random numbers are made of bits */

/** A hash of a text, FNV-1a with mixed bits: an unsigned number of 32 bits. */
export function hashText(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return (value ^ (value >>> 15)) >>> 0;
}

/** Five bits of a hash, the lowest from `shift` on: a number below 32. */
export function fiveBitsOf(hash: number, shift: number): number {
  return (hash >>> shift) & 31;
}

/** Random numbers from a seed: the generator `mulberry32`, whose whole state is one number. */
export class Random {
  public constructor(public state: number) {}

  /** A whole number from 0 up to but not including `limit`. */
  public below(limit: number): number {
    // Both sides whole numbers of 32 bits: else V8 divides as for any others, which takes longer.
    return this.next() % (limit >>> 0);
  }

  /** A text of `length` letters out of an alphabet. */
  public text(alphabet: string, length: number): string {
    let text = '';
    while (text.length < length) text += alphabet.charAt(this.below(alphabet.length));
    return text;
  }

  /** A uid: a UUID of version 4. */
  public uid(): string {
    // Each object gets one: from character codes it is made four times as fast as from texts, and bits are taken faster than remainders.
    for (let place = 0; place < uidForm.length; place += 1) {
      if (uidForm[place] === 'x') uidCodes[place] = digitCodes[this.next() & 15] ?? 0;
      else if (uidForm[place] === 'y') uidCodes[place] = digitCodes[8 | (this.next() & 3)] ?? 0;
    }
    return String.fromCharCode(...uidCodes);
  }

  /** The next random number, of 32 bits. */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let value = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return (value ^ (value >>> 14)) >>> 0;
  }
}

/** The places of a UUID: `x` is any digit, `y` one of the four from 8 on. */
const uidForm = Array.from('xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx');

/** The character codes of the uid that was made last; those of the dashes and of the version stay. */
const uidCodes = uidForm.map((place) => place.charCodeAt(0));

const digitCodes = Array.from('0123456789abcdef', (digit) => digit.charCodeAt(0));
