/** Rows as lines, each column as wide as its widest cell, and no narrower than in `least`. */
export function columns(rows: ReadonlyArray<readonly string[]>, least: readonly number[] = []): string[] {
  const widths = columnWidths(rows);
  return rows.map((row) => row.map((cell, column) => cell.padEnd(Math.max(widths[column] ?? 0, least[column] ?? 0))).join('  ').trimEnd());
}

/** How wide each column is. */
export function columnWidths(rows: ReadonlyArray<readonly string[]>): number[] {
  return rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
}
