import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Type name → field name → entry: `string required one of In|NotIn`. A type with the field `''` is a scalar. */
export type FieldTypes = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What `kubernetes-fields.json` holds. */
export interface FieldTable {
  /** The release whose live API server has these types: `1.37.2`. */
  readonly version: string;
  /** The releases whose OpenAPI says since when there is a field, oldest first. */
  readonly olderVersions: readonly string[];
  readonly types: FieldTypes;
  /** The release to come whose rules are offered as a preview, such as `1.38.0-beta.0`, and what it adds to the types. */
  readonly preview?: { readonly version: string; readonly types: FieldTypes };
}

const path = join(__dirname, 'kubernetes-fields.json');

/** The committed table. */
export function readFieldTable(): FieldTable {
  return JSON.parse(readFileSync(path, 'utf8')) as FieldTable;
}

/** Writes the table to be committed. */
export function writeFieldTable(table: FieldTable): void {
  writeFileSync(path, `${JSON.stringify(table, undefined, 2)}\n`);
}

/** The minor version as a number to compare: 37 for `1.37.2`. */
export function minorOf(version: string): number {
  return Number(version.split('.')[1]);
}
