import { adviceRules } from './hints/advice';
import type { ValidateOptions } from './rule/versions';
import { idsSilencedIn, problemOfSilence } from './silence';
import { UsageError } from '../core/errors';
import type { Finding } from '../core/finding';

/** What of the findings is told. */
export type TellOptions = Pick<ValidateOptions, 'advice' | 'silence'>;

/** The choices of advice that there are. */
export const adviceChoices = ['default', 'all', 'none'] as const satisfies ReadonlyArray<TellOptions['advice']>;

/** What becomes of a finding: it is told, held back as advice that nobody asked for, or silenced by its id. */
type Fate = 'told' | 'heldBack' | 'silenced';

/** @throws UsageError for a choice that there is not, and for an id that cannot be silenced */
export function checkTellOptions({ advice = 'default', silence = [] }: TellOptions): void {
  if (!adviceChoices.includes(advice)) throw new UsageError(`Cannot tell ${String(advice)} advice`, `choose one of ${adviceChoices.join(', ')}`);
  checkSilence(silence);
}

/** @throws UsageError for an id that cannot be silenced: there is no such finding, or it is an error. */
export function checkSilence(ids: readonly string[]): void {
  for (const id of ids) {
    const problem = problemOfSilence(id);
    if (problem !== undefined) throw new UsageError(`Cannot silence ${id}: ${problem.message}`, problem.hint);
  }
}

/** The findings of an object that are told. */
export function toldOf(manifest: unknown, findings: Finding[], options: TellOptions): Finding[] {
  if (findings.every(({ severity }) => severity === 'error')) return findings;
  const silenced = idsSilencedIn(manifest);
  return findings.filter((finding) => fateOf(finding, options, silenced) === 'told');
}

/**
 * What becomes of a finding. An error is always told.
 *
 * @param silenced the ids that the object's own annotations name.
 */
export function fateOf({ rule, severity }: Finding, { advice = 'default', silence = [] }: TellOptions, silenced: readonly { readonly id: string }[]): Fate {
  if (severity === 'error') return 'told';
  if (silence.includes(rule) || silenced.some(({ id }) => id === rule)) return 'silenced';
  if (severity === 'warning' || advice === 'all') return 'told';
  return advice === 'none' || heldBack.has(rule) ? 'heldBack' : 'told';
}

/** The ids of advice that is told on request alone. */
const heldBack: ReadonlySet<string> = new Set(
  Object.values(adviceRules).flatMap(({ rules }) => rules.filter((rule) => rule.isHeldBack === true).map(({ id }) => id)),
);
