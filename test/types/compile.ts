import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '..', '..');

/** The compiler settings of the cdk8s TypeScript template, with our sources in place of the package. */
export const templateOptions: ts.CompilerOptions = {
  noEmit: true,
  strict: true,
  target: ts.ScriptTarget.ES2017,
  lib: ['lib.es2016.d.ts'],
  module: ts.ModuleKind.CommonJS,
  moduleResolution: ts.ModuleResolutionKind.Node10,
  esModuleInterop: true,
  types: [],
  skipLibCheck: true,
  paths: { 'cdk8s-jobs': [join(root, 'src/index.ts')] },
};

/** A compiler host that reads each file once, however many programs are made. */
const files = new Map<string, ts.SourceFile | undefined>();
const host = ts.createCompilerHost(templateOptions);
const readSource = host.getSourceFile.bind(host);

/** A program over the named files and the virtual ones, by path below this folder; `options` go over those of the template. */
export function compile(
  names: readonly string[], virtual: Readonly<Record<string, string>> = {}, options: ts.CompilerOptions = {},
): ts.Program {
  const sources = new Map(Object.entries(virtual).map(([name, text]) => [join(__dirname, name), text]));
  const rootNames = [...names.map((name) => join(__dirname, name)), ...sources.keys()];
  const programHost: ts.CompilerHost = {
    ...host,
    fileExists: (path) => sources.has(path) || host.fileExists(path),
    readFile: (path) => sources.get(path) ?? host.readFile(path),
    getSourceFile: (path, version) => {
      const text = sources.get(path);
      if (text !== undefined) return ts.createSourceFile(path, text, version, true);
      if (!files.has(path)) files.set(path, readSource(path, version));
      return files.get(path);
    },
  };
  return ts.createProgram(rootNames, { ...templateOptions, ...options }, programHost);
}

/** What the compiler says of one file: where, and the whole text of each message. */
export function diagnose(program: ts.Program, name: string): readonly Diagnosis[] {
  const file = program.getSourceFile(join(__dirname, name));
  if (file === undefined) throw new Error(`${name} is not in the program`);
  const diagnostics = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
  return diagnostics.map(({ start = 0, length = 0, messageText }) => ({
    line: file.getLineAndCharacterOfPosition(start).line + 1,
    word: file.text.slice(start, start + length),
    message: ts.flattenDiagnosticMessageText(messageText, '\n'),
  }));
}

/** One message of the compiler. */
export interface Diagnosis {
  /** From 1. */
  readonly line: number;
  /** What is underlined. */
  readonly word: string;
  /** The whole text. */
  readonly message: string;
}

/** The TypeScript files of a folder below this one. */
export function listFiles(folder: string): readonly string[] {
  return readdirSync(join(__dirname, folder)).filter((name) => name.endsWith('.ts')).map((name) => join(folder, name));
}

/** The lines of the top-level statements of a file: first and last, from 1. */
export function statements(program: ts.Program, name: string): ReadonlyArray<{ readonly first: number; readonly last: number }> {
  const file = program.getSourceFile(join(__dirname, name));
  if (file === undefined) throw new Error(`${name} is not in the program`);
  const lineOf = (position: number): number => file.getLineAndCharacterOfPosition(position).line + 1;
  return file.statements.map((statement) => ({ first: lineOf(statement.getStart(file)), last: lineOf(statement.getEnd()) }));
}
