import { findJsonFault } from '../core/go-json';

/** JSON values one after the other, up to the end or the first fault. */
interface JsonStream {
  /** Where each value stands; `null` is one of them. */
  readonly values: ReadonlyArray<{ readonly start: number; readonly end: number }>;
  /** Where the last value ends. */
  readonly end: number;
  readonly fault?: { readonly reason: string; readonly offset: number };
}

/** Finds the JSON values at the beginning of a text, with nothing but white space between them. */
export function readJsonValues(text: string): JsonStream {
  const values: Array<{ start: number; end: number }> = [];
  let end = 0;
  for (;;) {
    const start = skipJsonBlanks(text, end);
    if (start >= text.length) return { values, end };
    const next = findValueEnd(text, start);
    const fault = faultIn(text, start, next);
    if (fault !== undefined) return { values, end, fault };
    values.push({ start, end: next });
    end = next;
  }
}

const jsonBlank = /[^ \t\r\n]/g;

function skipJsonBlanks(text: string, from: number): number {
  jsonBlank.lastIndex = from;
  return jsonBlank.exec(text)?.index ?? text.length;
}

const jsonToken = /"(?:[^"\\]|\\.)*"?|[{}[\]]|[^"{}[\]]+/gs;
const jsonLiteral = /[-+.\w]+|./gs;

/** The end of the value at `start` by its brackets and strings alone; JSON.parse decides whether it is one. */
function findValueEnd(text: string, start: number): number {
  const first = text[start];
  if (first !== '{' && first !== '[' && first !== '"') {
    jsonLiteral.lastIndex = start;
    jsonLiteral.exec(text);
    return jsonLiteral.lastIndex;
  }
  let depth = 0;
  jsonToken.lastIndex = start;
  for (let match = jsonToken.exec(text); match !== null; match = jsonToken.exec(text)) {
    if (match[0] === '{' || match[0] === '[') depth += 1;
    else if (match[0] === '}' || match[0] === ']') depth -= 1;
    if (depth <= 0) return jsonToken.lastIndex;
  }
  return text.length;
}

/** Deeper nesting is refused. */
const deepest = 10_000;

function faultIn(text: string, start: number, end: number): JsonStream['fault'] {
  const source = text.slice(start, end);
  const fault = isJson(source) ? undefined : findJsonFault(source);
  if (fault !== undefined) return { reason: `invalid JSON: ${fault.problem}`, offset: start + fault.offset };
  return depthOf(source) <= deepest ? undefined : { reason: 'exceeded max depth', offset: start };
}

/** JSON.parse decides faster than it could say why. */
function isJson(source: string): boolean {
  try {
    JSON.parse(source);
    return true;
  } catch {
    return false;
  }
}

function depthOf(source: string): number {
  let depth = 0;
  let greatest = 0;
  for (const [token] of source.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/gs)) {
    if (token === '{' || token === '[') greatest = Math.max(greatest, depth += 1);
    else if (token === '}' || token === ']') depth -= 1;
  }
  return greatest;
}
