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
    const fault = findJsonFault(text, start, next);
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

function findJsonFault(text: string, start: number, end: number): JsonStream['fault'] {
  const source = text.slice(start, end);
  try {
    JSON.parse(source);
    if (depthOf(source) <= deepest) return undefined;
    return { reason: 'exceeded max depth', offset: start };
  } catch (error) {
    const position = /position (\d+)/.exec(String(error))?.[1];
    return { reason: `invalid JSON: ${describe(error)}`, offset: position === undefined ? end : start + Number(position) };
  }
}

function describe(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/ in JSON at position .*| at position .*/s, '').replace(/, \.{3}.* is not valid JSON/s, '');
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
