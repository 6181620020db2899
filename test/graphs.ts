import type { Before } from '../src/core/graph';

/** Jobs that wait for one another, and how they must end wherever they are run. */
export interface GraphCase {
  readonly name: string;
  /** The Jobs in the order in which they are written, each with those that it waits for. */
  readonly jobs: Readonly<Record<string, readonly string[]>>;
  /** The Jobs that fail. */
  readonly failing: readonly string[];
  /** How each ends: `Complete`, `Failed`, or `NotStarted: extract failed`. */
  readonly ends: Readonly<Record<string, string>>;
}

/** Written once for all that follows an order: the simulation, the local engine, its API server and a real cluster. */
export const graphCases: readonly GraphCase[] = [
  {
    name: 'a chain that is written backwards',
    jobs: { 'chain-c': ['chain-b'], 'chain-b': ['chain-a'], 'chain-a': [] },
    failing: [],
    ends: { 'chain-a': 'Complete', 'chain-b': 'Complete', 'chain-c': 'Complete' },
  },
  {
    name: 'a diamond',
    jobs: { top: [], left: ['top'], right: ['top'], bottom: ['left', 'right'] },
    failing: [],
    ends: { top: 'Complete', left: 'Complete', right: 'Complete', bottom: 'Complete' },
  },
  {
    name: 'a failure in the middle, which stops what waits for it and nothing else',
    jobs: { 'mid-a': [], 'mid-b': ['mid-a'], 'mid-c': ['mid-b'], 'mid-d': ['mid-c', 'mid-a'], 'mid-e': ['mid-a'] },
    failing: ['mid-b'],
    ends: {
      'mid-a': 'Complete', 'mid-b': 'Failed', 'mid-c': 'NotStarted: mid-b failed', 'mid-d': 'NotStarted: mid-b failed', 'mid-e': 'Complete',
    },
  },
];

/** Levels of Jobs, each of which waits for three of the level before it. */
export function levelsOf(levels: number, perLevel: number): GraphCase {
  const nameOf = (level: number, place: number): string => `level-${String(level).padStart(2, '0')}-${place % perLevel}`;
  const places = Array.from({ length: perLevel }, (_, place) => place);
  const jobs = Object.fromEntries(Array.from({ length: levels }, (_, level) => level).flatMap((level) =>
    places.map((place) => [nameOf(level, place), level === 0 ? [] : [0, 1, 5].map((step) => nameOf(level - 1, place + step))])));
  return {
    name: `${levels * perLevel} Jobs in ${levels} levels`,
    jobs,
    failing: [],
    ends: Object.fromEntries(Object.keys(jobs).map((name) => [name, 'Complete'])),
  };
}

/** The graph of a case by positions. */
export function beforeOf({ jobs }: GraphCase): Before {
  const names = Object.keys(jobs);
  return Object.values(jobs).map((earlier) => earlier.map((name) => names.indexOf(name)));
}
