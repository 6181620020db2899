import { type FieldTable, type FieldTypes } from './field-table-file';
import { formatField, parseField } from '../src/api/field-entry';

/**
 * What a release adds to the types of the one before: fields, the types that these lead to, and words that a field takes besides. How it
 * describes what is there already, and what it calls the types of that, is left to the day when it is the newest.
 */
export function addedFields(types: FieldTypes, known: FieldTypes): FieldTypes {
  const added = new Map<string, Record<string, string>>();
  const add = (type: string, field: string, entry: string): void => void added.set(type, { ...added.get(type), [field]: entry });
  const waiting: string[] = [];
  for (const [type, fields] of Object.entries(known)) {
    for (const [field, entry] of Object.entries(types[type] ?? {})) {
      const before = fields[field];
      if (before === undefined) {
        add(type, field, entry);
        waiting.push(parseField(entry).type);
      } else if (parseField(entry).choices.some((word) => !parseField(before).choices.includes(word))) {
        add(type, field, withChoices(before, parseField(entry).choices));
      }
    }
  }
  for (let type = waiting.pop(); type !== undefined; type = waiting.pop()) {
    if (known[type] !== undefined || added.has(type)) continue;
    for (const [field, entry] of Object.entries(types[type] ?? {})) {
      add(type, field, entry);
      waiting.push(parseField(entry).type);
    }
  }
  return Object.fromEntries([...added].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The types of a table with those of its preview. */
export function typesWithPreview({ types, preview }: FieldTable): FieldTypes {
  if (preview === undefined) return types;
  const names = [...new Set([...Object.keys(types), ...Object.keys(preview.types)])].sort();
  return Object.fromEntries(names.map((type) => {
    const fields = Object.entries({ ...types[type], ...preview.types[type] });
    return [type, Object.fromEntries(fields.sort(([one], [other]) => (one < other ? -1 : 1)))];
  }));
}

function withChoices(entry: string, more: readonly string[]): string {
  const field = parseField(entry);
  return formatField({ ...field, choices: [...new Set([...field.choices, ...more])].sort() });
}
