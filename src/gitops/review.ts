import { canonicalJson } from './canonical-json';
import { consequencesOf, type Note } from './consequences';
import { type Change, judge, type Judgement } from './judge-change';
import { type Outcome, outcomes } from './outcomes';
import { type Committed, keyOfObject, nameOf, pairObjects } from './pair-objects';
import { treatmentOf } from './treatment';
import type { GitOpsTool } from '../api/gitops';
import { kindMeantBy } from '../api/kinds';
import type { Finding } from '../core/finding';
import { asObject } from '../core/json';
import { isMeantForBatch } from '../rules/decode/batch-kind';
import { type Delivery, deliveriesOf } from '../rules/gitops/delivery';

/** One Job or CronJob of a review. */
export interface Reviewed<Source extends Committed> {
  readonly outcome: Outcome;
  readonly kind: string;
  /** The namespace that is written; undefined for none. */
  readonly namespace?: string;
  readonly name: string;
  /** The name before, of a Job whose name is new at each change. */
  readonly oldName?: string;
  /** Missing for what is new. */
  readonly before?: Source;
  /** Missing for what is removed. */
  readonly after?: Source;
  readonly changes: readonly Change[];
  /** Why it is refused, in the API server's words. */
  readonly refusals: readonly Finding[];
  /** What to do about a refusal; undefined where its words say so. */
  readonly instead?: string;
  /** What else follows, in the words of the tool. */
  readonly notes: readonly Note[];
  /** Whether the tool starts the Job again and again, although nobody changes anything. */
  readonly runsForEver: boolean;
}

/** What a change in Git comes to. */
export interface Review<Source extends Committed> {
  /** Every Job and CronJob of either side, the refused first; those of one outcome by name. */
  readonly reviewed: ReadonlyArray<Reviewed<Source>>;
  /** How many objects of other kinds are new, changed or removed. */
  readonly otherChanges: number;
  /** How many objects of other kinds there are afterwards. */
  readonly others: number;
}

/**
 * Tells what becomes of every Job and CronJob when one state of a repository follows another.
 *
 * Files count for nothing: an object that moved to another one is unchanged. A Job with a hash in its name follows the one of that name
 * with another hash, or without.
 *
 * @param tool what applies the repository; default: unknown, so each tool's annotations are believed and both are spoken of.
 * @source docs/gitops-cases.md
 */
export function review<Source extends Committed>(
  before: readonly Source[], after: readonly Source[], tool?: GitOpsTool,
): Review<Source> {
  const isBatch = ({ object }: Source): boolean => isMeantForBatch(object);
  const otherChanges = countOtherChanges(before.filter((source) => !isBatch(source)), after.filter((source) => !isBatch(source)));
  const pairs = pairObjects(before.filter(isBatch), after.filter(isBatch));
  const settings = settingsOf(before, after);
  const judged = pairs.map((pair) => ({ pair, source: pair.after ?? pair.before }))
    .map(({ pair, source }) => ({ pair, treatment: treatmentOf(source?.object ?? {}, tool, source && settings.get(source)) }))
    .map(({ pair, treatment }) => ({ pair, treatment, judgement: judge(pair, treatment) }));
  // Argo CD looks only at objects that are no hooks when it decides whether there is something to sync.
  const startsSync = otherChanges > 0 || judged.some(({ treatment, judgement }) => !treatment.isHook && judgement.outcome !== 'unchanged');
  const reviewed = judged.map(({ pair, treatment, judgement }): Reviewed<Source> => {
    const final = startsSync ? runByTheSync(judgement, treatment.repeats) : judgement;
    const { notes, runsForEver, instead } = consequencesOf(pair, final, treatment, startsSync);
    const { object } = (pair.after ?? pair.before) as Source;
    const { namespace } = asObject(asObject(object).metadata);
    return {
      ...final,
      kind: kindMeantBy(object)?.kind ?? String(asObject(object).kind),
      ...(typeof namespace === 'string' && namespace !== '' ? { namespace } : {}),
      name: nameOf(object),
      ...(pair.way === 'renamed' && pair.before !== undefined ? { oldName: nameOf(pair.before.object) } : {}),
      ...(pair.before === undefined ? {} : { before: pair.before }),
      ...(pair.after === undefined ? {} : { after: pair.after }),
      notes,
      runsForEver,
      ...(instead === undefined ? {} : { instead }),
    };
  });
  return { reviewed: reviewed.sort(inOrder), otherChanges, others: after.filter((source) => !isBatch(source)).length };
}

/** The Application or Kustomization of each object, as its own side of the change has it. */
function settingsOf<Source extends Committed>(...sides: ReadonlyArray<readonly Source[]>): ReadonlyMap<Source, Delivery> {
  return new Map(sides.flatMap((sources) => {
    const deliveries = deliveriesOf(sources.map(({ object, file = '' }) => ({ object, file })));
    return sources.flatMap((source, position) => {
      const delivery = deliveries[position];
      return delivery === undefined ? [] : [[source, delivery] as const];
    });
  }));
}

/** What runs at every sync runs again although it has not changed. */
function runByTheSync(judgement: Judgement, repeats: boolean): Judgement {
  return repeats && judgement.outcome === 'unchanged' ? { ...judgement, outcome: 'runs again', way: 'each sync' } : judgement;
}

function countOtherChanges(before: readonly Committed[], after: readonly Committed[]): number {
  const [old, now] = [textsOf(before), textsOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].filter((key) => old.get(key) !== now.get(key)).length;
}

function textsOf(all: readonly Committed[]): Map<string, string> {
  return new Map(all.map(({ object }) => [keyOfObject(object), canonicalJson(object)]));
}

function inOrder(one: Reviewed<Committed>, other: Reviewed<Committed>): number {
  const place = ({ outcome }: Reviewed<Committed>): number => outcomes.indexOf(outcome);
  const text = ({ namespace = '', name, kind }: Reviewed<Committed>): string => `${namespace}/${name}/${kind}`;
  return place(one) - place(other) || (text(one) < text(other) ? -1 : text(one) > text(other) ? 1 : 0);
}
