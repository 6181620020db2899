/* eslint-disable no-bitwise -- the compiler's flags */
import ts from 'typescript';

/** A chapter of an entry point: the comment above its exports, and the names in them. */
export interface Chapter {
  /** The comment. */
  readonly title: string;
  /** What is exported, in order; types are the declared ones and not their aliases here. */
  readonly names: readonly PublicName[];
}

/** One exported name. */
export interface PublicName {
  readonly name: string;
  readonly symbol: ts.Symbol;
  /** Nobody makes it with `new`: only its type is exported. */
  readonly isTypeOnly: boolean;
}

/** The chapters of a file that only re-exports names, each below a `// Title`. */
export function readChapters(file: ts.SourceFile, checker: ts.TypeChecker): readonly Chapter[] {
  const chapters: Array<{ title: string; names: PublicName[] }> = [];
  for (const statement of file.statements) {
    const title = titleAbove(statement, file);
    if (title !== undefined) chapters.push({ title, names: [] });
    const chapter = chapters.at(-1);
    const clause = ts.isExportDeclaration(statement) ? statement.exportClause : undefined;
    if (chapter === undefined || !ts.isExportDeclaration(statement) || clause === undefined || !ts.isNamedExports(clause)) {
      throw new Error(`${file.fileName}: expected a list of exports below a comment: ${statement.getText()}`);
    }
    for (const { name, isTypeOnly } of clause.elements) {
      chapter.names.push({ name: name.text, symbol: declared(name, checker), isTypeOnly: isTypeOnly || statement.isTypeOnly });
    }
  }
  return chapters;
}

function titleAbove(statement: ts.Statement, { text }: ts.SourceFile): string | undefined {
  const comments = ts.getLeadingCommentRanges(text, statement.pos) ?? [];
  const line = comments.filter(({ kind }) => kind === ts.SyntaxKind.SingleLineCommentTrivia).at(-1);
  return line === undefined ? undefined : text.slice(line.pos, line.end).replace(/^\/\/\s*/, '');
}

function declared(name: ts.ModuleExportName, checker: ts.TypeChecker): ts.Symbol {
  const symbol = checker.getSymbolAtLocation(name);
  if (symbol === undefined) throw new Error(`no symbol: ${name.text}`);
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}
