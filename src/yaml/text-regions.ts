import { EVENT_ID, COLLECTION_STYLE, SCALAR_STYLE, type Event, type ScalarEvent } from 'js-yaml';

interface Region {
  readonly kind: 'quoted' | 'block' | 'plain' | 'flow';
  readonly start: number;
  readonly end: number;
  /** Column that the region's lines must reach: of the enclosing block collection plus one, or of a block scalar's text. */
  readonly indent: number;
  /** For a block scalar that leaves its indentation to its first line of text: the offset of that line's first visible character. */
  readonly firstText?: number;
}

/** The parts of a document in which tabs mean something else than indentation. */
interface TextRegions {
  /** Whether a scalar or a flow collection covers an offset. */
  isInside(offset: number): boolean;
  /** Whether kubectl's reader takes a tab that only blanks precede on its line, at a column from 0. */
  allowsLeadingTab(text: string, offset: number, column: number): boolean;
}

/** Finds scalars and flow collections; offsets are those of the original text. */
export function findTextRegions(text: string, events: readonly Event[], toOriginal: (offset: number) => number): TextRegions {
  const scalars: Region[] = [];
  const flows: Region[] = [];
  collectRegions(text, events, toOriginal, scalars, flows);
  const find = (regions: readonly Region[], offset: number): Region | undefined =>
    regions.find(({ start, end }) => offset >= start && offset < end);
  return {
    isInside: (offset) => find(scalars, offset) !== undefined || find(flows, offset) !== undefined,
    allowsLeadingTab: (source, offset, column) => {
      const scalar = find(scalars, offset);
      if (scalar !== undefined) return allowsInScalar(scalar, offset, column);
      const flow = find(flows, offset);
      const before = scalars.filter(({ end }) => end <= offset).at(-1);
      const isBehindPlain = before?.kind === 'plain' && source.slice(before.end, offset).trim() === '';
      if (flow !== undefined) return !isBehindPlain || column >= flow.indent;
      return isBehindPlain && column >= before.indent;
    },
  };
}

function allowsInScalar(scalar: Region, offset: number, column: number): boolean {
  if (scalar.kind === 'quoted') return true;
  if (scalar.firstText !== undefined && offset <= scalar.firstText) return false;
  return column >= scalar.indent;
}

interface Frame {
  readonly indent: number;
  readonly flowStart: number | undefined;
  readonly isInFlow: boolean;
}

function collectRegions(
  text: string, events: readonly Event[], toOriginal: (offset: number) => number, scalars: Region[], flows: Region[],
): void {
  const open: Frame[] = [];
  let last = 0;
  for (const event of events) {
    const frame = open.at(-1) ?? { indent: 0, flowStart: undefined, isInFlow: false };
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        open.push(frame);
        break;
      case EVENT_ID.POP: {
        const closed = open.pop();
        if (closed?.flowStart !== undefined) {
          last = findClosingBracket(text, last);
          const isOutermost = open.at(-1)?.isInFlow !== true;
          if (isOutermost) flows.push({ kind: 'flow', start: toOriginal(closed.flowStart), end: toOriginal(last), indent: closed.indent });
        }
        break;
      }
      case EVENT_ID.ALIAS:
        last = event.anchorEnd;
        break;
      case EVENT_ID.SCALAR:
        if (event.valueStart !== -1) {
          scalars.push(scalarRegion(text, event, frame.indent, toOriginal));
          const isQuoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
          last = event.valueEnd + (isQuoted ? 1 : 0);
        }
        break;
      default:
        if (event.style === COLLECTION_STYLE.FLOW) {
          // A single pair in a list opens no bracket of its own.
          const opensBracket = text[event.start] === '[' || text[event.start] === '{';
          open.push({ indent: frame.indent, flowStart: opensBracket ? event.start : undefined, isInFlow: true });
          if (opensBracket) last = event.start + 1;
        } else {
          open.push({ indent: event.start - lineStart(text, event.start) + 1, flowStart: undefined, isInFlow: false });
        }
    }
  }
}

function scalarRegion(text: string, event: ScalarEvent, indent: number, toOriginal: (offset: number) => number): Region {
  const range = { start: toOriginal(event.valueStart), end: toOriginal(event.valueEnd) };
  switch (event.style) {
    case SCALAR_STYLE.PLAIN: return { kind: 'plain', ...range, indent };
    case SCALAR_STYLE.SINGLE_QUOTED:
    case SCALAR_STYLE.DOUBLE_QUOTED: return { kind: 'quoted', ...range, indent };
    default: {
      const header = text.slice(lineStart(text, event.valueStart - 1), event.valueStart);
      const hasIndicator = /[|>][-+]?[1-9][-+]?[ \t]*(?:#.*)?\s*$/.test(header);
      if (hasIndicator) return { kind: 'block', ...range, indent: event.indent };
      const firstText = /[ \r\n]*/.exec(text.slice(event.valueStart, event.valueEnd))?.[0].length ?? 0;
      return { kind: 'block', ...range, indent: event.indent, firstText: toOriginal(event.valueStart + firstText) };
    }
  }
}

function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}

function findClosingBracket(text: string, from: number): number {
  const pattern = /(?:[ \t\r\n,]|#[^\n]*)*[\]}]?/y;
  pattern.lastIndex = from;
  pattern.exec(text);
  return pattern.lastIndex;
}
