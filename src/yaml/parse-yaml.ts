import type { Event } from 'js-yaml';
import { checkNodes, checkTabs } from './node-checks';
import { checkSeparators, checkText, findMarkedEnd, withPlainBreaks } from './text-checks';
import { TextFault } from './text-fault';
import { type ParsedText, parseTolerantly } from './tolerant-parse';

/** The first document of a chunk, parsed, and where it ends. */
interface ParsedYaml {
  readonly parsed: ParsedText;
  /** The text up to a marker that ends the document. */
  readonly content: string;
  /** The offset from which kubectl ignores the rest of the chunk, if it does. */
  readonly ignoredFrom: number | undefined;
}

/** Parses a chunk of YAML as kubectl's reader does. @throws {TextFault} where that refuses it. */
export function parseYaml(original: string): ParsedYaml {
  checkText(original);
  const text = withPlainBreaks(original);
  const { end, isRestIgnored } = findMarkedEnd(text);
  const content = text.slice(0, end);
  const parsed = parseTolerantly(content);
  checkParsed(original, parsed);
  return { parsed, content, ignoredFrom: parsed.end < content.length ? parsed.end : isRestIgnored ? end : undefined };
}

function checkParsed(original: string, { text, events, toOriginal, end }: ParsedText): void {
  checkEvents(text, events, toOriginal);
  checkSeparators(original, events, toOriginal);
  checkTabs(withPlainBreaks(original.slice(0, end)), text, events, toOriginal);
}

function checkEvents(text: string, events: readonly Event[], toOriginal: (offset: number) => number): void {
  try {
    checkNodes(text, events);
  } catch (error) {
    throw error instanceof TextFault ? new TextFault(error.reason, toOriginal(error.offset)) : error;
  }
}
