import { COLLECTION_STYLE, EVENT_ID, type Event, parseEvents } from 'js-yaml';
import { TextFault } from './text-fault';

/** The events of a chunk, and the text that their offsets belong to. */
export interface ParsedText {
  readonly events: readonly Event[];
  /** The text that was parsed: the chunk's, with blanks added or its end cut off. */
  readonly text: string;
  /** Where in the chunk an offset of the parsed text stands. */
  readonly toOriginal: (offset: number) => number;
  /** Offset in the chunk from which on the text was not parsed. */
  readonly end: number;
}

/** Characters that may be parsed again, all repairs together: each repair parses the whole text. */
const mostParsedAgain = 20_000_000;

/** More blanks than any text is indented by. */
const indentation = ' '.repeat(256);

/**
 * Parses a chunk as kubectl's reader does, even where the parser used here is stricter.
 *
 * kubectl lets quoted texts and flow collections continue at any indentation and comments stand directly behind a token; it ignores what
 * follows a root that has ended. Such a place gets the blanks that the stricter parser wants, which changes no value, and is parsed again.
 *
 * @throws {TextFault} where the parser refuses for another reason, with the offset in the original text.
 */
export function parseTolerantly(original: string): ParsedText {
  let text = original;
  let end = original.length;
  const insertions: Insertion[] = [];
  const toOriginal = (offset: number): number => insertions.reduceRight(
    (position, { at, length }) => (position <= at ? position : Math.max(at, position - length)), offset,
  );
  for (let parsed = 0; ; parsed += text.length) {
    try {
      return { events: parseChunk(text), text, toOriginal, end };
    } catch (error) {
      if (!(error instanceof TextFault)) throw error;
      const repair = parsed < mostParsedAgain ? findRepair(text, error) : undefined;
      if (repair === undefined) throw new TextFault(error.reason, toOriginal(error.offset));
      if (repair.cutAt !== undefined) {
        end = toOriginal(repair.cutAt);
        text = text.slice(0, repair.cutAt);
      } else {
        const { at, remove, insert } = repair;
        text = text.slice(0, at) + insert + text.slice(at + remove);
        if (insert.length > remove) insertions.push({ at, length: insert.length - remove });
      }
    }
  }
}

/** Deeper nesting is refused. */
const deepest = 10_000;

function parseChunk(text: string): Event[] {
  try {
    return parseEvents(text, { maxDepth: deepest });
  } catch (error) {
    // The stack ends before the limit does; no manifest comes near either.
    if (error instanceof RangeError) throw new TextFault('nested too deeply', 0);
    const { reason, mark } = error as { reason?: string; mark?: { position: number } };
    if (reason === undefined) throw error;
    throw new TextFault(reason, mark?.position ?? 0);
  }
}

interface Insertion {
  readonly at: number;
  readonly length: number;
}

type Repair =
  | { readonly cutAt: number }
  | { readonly cutAt?: undefined; readonly at: number; readonly remove: number; readonly insert: string };

function findRepair(text: string, { reason, offset }: TextFault): Repair | undefined {
  if (reason === 'end of the stream or a document separator is expected') {
    return hasRootEnded(text, offset) ? { cutAt: offset } : undefined;
  }
  const isBareComment = text[offset] === '#' && offset > 0 && !/[\s\\]/.test(text.charAt(offset - 1));
  if (isBareComment) return { at: offset, remove: 0, insert: ' ' };
  return reason === 'deficient indentation' ? findIndentationRepair(text, offset) : undefined;
}

/** Whether the root is complete before an offset: a collection in brackets, or one that stood further right than what follows. */
function hasRootEnded(text: string, offset: number): boolean {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const isLineStart = text.slice(lineStart, offset).trim() === '';
  // Anything else might be a token that kubectl's reader cannot even skip.
  if (!isLineStart || !/[\w{[-]/.test(text.charAt(offset))) return false;
  try {
    const root = parseChunk(text.slice(0, offset))[1];
    if (root?.type !== EVENT_ID.MAPPING && root?.type !== EVENT_ID.SEQUENCE) return false;
    if (root.style === COLLECTION_STYLE.FLOW) return true;
    return offset - lineStart < root.start - (text.lastIndexOf('\n', root.start - 1) + 1);
  } catch (error) {
    if (error instanceof TextFault) return false;
    throw error;
  }
}

function findIndentationRepair(text: string, offset: number): Repair | undefined {
  let blanksFrom = offset;
  while (blanksFrom > 0 && (text[blanksFrom - 1] === ' ' || text[blanksFrom - 1] === '\t')) blanksFrom -= 1;
  const blanks = text.slice(blanksFrom, offset);
  if (blanks.includes('\t')) return { at: blanksFrom, remove: blanks.length, insert: ' '.repeat(blanks.length) };
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const tab = text.indexOf('\t', lineStart);
  // Behind a colon, say; a tab inside quotes is text.
  if (tab !== -1 && tab < offset && !/["']/.test(text.slice(lineStart, tab))) return { at: tab, remove: 1, insert: ' ' };
  const isLineStart = blanksFrom === 0 || text[blanksFrom - 1] === '\n' || text[blanksFrom - 1] === '\r';
  // A line that was moved already, or that cannot be moved far enough, stays refused.
  return isLineStart && blanks.length < indentation.length ? { at: blanksFrom, remove: 0, insert: indentation } : undefined;
}
