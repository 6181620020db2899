/**
 * What a failed app says of its failure, taken from all that Node printed: `TypeError: x is not a function`.
 *
 * @param lines all that Node printed.
 * @param status its exit status, or the name of the signal that ended it.
 */
export function describeAppFailure(lines: readonly string[], status: number | string): string {
  const first = findErrorLine(lines);
  if (first === -1) {
    const last = lines.filter((line) => line.trim() !== '' && !footer.test(line)).at(-1);
    return `${typeof status === 'number' ? `exit status ${status}` : `ended by ${status}`}${last === undefined ? '' : `: ${last.trim()}`}`;
  }
  const message: string[] = [];
  for (const line of lines.slice(first)) {
    if (message.length > 0 && endOfMessage.test(line)) break;
    message.push(line);
  }
  // Our own error class says everything in its message; the name of any other class helps.
  return message.join('\n').trimEnd().replace(/^(?:Uncaught )?(?:Error|InvalidManifestError|UsageError|CronSyntaxError): /, '').replace(/ \{$/, '');
}

/** The position of the line that begins an error: one that looks like it, else the one above a stack; -1 when there is none. */
export function findErrorLine(lines: readonly string[]): number {
  const first = lines.findIndex((line) => errorLine.test(line));
  return first === -1 ? lines.findIndex((_, position) => /^\s+at \S/.test(lines[position + 1] ?? '')) : first;
}

/** `Error: text`, `TypeError [CODE]: text`, and the compiler's `main.ts(3,5): error TS2322: text`. */
const errorLine = /^(?:Uncaught )?(?:[A-Z][\w$.]*(?:Error|Exception|Problem)\b.*|⨯ .*|.*: error TS\d+: .*)$|^Error: /;
const endOfMessage = /^\s+at |^\s*$|^Node\.js v|^\{$|^Require stack:|^\s{2}(?:code|requireStack|findings|hint|cause|diagnosticCodes): /;

/** What Node adds below a thrown value that is not an error. */
const footer = /^Node\.js v|^\(Use `node --trace-uncaught/;
