import type { Outcome } from './outcomes';
import { type Committed, nameOf, type Pair } from './pair-objects';
import type { Treatment } from './treatment';
import { isJob } from '../api/kinds';
import { differences, type Difference } from '../core/differences';
import type { Finding } from '../core/finding';
import { asObject } from '../core/json';
import { changedFields, isAboutImmutable, isBlamed } from '../rules/changed-fields';
import { withValuesOf } from '../rules/gitops/ignored-differences';
import { identityOf, sameNameFinding } from '../rules/same-name';
import { validateManifest } from '../rules/validate-manifest';
import { validateUpdate } from '../rules/validate-update';

/** A field that differs. */
export interface Change extends Difference {
  /** Whether the API server refuses this change under one name. */
  readonly isImmutable: boolean;
}

/** What becomes of one object. */
export interface Judgement {
  readonly outcome: Outcome;
  /** How it comes to run again. */
  readonly way?: 'new name' | 'recreated' | 'each sync';
  readonly changes: readonly Change[];
  /** Why it is refused, in the API server's words. */
  readonly refusals: readonly Finding[];
  /** The fields whose change the tool ignores; missing for none. */
  readonly ignored?: readonly string[];
  /** Whether it ignores all that has changed, so that this starts no sync. */
  readonly isHidden?: boolean;
}

/** Says what becomes of one Job or CronJob, as far as it depends on the object alone. */
export function judge(pair: Pair<Committed>, treatment: Treatment): Judgement {
  const { way, before, after } = pair;
  const { ignored } = treatment;
  if (way !== 'kept' || before === undefined || after === undefined || ignored === undefined) return judgeAll(pair, treatment);
  const seen = withValuesOf(before.object, after.object, ignored.paths);
  const hidden = changesOf(seen, after.object, []).map(({ field }) => field);
  const whole = judgeAll(pair, treatment);
  if (hidden.length === 0) return whole;
  // What refuses the whole object, or makes it anew, does so before anything is left alone.
  if (ignored.isTriedWhole && whole.outcome !== 'in place') return { ...whole, ignored: hidden };
  if (ignored.inSyncs) return { ...judgeAll({ ...pair, after: { ...after, object: seen } }, treatment), ignored: hidden };
  return { ...whole, ignored: hidden, isHidden: changesOf(before.object, seen, []).length === 0 };
}

/** The same where all of the change is applied. */
function judgeAll(pair: Pair<Committed>, treatment: Treatment): Judgement {
  const { way, before, after } = pair;
  if (after === undefined) return { outcome: 'removed', changes: [], refusals: [] };
  if (way === 'twin') return refused([sameNameFinding(identityOf(after.object) ?? nameOf(after.object), 'another manifest')]);
  const wrong = errorsOf(validateManifest(after.object));
  const unnamed = unnamedFinding(after.object, treatment);
  if (before === undefined) return wrong.length + unnamed.length > 0 ? refused([...wrong, ...unnamed]) : { outcome: 'new', changes: [], refusals: [] };
  const previous = way === 'renamed' ? withNameOf(before.object, after.object) : before.object;
  const immutable = errorsOf(validateUpdate(previous, after.object)).filter(isAboutImmutable);
  const changes = changesOf(previous, after.object, immutable);
  if (wrong.length + unnamed.length > 0) return refused([...wrong, ...unnamed], changes);
  if (way === 'renamed') return { outcome: 'runs again', way: 'new name', changes, refusals: [] };
  if (changes.length === 0 && immutable.length === 0) return { outcome: 'unchanged', changes, refusals: [] };
  if (treatment.leftAlone !== undefined) return { outcome: 'unchanged', changes, refusals: [] };
  if (treatment.repeats) return { outcome: 'runs again', way: 'each sync', changes, refusals: [] };
  if (treatment.isReplaced && isJobObject(after.object)) return refused([...replacedFindings, ...immutable], changes);
  if (immutable.length === 0) return { outcome: 'in place', changes, refusals: [] };
  return treatment.forcedBy === undefined ? refused(immutable, changes) : { outcome: 'runs again', way: 'recreated', changes, refusals: [] };
}

function refused(refusals: readonly Finding[], changes: readonly Change[] = []): Judgement {
  return { outcome: 'refused', changes, refusals };
}

function errorsOf(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ severity }) => severity === 'error');
}

/**
 * The words for a replaced Job: the API server has generated a selector and labels, which the manifest lacks.
 *
 * @source pkg/apis/batch/validation/validation.go ValidateJobSpec and ValidateJobSpecUpdate (v1.37)
 */
const replacedFindings: readonly Finding[] = [
  { rule: 'selector-required', field: 'spec.selector', type: 'Required', severity: 'error', message: '' },
];

/** Both tools apply, and what has no name cannot be applied; a hook of Argo CD is created. */
function unnamedFinding(object: object, { isHook }: Treatment): readonly Finding[] {
  const { name, generateName } = asObject(asObject(object).metadata);
  if (isHook || (typeof name === 'string' && name !== '') || typeof generateName !== 'string' || generateName === '') return [];
  return [{
    rule: 'git-needs-a-name', field: 'metadata.generateName', type: 'Forbidden', severity: 'error', message: 'cannot use generate name with apply', value: generateName,
  }];
}

/** What differs, without what the API server fills in and without the name that a renamed Job had. */
function changesOf(before: object, after: object, immutable: readonly Finding[]): Change[] {
  const mark = (difference: Difference): Change => ({ ...difference, isImmutable: isBlamed(difference.field, immutable) });
  if (!isJobObject(before) || !isJobObject(after)) return differences(before, after).map(mark);
  const [{ spec: _old, ...outside }, { spec: _new, ...outsideAfter }] = [asObject(before), asObject(after)];
  return [...differences(outside, outsideAfter).map(mark), ...changedFields(before, after)];
}

function isJobObject(object: object): boolean {
  const { apiVersion, kind } = asObject(object);
  return isJob({ apiVersion, kind });
}

function withNameOf(before: object, after: object): object {
  const { metadata, ...rest } = asObject(before);
  return { ...rest, metadata: { ...asObject(metadata), name: asObject(asObject(after).metadata).name } };
}
