/** Prints a table of Markdown, which `npx tsx bench/main.ts --write` puts into docs/measures.md. */
export function printTable(head: readonly string[], rows: ReadonlyArray<readonly string[]>): void {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  console.log(['', line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n'));
}

/** A number as tables show it: 1,234.6 with one digit. */
export function formatNumber(value: number, digits = 0): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
