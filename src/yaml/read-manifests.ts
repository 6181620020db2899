import { tryReadBlocks } from './block-lines';
import { type Chunk, positionAt, type Position } from './chunk';
import { constructValue } from './construct-value';
import { decodeBytes } from './decode-bytes';
import { type DocumentSource, rememberSource } from './document-source';
import { buildTree, startOf } from './node-tree';
import { parseYaml } from './parse-yaml';
import { tryReadSimple } from './simple-value';
import { splitStream } from './split-stream';
import { type ReadingPhase, TextFault } from './text-fault';
import { ManifestSyntaxError } from '../core/errors';
import { parseJsonText } from '../core/json-text';
import { skipBlanks } from '../core/unicode-blanks';

/** One document of a text, as kubectl's reader delivers it. */
export interface ManifestDocument {
  /** The document as JSON. */
  readonly value: unknown;
  /** The line on which the document's content begins, from 1. */
  readonly line: number;
}

/** What kubectl's reader makes of a text, up to the first fault. @internal */
export interface ManifestStream {
  /** The documents before the fault; empty and null documents are left out. */
  readonly documents: readonly ManifestDocument[];
  /** Why nothing after them is read, if so. */
  readonly error?: ManifestSyntaxError;
  /** The step that refused. */
  readonly phase?: ReadingPhase;
  /** What to do about it, where the text says what was meant. */
  readonly hint?: string;
}

/**
 * The documents of a text, as kubectl's reader makes them: YAML 1.1 in Go's dialect, or a stream of JSON values.
 *
 * Bytes are decoded by their byte order mark. Empty and null documents are left out; a document need not be a Kubernetes object.
 *
 * @throws {ManifestSyntaxError} with line and column, where kubectl cannot read the text. A few texts that kubectl could read are refused
 * too (a quoted text that continues left of its key, unusual line separators); none is read as something else.
 */
export function readManifests(text: string | Uint8Array): ManifestDocument[] {
  const { documents, error } = readManifestStream(text);
  if (error !== undefined) throw error;
  return [...documents];
}

/** As `readManifests`, but without throwing: kubectl has already sent the documents before a fault when it finds it. @internal */
export function readManifestStream(input: string | Uint8Array): ManifestStream {
  const { text, isDamaged } = decodeBytes(input);
  const stream = readText(text, isDamaged);
  return stream.error !== undefined && isTemplate(text, stream.error.line) ? { ...stream, hint: templateHint } : stream;
}

function readText(text: string, isDamaged: boolean): ManifestStream {
  const { chunks, fault, jsonFault } = splitStream(text);
  const documents: ManifestDocument[] = [];
  for (const chunk of chunks) {
    try {
      const document = readChunk(withoutMark(chunk), isDamaged);
      if (document !== undefined) documents.push(document);
    } catch (error) {
      const { reason, offset } = toFault(error);
      const isFirstYaml = chunks.find(({ syntax }) => syntax === 'yaml') === chunk;
      if (jsonFault !== undefined && isFirstYaml) {
        return { documents, phase: 'parse', error: syntaxError(jsonFault.reason, jsonFault.position) };
      }
      return { documents, phase: 'parse', error: syntaxError(reason, positionAt(withoutMark(chunk), offset)) };
    }
  }
  if (fault === undefined) return { documents };
  return { documents, phase: fault.phase, error: syntaxError(fault.reason, fault.position) };
}

const templateHint = 'a template of Helm is no manifest: use what it renders';

/** Whether an action of a template, `{{ … }}` outside of quotes and comments, stands where a text cannot be read, or a line before that. */
function isTemplate(text: string, line: number): boolean {
  return text.split('\n', line).slice(-2).some((part) => /^[^'"#]*\{\{/.test(part));
}

function toFault(error: unknown): TextFault {
  if (error instanceof TextFault) return error;
  // The stack ends before kubectl's limit of 10,000 levels does; no manifest comes near either.
  if (error instanceof RangeError) return new TextFault('nested too deeply', 0);
  throw error;
}

function syntaxError(reason: string, { line, column }: Position): ManifestSyntaxError {
  return new ManifestSyntaxError(reason, line, column);
}

function readChunk(chunk: Chunk, isDamaged: boolean): ManifestDocument | undefined {
  const source = chunk.syntax === 'json' ? readJson(chunk) : readYaml(chunk);
  if (source === undefined || source.constructed.value === null) return undefined;
  const { start, constructed, ignoredFrom } = source;
  const document = { value: constructed.value, line: positionAt(chunk, start).line };
  rememberSource(document, { chunk, constructed, ignoredFrom, isDamaged });
  return document;
}

/** A byte order mark is dropped at the beginning of every document. */
function withoutMark(chunk: Chunk): Chunk {
  return chunk.text.startsWith('\ufeff') ? { ...chunk, text: chunk.text.slice(1), column: chunk.column + 1 } : chunk;
}

interface ReadSource extends Omit<DocumentSource, 'isDamaged'> {
  /** The offset in the chunk at which the content begins. */
  readonly start: number;
}

/** An escape that may be half a surrogate pair. */
const halfPair = /\\u[dD][89a-fA-F]/;

function wellFormed(text: string): string {
  return decodeBytes(text).text;
}

function readJson(chunk: Chunk): ReadSource {
  const value = parseJsonText(chunk.text, halfPair.test(chunk.text) ? wellFormed : undefined);
  return { chunk, start: skipBlanks(chunk.text, 0), constructed: { value, faults: [] }, ignoredFrom: undefined };
}

function readYaml(chunk: Chunk): ReadSource | undefined {
  const blocks = tryReadBlocks(chunk.text);
  if (blocks !== undefined) return { chunk, start: blocks.start, constructed: { value: blocks.value, faults: [] }, ignoredFrom: undefined };
  const { parsed, content, ignoredFrom } = parseYaml(chunk.text);
  const value = tryReadSimple(parsed);
  if (value !== undefined) return { chunk, start: startOf(parsed), constructed: { value, faults: [] }, ignoredFrom };
  const root = buildTree(parsed);
  if (root === undefined) {
    if (content.length < chunk.text.length && !content.startsWith('---')) throw new TextFault('did not find expected node content', content.length);
    return undefined;
  }
  return { chunk, start: root.offset, constructed: constructValue(root), ignoredFrom };
}
