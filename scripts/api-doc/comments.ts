import ts from 'typescript';

/** A doc comment in pieces. */
export interface Comment {
  /** What stands before the tags, with its paragraphs. */
  readonly text: string;
  /** What tags of a name say, one text for each. */
  tag(name: string): readonly string[];
}

/** The doc comment of a symbol. */
export function readComment(symbol: ts.Symbol, checker: ts.TypeChecker): Comment {
  const tags = symbol.getJsDocTags(checker);
  const read = (parts: ts.SymbolDisplayPart[] | undefined): string => ts.displayPartsToString(parts).replace(/\{@link (\w+)\}/g, '`$1`').trim();
  return {
    text: sayDefaults(read(symbol.getDocumentationComment(checker))),
    tag: (name) => tags.filter((tag) => tag.name === name).map(({ text }) => read(text)),
  };
}

/** The doc comment of a property on one line, default included. */
export function readLine(symbol: ts.Symbol, checker: ts.TypeChecker): string {
  const comment = readComment(symbol, checker);
  const parts = [comment.text, ...comment.tag('default').map((value) => `@default ${value}`), ...comment.tag('throws').map((text) => `Throws ${text.replace(/^\{(\w+)\}/, '`$1`')}`)];
  return sayDefaults(parts.join('\n').replace(/\s*\n\s*/g, ' ')).trim();
}

/** `@default - none`, which may stand within a line, as a sentence. */
function sayDefaults(text: string): string {
  return text.replace(/@default (?:- )?/g, 'Default: ');
}
