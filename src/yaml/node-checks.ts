import {
  type AliasEvent, COLLECTION_STYLE, EVENT_ID, type Event, type MappingEvent, SCALAR_STYLE, type ScalarEvent, type SequenceEvent,
} from 'js-yaml';
import { TextFault } from './text-fault';
import { findTextRegions } from './text-regions';

/**
 * Refuses what kubectl's YAML reader refuses, or reads differently from the parser used here, as far as the parsed text shows it.
 *
 * @throws {TextFault} with the offset of the fault in the parsed text.
 * @source go.yaml.in/yaml/v2 scannerc.go (v2.4.4, as linked by kubectl v1.37)
 */
export function checkNodes(text: string, events: readonly Event[]): void {
  const open: Frame[] = [];
  for (const event of events) {
    if (event.type === EVENT_ID.POP) {
      open.pop();
      continue;
    }
    const frame = open.at(-1);
    const isKey = frame?.isMapping === true && frame.children % 2 === 0;
    if (frame !== undefined) frame.children += 1;
    if (event.type === EVENT_ID.DOCUMENT) {
      open.push({ isMapping: false, isFlow: false, children: 0 });
      continue;
    }
    const isInFlow = frame?.isFlow === true;
    checkAnchor(text, event);
    if (isKey && !isInFlow && !isBlockText(event)) checkLineStart(text, event);
    if (event.type === EVENT_ID.ALIAS) continue;
    checkTag(text, event, isInFlow);
    if (event.type === EVENT_ID.SCALAR) {
      checkScalar(text, event, isInFlow);
      if (isKey) checkKey(text, event, isInFlow);
    } else {
      open.push({ isMapping: event.type === EVENT_ID.MAPPING, isFlow: event.style === COLLECTION_STYLE.FLOW, children: 0 });
    }
  }
}

interface Frame {
  readonly isMapping: boolean;
  readonly isFlow: boolean;
  children: number;
}

function checkAnchor(text: string, { anchorStart, anchorEnd }: { readonly anchorStart: number; readonly anchorEnd: number }): void {
  if (anchorStart === -1) return;
  const isFollowedByBracket = text[anchorEnd] === '[' || text[anchorEnd] === '{';
  if (/^[0-9A-Za-z_-]+$/.test(text.slice(anchorStart, anchorEnd)) && !isFollowedByBracket) return;
  throw new TextFault('an anchor may hold only letters, digits, - and _', anchorStart);
}

function checkTag(text: string, { tagStart, tagEnd }: { readonly tagStart: number; readonly tagEnd: number }, isInFlow: boolean): void {
  if (tagStart === -1) return;
  const tag = text.slice(tagStart, tagEnd);
  if (tag === '!!') throw new TextFault('did not find expected tag URI', tagStart);
  if (tag.includes('#')) throw new TextFault('did not find expected whitespace or line break behind a tag', tagStart);
  if (isInFlow && /[,[\]{}]/.test(text.charAt(tagEnd))) throw new TextFault('did not find expected whitespace or line break behind a tag', tagEnd);
}

function checkScalar(text: string, event: ScalarEvent, isInFlow: boolean): void {
  if (isBlockText(event) && event.indent === 0) throw new TextFault('a document of text must be indented', event.valueStart);
  if (event.style === SCALAR_STYLE.DOUBLE_QUOTED && !event.fast) checkEscapes(text, event);
  if (event.style !== SCALAR_STYLE.PLAIN || !isInFlow || event.valueStart === -1) return;
  const { valueStart, valueEnd } = event;
  const source = text.slice(valueStart, valueEnd);
  const question = source.indexOf('?');
  if (question !== -1) throw new TextFault('a ? in [ ] or { } must be quoted', valueStart + question);
  if (source.startsWith(':')) throw new TextFault('did not find expected node content', valueStart);
  if (text[valueEnd] === ':' && /[,[\]{}]/.test(text.charAt(valueEnd + 1))) {
    throw new TextFault('a blank is needed behind the colon', valueEnd);
  }
}

const escape = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^]))/g;

function checkEscapes(text: string, { valueStart, valueEnd }: ScalarEvent): void {
  for (const match of text.slice(valueStart, valueEnd).matchAll(escape)) {
    const [, short, long, character] = match;
    if (character === '/') throw new TextFault('found unknown escape character', valueStart + match.index);
    const digits = short ?? long;
    if (digits === undefined) continue;
    const code = Number.parseInt(digits, 16);
    if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) {
      throw new TextFault('found invalid Unicode character escape code', valueStart + match.index);
    }
  }
}

/** An implicit key must end, colon and all, within its line and within this many characters. */
const longestKey = 1024;

function checkKey(text: string, event: ScalarEvent, isInFlow: boolean): void {
  if (event.valueStart === -1 || isBlockText(event)) return;
  const start = keyStart(event) ?? event.valueStart;
  const end = event.valueEnd + (isQuoted(event) ? 1 : 0);
  const colon = findColon(text, end);
  const isShort = colon !== undefined && colon - start <= longestKey && !text.slice(start, colon).includes('\n');
  if (isShort || (colon === undefined && isInFlow) || isExplicit(text, start)) return;
  if (colon !== undefined) throw new TextFault('mapping values are not allowed in this context: the key is too long, or has several lines', start);
}

const blank = 0x20;
const indicatorsOnly = /^ *(?:[-?:][ \t]+|[&!]\S*[ \t]+)*$/;

/** A key of a block mapping is the first on its line, but for dashes, question marks, anchors and tags. */
function checkLineStart(text: string, event: ScalarEvent | AliasEvent | SequenceEvent | MappingEvent): void {
  const start = keyStart(event);
  if (start === undefined) return;
  let position = start;
  while (text.charCodeAt(position - 1) === blank) position -= 1;
  const before = text[position - 1];
  if (before === undefined || before === '\n' || before === '\r') return;
  const lineStart = Math.max(text.lastIndexOf('\n', position - 1), text.lastIndexOf('\r', position - 1)) + 1;
  if (!indicatorsOnly.test(text.slice(lineStart, start))) throw new TextFault('mapping values are not allowed in this context', start);
}

/** Where a key begins, with its anchor and tag; undefined for an empty one. */
function keyStart(event: ScalarEvent | AliasEvent | SequenceEvent | MappingEvent): number | undefined {
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart - 1;
  const content = event.type !== EVENT_ID.SCALAR ? event.start : contentStart(event);
  if (event.anchorStart === -1 && event.tagStart === -1) return content === -1 ? undefined : content;
  const starts = [event.anchorStart === -1 ? -1 : event.anchorStart - 1, event.tagStart, content];
  return Math.min(...starts.filter((start) => start !== -1));
}

function contentStart(event: ScalarEvent): number {
  return event.valueStart === -1 || !isQuoted(event) ? event.valueStart : event.valueStart - 1;
}

/** A block scalar can be a key only after a question mark. */
function isBlockText(event: Exclude<Event, { type: typeof EVENT_ID.POP }>): boolean {
  return event.type === EVENT_ID.SCALAR && (event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK);
}

function isQuoted({ style }: ScalarEvent): boolean {
  return style === SCALAR_STYLE.DOUBLE_QUOTED || style === SCALAR_STYLE.SINGLE_QUOTED;
}

/** The colon after a key, unless something else comes first. */
function findColon(text: string, end: number): number | undefined {
  if (text[end] === ':') return end;
  const match = /(?:[ \t\r\n]|(?<=[ \t\r\n])#[^\n]*)*/y;
  match.lastIndex = end;
  match.exec(text);
  return text[match.lastIndex] === ':' ? match.lastIndex : undefined;
}

/** Whether `?` announces the key. */
function isExplicit(text: string, start: number): boolean {
  return /\?\s+(?:#[^\n]*\n\s*)*$/.test(text.slice(Math.max(0, start - longestKey), start));
}

/** Refuses tabs where kubectl's reader wants blanks; `toOriginal` maps an offset in the parsed text to the original text. */
export function checkTabs(original: string, text: string, events: readonly Event[], toOriginal: (offset: number) => number): void {
  if (!original.includes('\t')) return;
  const regions = findTextRegions(text, events, toOriginal);
  for (const match of original.matchAll(/(?<=^|[\n\r])( *)(\t)/g)) {
    const tab = match.index + (match[1]?.length ?? 0);
    if (!regions.allowsLeadingTab(original, tab, match[1]?.length ?? 0)) {
      throw new TextFault('found a tab character where an indentation space is expected', tab);
    }
  }
  for (const match of original.matchAll(/(?<=^|[\n\r]) *(?:[-?:] +)*([-?:]) *\t/g)) {
    const tab = match.index + match[0].length - 1;
    if (!regions.isInside(tab)) throw new TextFault('found a tab character behind a dash, where only blanks are allowed', tab);
  }
}
