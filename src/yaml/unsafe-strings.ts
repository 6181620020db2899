import { entryPath } from './path-segments';
import { resolvePlain } from './plain-scalars';
import { FieldPath } from '../core/field-path';
import type { Finding } from '../core/finding';

/**
 * Strings, as values or keys anywhere in a manifest, that cdk8s's own writer would corrupt.
 *
 * cdk8s writes with the `yaml` package, version 1.1, without folding; what kubectl reads back differs for some classes of strings. One
 * finding of severity `error` for each, with its path, what would happen, and what to write instead. An empty list: the manifest survives
 * the writer.
 */
export function findUnsafeStrings(manifest: unknown): Finding[] {
  const findings: Finding[] = [];
  if (holdsUnsafe(manifest)) collect(manifest, FieldPath.root, undefined, findings);
  return findings;
}

/** Other characters than printable ASCII, in JSON, and values and keys that begin like a number or a merge: these may not arrive. */
const unprintable = /[^ -~]/;
const escaped = /\\[bfnrtu]/;
const likeNumber = /[{,[:]"(?:[+.<]|-(?![A-Za-z-])|[0-9](?![0-9]*(?:m|k|M|G|T|Ki|Mi|Gi|Ti)?"))/;

/** Whether everything in a manifest arrives for sure, seen by its JSON; of the others some do too. */
export function arrivesSurely(json: string): boolean {
  return !unprintable.test(json) && !escaped.test(json) && !likeNumber.test(json);
}

/**
 * Texts that always arrive: nothing, a letter and then printable ASCII, digits alone, or a usual amount. Words and digits that are not
 * strings in YAML are quoted.
 */
const harmless = /^(?:[A-Za-z_/][ -~]*|[0-9]+(?:m|k|M|G|T|Ki|Mi|Gi|Ti)?)?$/;

/** Whether there is anything to find; most manifests hold nothing, and then no path is needed. */
function holdsUnsafe(value: unknown): boolean {
  if (typeof value === 'string') return !harmless.test(value) && findProblem(value, false) !== undefined;
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsUnsafe);
  for (const key of Object.keys(value)) {
    if (!harmless.test(key) && findProblem(key, true) !== undefined) return true;
    if (holdsUnsafe((value as Readonly<Record<string, unknown>>)[key])) return true;
  }
  return false;
}

function collect(value: unknown, path: FieldPath, name: string | number | undefined, findings: Finding[]): void {
  if (typeof value === 'string') {
    const problem = findProblem(value, false);
    if (problem !== undefined) findings.push(toFinding(path, value, problem));
  } else if (Array.isArray(value)) {
    value.forEach((element, position) => collect(element, path.index(position), name, findings));
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, entry] of Object.entries(value)) {
      const child = entryPath(path, name, key);
      const problem = findProblem(key, true);
      if (problem !== undefined) findings.push(toFinding(child, key, `the key ${problem}`));
      collect(entry, child, key, findings);
    }
  }
}

function toFinding(path: FieldPath, value: string, message: string): Finding {
  return { rule: 'yaml-writer-corrupts', field: path.toString(), type: 'Invalid', message, value, severity: 'error' };
}

/** What goes wrong with a string on its way through the writer and kubectl's reader, or undefined when it arrives as it is. */
function findProblem(text: string, isKey: boolean): string | undefined {
  return findForbiddenCharacter(text) ?? findUnquotedNumber(text) ?? (isKey ? findMergeKey(text) : findBrokenLines(text));
}

// DEL and the C1 controls without NEL, two noncharacters, and halves of surrogate pairs.
const refusedCharacter = /[\x7f-\x84\x86-\x9f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const lineSeparator = /[\x85\u2028\u2029]/;

function findForbiddenCharacter(text: string): string | undefined {
  const refused = refusedCharacter.exec(text)?.[0];
  if (refused !== undefined) {
    return `holds ${codePoint(refused)}, which cdk8s writes as it is and for which kubectl refuses the whole file: `
      + 'leave the character out, or pass it encoded (base64) and decode it in the container';
  }
  const separator = lineSeparator.exec(text)?.[0];
  if (separator !== undefined) {
    return `holds ${codePoint(separator)}, which cdk8s writes as it is and kubectl reads as a line break: write \\n, or a blank`;
  }
  if (text.startsWith('\ufeff')) return 'begins with U+FEFF (byte order mark), which cdk8s writes as it is and readers drop: leave it out';
  return undefined;
}

function codePoint(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Scalars that the writer knows not to be strings in YAML 1.1, and quotes: whatever else kubectl takes for a number is written plain. */
const quotedByWriter: readonly RegExp[] = [
  /^[-+]?0b[01_]+$/, /^[-+]?0[0-7_]+$/, /^[-+]?[0-9][0-9_]*$/, /^[-+]?0x[0-9a-fA-F_]+$/,
  /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
  /^[-+]?(?:[0-9][0-9_]*)?(?:\.[0-9_]*)?[eE][-+]?[0-9]+$/, /^[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*$/,
  /^(?:Y|y|[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON)$/, /^(?:N|n|[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/, /^(?:~|[Nn]ull|NULL)?$/,
];

function findUnquotedNumber(text: string): string | undefined {
  const value = resolvePlain(text);
  if (typeof value === 'string' || quotedByWriter.some((pattern) => pattern.test(text))) return undefined;
  return `is written without quotes by cdk8s and kubectl reads it as ${String(value)}: write "${String(value)}", which is quoted, `
    + 'or a text that is not a number';
}

function findMergeKey(text: string): string | undefined {
  if (text !== '<<') return undefined;
  return 'is written without quotes by cdk8s; kubectl takes it for a merge and refuses the whole file: use another key';
}

/** The length of a JSON text from which the writer breaks a double-quoted string into lines. */
const shortestBrokenText = 40;

function findBrokenLines(text: string): string | undefined {
  if (!text.includes('\n')) return undefined;
  const isQuoted = /[\x00-\x08\x0b-\x1f]|\n[\t ]+$/.test(text);
  if (isQuoted) {
    if (!/\n \n/.test(text) || JSON.stringify(text).length < shortestBrokenText) return undefined;
    return 'has a line of one blank, for which cdk8s writes a backslash: leave that line empty';
  }
  if (/^\n*\t/.test(text)) {
    return 'begins with a tab in a text of several lines, for which kubectl refuses the whole file: begin with blanks or another line';
  }
  if (text.trim() === '' && /[^\n]/.test(text)) return 'holds only blanks and line breaks, which are not read back as written: leave it out, or add a visible character';
  return undefined;
}
