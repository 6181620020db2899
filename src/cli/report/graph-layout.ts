import { type Before, levelsOf, sortByOrder } from '../../core/graph';

/** How a Job of a graph went: it completed, failed, has not ended, or was not started because of another one. */
export type Outcome = 'good' | 'bad' | 'open' | 'left';

/** A Job to draw. */
export interface GraphJob {
  readonly name: string;
  readonly outcome: Outcome;
}

/** A box of the picture, in pixels: one Job, or several of one level and one outcome. */
export interface GraphBox {
  readonly x: number;
  readonly y: number;
  readonly label: string;
  readonly outcome: Outcome;
  /** The positions of its Jobs. */
  readonly jobs: readonly number[];
}

/** An arrow from the bottom of a box to the top of a later one, in pixels. */
export interface GraphArrow {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
}

/** A picture of the order of Jobs, level by level from above. */
export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  readonly boxWidth: number;
  readonly boxes: readonly GraphBox[];
  readonly arrows: readonly GraphArrow[];
}

/** The height of a box, in pixels. */
export const boxHeight = 26;

const letterWidth = 7.3;
const longestLabel = 20;
const gap = 14;
const levelHeight = 58;
/** With more Jobs than this, those that need no look are drawn together. */
const mostSingle = 30;
/** How many Jobs that need a look are drawn by themselves in one level. */
const mostOfLevel = 4;

/** A node of the picture before it has a place. */
interface Group {
  readonly level: number;
  readonly outcome: Outcome;
  readonly jobs: number[];
}

/**
 * Places Jobs below those that they wait for. Of many Jobs, those of a level that completed, or that were not started, share a box.
 *
 * @param before the Jobs that each waits for, by position.
 */
export function layoutGraph(jobs: readonly GraphJob[], before: Before): GraphLayout {
  const groups = groupJobs(jobs, levelsOf(before));
  const waits = withoutDetours(beforeOfGroups(groups, before));
  const rows = rowsOf(groups, waits);
  const labels = groups.map((group) => labelOf(group, jobs));
  const boxWidth = Math.ceil(Math.max(0, ...labels.map(({ length }) => length)) * letterWidth) + 20;
  const width = Math.max(1, ...rows.map(({ length }) => length)) * (boxWidth + gap) - gap;
  const boxes: GraphBox[] = [];
  const boxOf = new Map<number, GraphBox>();
  for (const [level, row] of rows.entries()) {
    const left = (width - row.length * (boxWidth + gap) + gap) / 2;
    for (const [place, group] of row.entries()) {
      const { outcome = 'open', jobs: held = [] } = groups[group] ?? {};
      const box = { x: left + place * (boxWidth + gap), y: level * levelHeight, label: labels[group] ?? '', outcome, jobs: held };
      boxes.push(box);
      boxOf.set(group, box);
    }
  }
  const arrows = waits.flatMap((earlier, later) => earlier.flatMap((group) => arrowBetween(boxOf.get(group), boxOf.get(later), boxWidth)));
  return { width, height: Math.max(0, rows.length * levelHeight - (levelHeight - boxHeight)), boxWidth, boxes, arrows };
}

function groupJobs(jobs: readonly GraphJob[], levels: readonly number[]): Group[] {
  const groups: Group[] = [];
  const shared = new Map<string, Group>();
  const singles = new Map<number, number>();
  for (const [position, { outcome }] of jobs.entries()) {
    const level = levels[position] ?? 0;
    const needsLook = outcome === 'bad' || outcome === 'open';
    const drawn = singles.get(level) ?? 0;
    if (jobs.length <= mostSingle || (needsLook && drawn < mostOfLevel)) {
      singles.set(level, drawn + 1);
      groups.push({ level, outcome, jobs: [position] });
      continue;
    }
    const key = `${level} ${outcome}`;
    const group = shared.get(key) ?? { level, outcome, jobs: [] };
    if (group.jobs.length === 0) groups.push(group);
    shared.set(key, group);
    group.jobs.push(position);
  }
  return groups;
}

function beforeOfGroups(groups: readonly Group[], before: Before): Before {
  const groupOf = new Map(groups.flatMap(({ jobs }, group) => jobs.map((job) => [job, group] as const)));
  const groupsBefore = (job: number): number[] => (before[job] ?? []).flatMap((earlier) => groupOf.get(earlier) ?? []);
  return groups.map(({ jobs }) => [...new Set(jobs.flatMap(groupsBefore))]);
}

/** Without arrows that say what a way over other boxes says. */
function withoutDetours(before: Before): Before {
  const reached = before.map(() => new Set<number>());
  for (const node of sortByOrder(before)) {
    for (const earlier of before[node] ?? []) for (const far of [earlier, ...reached[earlier] ?? []]) reached[node]?.add(far);
  }
  return before.map((nodes) => nodes.filter((node) => !nodes.some((other) => other !== node && reached[other]?.has(node) === true)));
}

/** The groups of each level, each near the middle of those that it waits for. */
function rowsOf(groups: readonly Group[], before: Before): number[][] {
  const rows: number[][] = [];
  for (const [group, { level }] of groups.entries()) (rows[level] ??= []).push(group);
  const places = new Map<number, number>();
  for (const row of rows) {
    const middles = new Map(row.map((group, place) => {
      const earlier = (before[group] ?? []).map((one) => places.get(one) ?? 0.5);
      return [group, earlier.length === 0 ? (place + 1) / (row.length + 1) : earlier.reduce((sum, one) => sum + one, 0) / earlier.length];
    }));
    row.sort((one, other) => (middles.get(one) ?? 0) - (middles.get(other) ?? 0));
    for (const [place, group] of row.entries()) places.set(group, (place + 1) / (row.length + 1));
  }
  return rows;
}

const words: Readonly<Record<Outcome, string>> = { good: 'complete', bad: 'failed', open: 'not ended', left: 'not started' };

function labelOf({ jobs: [first = 0, second, ...rest], outcome }: Group, jobs: readonly GraphJob[]): string {
  if (second !== undefined) return `${rest.length + 2} ${words[outcome]}`;
  const name = jobs[first]?.name ?? '';
  return name.length <= longestLabel ? name : `${name.slice(0, longestLabel - 1)}…`;
}

function arrowBetween(from: GraphBox | undefined, to: GraphBox | undefined, boxWidth: number): GraphArrow[] {
  if (from === undefined || to === undefined) return [];
  return [{ from: [from.x + boxWidth / 2, from.y + boxHeight], to: [to.x + boxWidth / 2, to.y] }];
}
