/** What fields mean, as the texts of field-texts.ts say it, for those who show it to people. */
import { bareName, type Field } from './field-entry';
import { fieldTexts, typeTexts } from './field-texts';

/** What there is to say of a field. */
interface FieldMeaning {
  /** In sentences; empty where nothing is known. */
  readonly sentence: string;
  /** Its default, or what happens without it; empty where there is nothing to say of that. */
  readonly preset: string;
}

/** What a field means: what is said of itself, else of its type. `owner` is the type that has it, empty for a kind itself. */
export function meaningOf(owner: string, name: string, { holds, type }: Pick<Field, 'holds' | 'type'>): FieldMeaning {
  const ofType = holds === 'map' ? '' : meaningOfType(type);
  const text = owner === '' ? ofType : fieldTexts[`${bareName(owner)}.${name}`] ?? ofType;
  const [sentence = '', preset = ''] = text.split(/ ?@default (?:- )?/);
  return { sentence, preset };
}

/** What a type is: `v1.JobSpec`; empty where nothing is known. */
export function meaningOfType(type: string): string {
  return typeTexts[bareName(type)] ?? '';
}
