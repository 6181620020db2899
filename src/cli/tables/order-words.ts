import { titleOf, twinNames } from './job-titles';
import { type Before, levelsOf } from '../../core/graph';
import type { OrderedJob } from '../../runtime/ordered-jobs';

/** How many names of one step are listed, and how many steps. */
const [mostNames, mostSteps] = [4, 6];

/** What waits for what, step by step: `fetch → clean, train → publish`; `10 Jobs` where a step has many. */
export function orderWords(jobs: readonly OrderedJob[]): string {
  const steps: string[][] = [];
  const twins = twinNames(jobs);
  for (const [position, level] of levelsOf(beforeOf(jobs)).entries()) (steps[level] ??= []).push(titleOf(jobs[position] ?? {}, twins));
  const words = steps.map((names) => (names.length <= mostNames ? names.join(', ') : `${names.length} Jobs`));
  if (words.length <= mostSteps) return words.join(' → ');
  return [...words.slice(0, mostSteps - 1), `… ${words.length - mostSteps} more`, ...words.slice(-1)].join(' → ');
}

/** The graph of Jobs by their positions, without those that are not among them. */
export function beforeOf(jobs: readonly OrderedJob[]): Before {
  const positions = new Map(jobs.map((job, position) => [keyOf(job), position]));
  return jobs.map(({ after }) => after.flatMap((job) => positions.get(keyOf(job)) ?? []));
}

/** What tells Jobs apart: `media/extract`. */
export function keyOf({ namespace, name }: { readonly namespace: string | null; readonly name: string | null }): string {
  return `${namespace}/${name}`;
}
