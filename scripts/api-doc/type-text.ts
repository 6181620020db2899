/* eslint-disable no-bitwise -- the compiler's flags */
import ts from 'typescript';

/** What describing a name takes. */
export interface Renderer {
  readonly checker: ts.TypeChecker;
  /** The names that the document describes. */
  readonly names: ReadonlySet<string>;
  /** The type of a name, with the defaults of its parameters: what stands in a variable. */
  readonly looseType: (name: string) => ts.Type;
  /** The rows that were printed, with the type under which they stand first. */
  readonly printed: Map<string, string>;
  /** Where types are looked at from. */
  readonly place: ts.Node;
}

/** A signature as it is written. */
export function signatureText(signature: ts.Signature, { checker, place }: Renderer): string {
  return plain(checker.signatureToString(signature, place, format));
}

/** A type as it is written. */
export function typeText(type: ts.Type, { checker, place }: Renderer): string {
  return plain(checker.typeToString(type, place, format));
}

const format = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope
  | ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType | ts.TypeFormatFlags.OmitThisParameter;

/** Without what readers need not see: refusals, parameters that are at their defaults, and the most of a long list of literals. */
function plain(text: string): string {
  return withoutArguments(text
    .replace(/ \| (?:\((?:'\w+'|\w+(?:<\w+>)?) & )?Forbidden<(?:'(?:[^'\\]|\\.)*'|typeof [\w.]+)>\)?/g, '')
    .replace(/(?<!Record)<(?:string|number|boolean|JobType)(?:, (?:string|number|boolean|FailureAction))*>/g, '')
    .replace(/('[^']*' \| '[^']*') \| (?:'[^']*' \| ){9,}('[^']*')/g, '$1 | … | $2'));
}

/** Props without what the compiler finds for their parameters, and each alternative once. */
function withoutArguments(text: string): string {
  const inner = /(\b[A-Z]\w*Props)<(?:[^<>]|=>)*>/g;
  const next = text.replace(inner, '$1').replace(/\bChecked<(\w+), \w+, \w+>/g, '$1');
  return next === text ? text.replace(/\b([A-Z]\w*Props)(?: \| \1\b)+/g, '$1') : withoutArguments(next);
}

/** An alias that is made from a list of values, as its literals. */
export function literalsText(name: string, { checker, looseType, place }: Renderer): string {
  const text = checker.typeToString(looseType(name), place, format | ts.TypeFormatFlags.InTypeAlias);
  return text.length > 2000 ? plain(text) : text.replace(/(.{80,110}) \| /g, '$1\n  | ');
}

/** A type as code in which the names that the document describes are links. */
export function linked(text: string, { names }: Renderer): string {
  const parts = text.split(/(?<!['\w.])([A-Z]\w+)(?!['\w])/).reduce<string[]>((merged, part) => {
    const last = merged.at(-1);
    if (last === undefined || names.has(part) || names.has(last)) return [...merged, part];
    return [...merged.slice(0, -1), last + part];
  }, []);
  return parts.filter((part) => part !== '').map((part) => names.has(part) ? link(part) : `\`${part.replaceAll('|', '\\|')}\``).join('');
}

/** A name that the document describes, as code that leads there. */
export function link(name: string): string {
  return `[\`${name}\`](#${name.toLowerCase()})`;
}

/** A block of TypeScript. */
export function code(text: string): string {
  return `\`\`\`ts\n${text}\n\`\`\``;
}
