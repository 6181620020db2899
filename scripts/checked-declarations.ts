/** The first line of each declaration file of the compiled package. */
export const checkedMark = '// @ts-nocheck: this was checked when the package was made; what uses it is checked as ever.\n';

/**
 * The text of a compiled declaration file with the mark, by which compilers do not check it again for everybody who imports the package.
 *
 * A program that uses a type gets it whole, and its mistakes are found; what it does not use need not be computed.
 */
export function markChecked(text: string): string {
  return text.startsWith(checkedMark) ? text : `${checkedMark}${text}`;
}
