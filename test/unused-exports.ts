import { posix } from 'node:path';
import ts from 'typescript';

/**
 * What the files of `src` export and nobody imports, by path and text of all files: names without an importer, and names that tests alone
 * import and their own file does not use either. `open` files are public, and may export what they like.
 */
export function findUnusedExports(files: ReadonlyMap<string, string>, open: readonly string[]): string[] {
  const sources = new Map([...files].map(([file, text]) => [file, ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true)]));
  const imports = [...sources].flatMap(([file, source]) => importsOf(file, source));
  return [...sources].sort().flatMap(([file, source]) => {
    if (!file.startsWith('src/') || open.includes(file)) return [];
    const users = imports.filter(({ from }) => from === file.replace(/\.m?ts$/, ''));
    return exportsOf(source).flatMap((name) => {
      const importers = users.filter((user) => user.name === name || user.name === '*').map(({ file: importer }) => importer);
      if (importers.length === 0) return [`${file}: ${name} is imported by nobody`];
      const isForTests = importers.every((importer) => importer.startsWith('test/'));
      return isForTests && countUses(source, name) < 2 ? [`${file}: ${name} is there for tests alone`] : [];
    });
  });
}

interface Import {
  readonly file: string;
  /** The path of the module, without its extension. */
  readonly from: string;
  /** `*` when the whole module is taken. */
  readonly name: string;
}

function importsOf(file: string, source: ts.SourceFile): Import[] {
  const imports: Import[] = [];
  const add = (module: string, name: string): void => {
    if (module.startsWith('.')) imports.push({ file, from: posix.join(posix.dirname(file), module).replace(/\.m?js$/, ''), name });
    else if (module.startsWith('cdk8s-jobs')) imports.push({ file, from: 'src/index', name });
  };
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined) {
      const module = (node.moduleSpecifier as ts.StringLiteral).text;
      const named = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : node.exportClause;
      if (named === undefined || ts.isNamespaceImport(named) || ts.isNamespaceExport(named)) add(module, '*');
      else named.elements.forEach(({ name, propertyName }) => add(module, (propertyName ?? name).text));
    } else if (ts.isCallExpression(node) && isLoading(node)) {
      const [module] = node.arguments;
      if (module !== undefined && ts.isStringLiteral(module)) add(module.text, nameTakenFrom(node));
    } else if (ts.isImportTypeNode(node) && !node.isTypeOf && ts.isLiteralTypeNode(node.argument)) {
      add((node.argument.literal as ts.StringLiteral).text, node.qualifier?.getText().split('.')[0] ?? '*');
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return imports;
}

function isLoading({ expression }: ts.CallExpression): boolean {
  return expression.kind === ts.SyntaxKind.ImportKeyword || ['require', 'jest.requireActual'].includes(expression.getText());
}

/** The one name that is taken from a loaded module, as in `(require('./x') as typeof import('./x')).name`. */
function nameTakenFrom(call: ts.CallExpression): string {
  let outer: ts.Node = call.parent;
  while (ts.isAsExpression(outer) || ts.isParenthesizedExpression(outer)) outer = outer.parent;
  return ts.isPropertyAccessExpression(outer) ? outer.name.text : '*';
}

function exportsOf(source: ts.SourceFile): string[] {
  return source.statements.flatMap((statement) => {
    const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) ?? [] : [];
    if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map(({ name }) => name.getText());
    const { name } = statement as ts.DeclarationStatement;
    return name === undefined ? [] : [name.getText()];
  });
}

function countUses(source: ts.SourceFile, name: string): number {
  let uses = 0;
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === name) uses += 1;
    ts.forEachChild(node, visit);
  };
  visit(source);
  return uses;
}
