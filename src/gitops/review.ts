import { canonicalJson } from './canonical-json';
import { consequencesOf, type Note } from './consequences';
import { type Change, judge, type Judgement } from './judge-change';
import { type DeliveredObject, newFindings } from './new-findings';
import { type Outcome, outcomes } from './outcomes';
import { type Committed, keyOfObject, nameOf, type Pair, pairObjects } from './pair-objects';
import { type Treatment, treatmentOf } from './treatment';
import type { GitOpsTool } from '../api/gitops';
import { kindMeantBy } from '../api/kinds';
import type { Finding } from '../core/finding';
import { given } from '../core/given';
import { asObject } from '../core/json';
import { isMeantForBatch } from '../rules/decode/batch-kind';
import { asDelivered } from '../rules/gitops/as-delivered';
import { type Delivery, deliveriesOf } from '../rules/gitops/delivery';
import { readApplication } from '../rules/gitops/settings';

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
  /** The errors and warnings of `validate` that the change brings, apart from refusals. */
  readonly findings: readonly Finding[];
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
  const isOther = (source: Source): boolean => !isBatch(source);
  const others = changedObjects(before.filter(isOther), after.filter(isOther));
  const settings = settingsOf(before, after);
  const judged = pairObjects(before.filter(isBatch), after.filter(isBatch)).map((pair) => {
    const source = (pair.after ?? pair.before) as Source;
    const treatment = treatmentOf(applied(source).object, tool, settings.get(source));
    const { before: old, after: now } = pair;
    const judgement = judge({ ...pair, ...given({ before: old && applied(old), after: now && applied(now) }) }, treatment);
    return { pair, source, treatment, judgement };
  });
  const ownerOf = (source: Source): string => settings.get(source)?.application?.title ?? '';
  // Argo CD looks only at objects that are no hooks, and at fields that are not ignored, when it decides whether to sync.
  const synced = new Set([
    ...others.filter(({ object }) => readApplication(object) === undefined).map(ownerOf),
    ...judged.filter(({ treatment, judgement }) => startsSync(judgement, treatment)).map(({ source }) => ownerOf(source)),
  ]);
  const reviewed = judged.map(({ pair, source, treatment, judgement }): Reviewed<Source> => {
    const isSynced = synced.has(ownerOf(source));
    const final = inSync(judgement, treatment, isSynced);
    const { notes, runsForEver, instead } = consequencesOf(pair, final, treatment, isSynced);
    const { namespace } = asObject(asObject(source.object).metadata);
    const { ignored: _, isHidden: __, ...shown } = final;
    return {
      ...shown,
      kind: kindMeantBy(source.object)?.kind ?? String(asObject(source.object).kind),
      ...(typeof namespace === 'string' && namespace !== '' ? { namespace } : {}),
      name: nameOf(source.object),
      ...(pair.way === 'renamed' && pair.before !== undefined ? { oldName: nameOf(pair.before.object) } : {}),
      ...given({ before: pair.before, after: pair.after }),
      notes,
      findings: findingsOf(pair, final, runsForEver),
      runsForEver,
      ...given({ instead }),
    };
  });
  return { reviewed: reviewed.sort(inOrder), otherChanges: others.length, others: after.filter(isOther).length };

  /** The object as Flux applies it, unless another tool is meant. */
  function applied(source: Source): Source {
    return { ...source, object: asDelivered(source.object, { gitops: tool ?? 'flux', ...given({ delivery: settings.get(source) }) }) as object };
  }

  function findingsOf(pair: Pair<Source>, { refusals }: Judgement, runsForEver: boolean): Finding[] {
    if (pair.after === undefined) return [];
    const delivered = (source: Source): DeliveredObject => ({ object: source.object, delivery: settings.get(source) });
    const found = newFindings(pair.before && delivered(pair.before), delivered(pair.after), tool);
    const said = new Set(refusals.map(({ rule }) => rule));
    return found.filter(({ rule }) => !said.has(rule) && !(runsForEver && rulesOfLoops.has(rule)));
  }
}

/** The rules that find what the review says in its own words: that a Job runs for ever. */
const rulesOfLoops: ReadonlySet<string> = new Set(['argocd-ttl-runs-again', 'flux-ttl-runs-again']);

function startsSync({ outcome, isHidden = false }: Judgement, { isHook }: Treatment): boolean {
  return !isHook && !isHidden && outcome !== 'unchanged';
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

/** What a sync makes of it: what runs at every one runs again although it has not changed; what Argo CD ignores waits for one. */
function inSync(judgement: Judgement, { repeats, ignored }: Treatment, isSynced: boolean): Judgement {
  if (judgement.isHidden === true && (!isSynced || ignored?.onlyOutOfSync === true)) return { ...judgement, outcome: 'unchanged', refusals: [] };
  if (!isSynced) return judgement;
  return repeats && judgement.outcome === 'unchanged' ? { ...judgement, outcome: 'runs again', way: 'each sync' } : judgement;
}

/** The objects that are new, changed or removed. */
function changedObjects<Source extends Committed>(before: readonly Source[], after: readonly Source[]): Source[] {
  const [old, now] = [textsOf(before), textsOf(after)];
  const sources = new Map([...before, ...after].map((source) => [keyOfObject(source.object), source]));
  return [...sources].filter(([key]) => old.get(key) !== now.get(key)).map(([, source]) => source);
}

function textsOf(all: readonly Committed[]): Map<string, string> {
  return new Map(all.map(({ object }) => [keyOfObject(object), canonicalJson(object)]));
}

function inOrder(one: Reviewed<Committed>, other: Reviewed<Committed>): number {
  const place = ({ outcome }: Reviewed<Committed>): number => outcomes.indexOf(outcome);
  const text = ({ namespace = '', name, kind }: Reviewed<Committed>): string => `${namespace}/${name}/${kind}`;
  return place(one) - place(other) || (text(one) < text(other) ? -1 : text(one) > text(other) ? 1 : 0);
}
