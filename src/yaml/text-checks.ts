import { EVENT_ID, type Event } from 'js-yaml';
import { TextFault } from './text-fault';

/**
 * Refuses what kubectl's YAML reader refuses, or reads differently from the parser used here, as far as the bare text shows it.
 *
 * @throws {TextFault} with the offset of the fault.
 */
export function checkText(text: string): void {
  for (const { pattern, reason } of refusals) {
    const match = pattern.exec(text);
    if (match !== null) throw new TextFault(reason, match.index + (match[1]?.length ?? 0));
  }
}

const refusals: ReadonlyArray<{ readonly pattern: RegExp; readonly reason: string }> = [
  // eslint-disable-next-line no-control-regex
  { pattern: /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/, reason: 'control characters are not allowed' },
  { pattern: /(^|[\n\r])\ufeff/, reason: 'a byte order mark stands at the beginning of a line' },
  { pattern: /^(?=%)|([\n\r])%/, reason: 'a line begins with %: directives cannot be used in manifests' },
];

/**
 * A text in which every line break is one that the parser knows; all offsets stay.
 *
 * kubectl's reader breaks lines at a lone CR, at NEL, LS and PS too.
 */
export function withPlainBreaks(text: string): string {
  return /[\r\x85\u2028\u2029]/.test(text) ? text.replace(/\r(?!\n)|[\x85\u2028\u2029]/g, '\n') : text;
}

/**
 * Refuses LS and PS inside a scalar, where kubectl's reader would keep them in the value.
 *
 * @throws {TextFault} with the offset of the character.
 */
export function checkSeparators(original: string, events: readonly Event[], toOriginal: (offset: number) => number): void {
  if (!/[\u2028\u2029]/.test(original)) return;
  for (const event of events) {
    if (event.type !== EVENT_ID.SCALAR || event.valueStart === -1) continue;
    const start = toOriginal(event.valueStart);
    const match = /[\u2028\u2029]/.exec(original.slice(start, toOriginal(event.valueEnd)));
    if (match === null) continue;
    throw new TextFault('a line or paragraph separator (U+2028, U+2029) stands in a text: kubectl reads it, this reader does not; write \\L or \\P',
      start + match.index);
  }
}

/** Where the first document of a chunk ends by a marker at the beginning of a line, and whether anything was cut off after it. */
interface MarkedEnd {
  readonly end: number;
  /** Whether text other than comments follows: kubectl ignores it, without a word. */
  readonly isRestIgnored: boolean;
}

const documentEnd = /(?:^|[\n\r])(?=(?:\.\.\.|---)(?:[ \t\n\r]|$))/g;

/** Finds the `...` (or, after a lone CR, `---`) that ends the first document of a chunk. */
export function findMarkedEnd(text: string): MarkedEnd {
  // The line that opened the chunk may be a separator itself.
  documentEnd.lastIndex = text.startsWith('---') ? 3 : 0;
  const match = documentEnd.exec(text);
  if (match === null) return { end: text.length, isRestIgnored: false };
  const end = match.index + match[0].length;
  const behind = text.slice(end + 3);
  const rest = behind.replace(/^\.\.\..*$/gm, '').replace(/^[^\S\n]*#.*$/gm, '');
  return { end, isRestIgnored: rest.trim() !== '' };
}
