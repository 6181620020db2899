import { columns } from './columns';
import { showValue } from './show-value';
import type { ChangedField } from '../../rules/changed-fields';

/** What a new manifest changes in a Job, one field a line. */
export function changedFieldLines(changes: readonly ChangedField[]): string[] {
  if (changes.length === 0) return ['no difference'];
  return columns(changes.map(({ field, from, to, isImmutable }) => (
    [field, `${showValue(from)} → ${showValue(to)}`, ...(isImmutable ? ['immutable'] : [])]
  )));
}
