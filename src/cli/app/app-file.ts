import { extname } from 'node:path';

const typeScript: readonly string[] = ['.ts', '.mts', '.cts'];
const javaScript: readonly string[] = ['.js', '.mjs', '.cjs'];

/** Whether a path names a program that can be run as an app. */
export function isAppFile(path: string): boolean {
  return isTypeScriptFile(path) || javaScript.includes(extname(path));
}

/** Whether a path names a program in TypeScript. */
export function isTypeScriptFile(path: string): boolean {
  return typeScript.includes(extname(path));
}
