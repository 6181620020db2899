import { join, resolve } from 'node:path';
import * as ts from 'typescript';

const root = resolve(__dirname, '../..');
const testFile = join(root, 'test/schedule/virtual.ts');

/** What the compiler says of a file that does not exist on the disk. */
export interface Compiled {
  /** One entry for each error: its line, from 0, and its whole message. */
  readonly errors: readonly { readonly line: number; readonly message: string }[];
  readonly instantiations: number;
}

const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  moduleResolution: ts.ModuleResolutionKind.Node10,
  lib: ['lib.es5.d.ts'],
  types: [],
  skipLibCheck: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
};
const parsed = new Map<string, ts.SourceFile>();

/** Compiles a text as if it were a file of this folder. */
export function compile(text: string): Compiled {
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) => name === testFile || fileExists.call(host, name);
  host.readFile = (name) => name === testFile ? text : readFile.call(host, name);
  host.getSourceFile = (name, ...rest) => {
    if (name === testFile) return ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true);
    let file = parsed.get(name);
    if (file === undefined) {
      file = getSourceFile.call(host, name, ...rest);
      if (file !== undefined) parsed.set(name, file);
    }
    return file;
  };
  const program = ts.createProgram([testFile], options, host);
  const source = program.getSourceFile(testFile);
  const errors = ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => ({
    line: file !== undefined && file === source && start !== undefined ? file.getLineAndCharacterOfPosition(start).line : -1,
    message: ts.flattenDiagnosticMessageText(messageText, '\n'),
  }));
  return { errors, instantiations: program.getInstantiationCount() };
}
