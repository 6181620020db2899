import type { Chunk, Position } from './chunk';
import { readJsonValues } from './json-stream';
import { isBlank, skipBlanks, trimBlanks } from '../core/unicode-blanks';

/** A file cut into documents as kubectl cuts it, up to the first fault. */
interface SplitStream {
  readonly chunks: readonly Chunk[];
  /** Why the text is not read as JSON, though it begins so: kubectl says this when the first YAML document fails too. */
  readonly jsonFault?: { readonly reason: string; readonly position: Position };
  /** The fault that ends the stream: nothing after it is read, and neither is the document that it stands in. */
  readonly fault?: { readonly phase: 'split' | 'parse'; readonly reason: string; readonly position: Position };
}

/**
 * Cuts a text into documents: as a stream of JSON values when it begins with `{`, else at lines that begin with `---`.
 *
 * The cut knows no YAML: a line beginning with `---` inside a quoted text ends the document too.
 *
 * @source staging/src/k8s.io/apimachinery/pkg/util/yaml/decoder.go YAMLOrJSONDecoder.Decode (v1.37)
 */
export function splitStream(text: string): SplitStream {
  if (!looksLikeJson(text)) return splitYaml(text, { line: 1, column: 1 });
  const json = readJsonValues(text);
  const placeOf = ascendingPlaces(text);
  const chunks = json.values.map(({ start, end }): Chunk => ({ text: text.slice(start, end), syntax: 'json', ...placeOf(start) }));
  if (json.fault === undefined) return { chunks };
  if (json.values.length > 1) {
    return { chunks, fault: { phase: 'parse', reason: json.fault.reason, position: placeOf(json.fault.offset) } };
  }
  const jsonFault = { reason: json.fault.reason, position: ascendingPlaces(text)(json.fault.offset) };
  // One JSON value, or none, does not make a JSON stream: the rest is read as YAML, for good.
  const rest = skipBlanksAndOneBreak(text, json.end);
  const yaml = splitYaml(text.slice(rest), placeOf(rest));
  return { ...yaml, jsonFault, chunks: [...chunks, ...yaml.chunks] };
}

const guessedBytes = 4096;

function looksLikeJson(text: string): boolean {
  const start = skipBlanks(text, 0);
  // A blank beyond ASCII takes up to three bytes of the 4096 that are looked at; no text of use begins with so many.
  return text[start] === '{' && start < guessedBytes;
}

function skipBlanksAndOneBreak(text: string, from: number): number {
  let position = from;
  while (position < text.length && isBlank(text.charCodeAt(position))) {
    position += 1;
    if (text[position - 1] === '\n') break;
  }
  return position;
}

/** Finds the places of ascending offsets, counting each line break once. */
function ascendingPlaces(text: string): (offset: number) => Position {
  let line = 1;
  let lineStart = 0;
  return (offset) => {
    for (let next = text.indexOf('\n', lineStart); next !== -1 && next < offset; next = text.indexOf('\n', lineStart)) {
      line += 1;
      lineStart = next + 1;
    }
    return { line, column: offset - lineStart + 1 };
  };
}

function splitYaml(raw: string, begin: Position): SplitStream {
  const text = raw.includes('\r\n') ? raw.replaceAll('\r\n', '\n') : raw;
  const chunks: Chunk[] = [];
  const placeOf = ascendingPlaces(text);
  const chunkAt = (start: number, end: number): Chunk => {
    const content = text.slice(start, end);
    return { text: content.endsWith('\n') ? content : `${content}\n`, syntax: 'yaml', ...shifted(placeOf(start), begin) };
  };
  let start = 0;
  for (let line = findSeparator(text, 0); line !== -1; line = findSeparator(text, line + 1)) {
    const lineEnd = text.indexOf('\n', line);
    const end = lineEnd === -1 ? text.length : lineEnd;
    const trailing = trimBlanks(text.slice(line + '---'.length, end));
    if (trailing !== '' && !trailing.startsWith('#')) {
      const position = shifted(placeOf(line), begin);
      return { chunks, fault: { phase: 'split', reason: `invalid Yaml document separator: ${trailing}`, position } };
    }
    // With nothing before it, the line stays in the document that it opens.
    if (line === start) continue;
    chunks.push(chunkAt(start, line));
    start = end + 1;
  }
  if (start < text.length) chunks.push(chunkAt(start, text.length));
  return { chunks };
}

/** The first line from `from` on, or behind it, that begins with `---`. */
function findSeparator(text: string, from: number): number {
  if (from === 0 && text.startsWith('---')) return 0;
  const breakBefore = text.indexOf('\n---', Math.max(0, from - 1));
  return breakBefore === -1 ? -1 : breakBefore + 1;
}

/** A place in a text that itself begins somewhere. */
function shifted({ line, column }: Position, begin: Position): Position {
  return { line: begin.line + line - 1, column: line === 1 ? begin.column + column - 1 : column };
}
