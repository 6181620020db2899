import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** The compiled sources. */
export interface Program {
  readonly checker: ts.TypeChecker;
  /** A file of the sources, by its path from the root. */
  readonly source: (file: string) => ts.SourceFile;
  /** The type of an exported name, with the defaults of its parameters. */
  readonly looseType: (name: string) => ts.Type;
  /** Where types are looked at from. */
  readonly place: ts.Node;
}

/**
 * Compiles the entry points, and beside them a file that is nowhere written.
 *
 * It gives each exported name a variable of its type: the compiler then fills in the defaults of the type parameters.
 */
export function openProgram(root: string, entryFiles: readonly string[]): Program {
  const variables = join(root, 'src', 'variables.ts');
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile) as { config: { compilerOptions: object } };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const host = ts.createCompilerHost(options, true);
  const readSource = host.getSourceFile.bind(host);
  const parsing = { languageVersion: ts.ScriptTarget.ES2022, impliedNodeFormat: ts.ModuleKind.CommonJS } as const;
  const place = ts.createSourceFile(variables, variablesText(root, entryFiles), parsing, true);
  host.getSourceFile = (path, ...rest) => path === variables ? place : readSource(path, ...rest);
  const program = ts.createProgram([variables, ...entryFiles.map((file) => join(root, file))], options, host);
  const faults = program.getSemanticDiagnostics(place).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  if (faults.length > 0) throw new Error(`not every type can stand in a variable:\n${faults.join('\n')}`);
  const checker = program.getTypeChecker();
  const symbols = new Map(checker.getSymbolsInScope(place, ts.SymbolFlags.Variable).map((symbol) => [symbol.name, symbol]));
  return {
    checker,
    place,
    source: (file) => program.getSourceFile(join(root, file)) ?? fail(file),
    looseType: (name) => checker.getTypeOfSymbol(symbols.get(`$${name}`) ?? fail(name)),
  };
}

function variablesText(root: string, entryFiles: readonly string[]): string {
  const lines = entryFiles.flatMap((file) => {
    const names = exportedNames(join(root, file)).filter((name) => /^[A-Z]/.test(name));
    return names.map((name) => `declare const $${name}: ${looseTypeOf(name, `import('../${file.replace(/\.ts$/, '')}').`)};`);
  });
  return [...lines, 'export {};'].join('\n');
}

/** Options of which some exclude others: each as it is where nothing excludes it. Other names as their defaults make them. */
function looseTypeOf(name: string, from: string): string {
  const runs: Readonly<Record<string, string>> = { ArgoCdOptions: 'ArgoCdRun', FluxOptions: 'FluxRun' };
  const run = runs[name];
  if (run === undefined) return `${from}${name}`;
  const withRun = `${from}${name}<${from}${run}`;
  return `Omit<${withRun}>, 'start'> & Pick<${withRun}, 'later'>, 'start'>`;
}

function exportedNames(path: string): readonly string[] {
  const { statements } = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022);
  return statements.flatMap((statement) => {
    const clause = ts.isExportDeclaration(statement) ? statement.exportClause : undefined;
    return clause !== undefined && ts.isNamedExports(clause) ? clause.elements.map(({ name }) => name.text) : [];
  });
}

function fail(what: string): never {
  throw new Error(`not found: ${what}`);
}
