import { sortByOrder } from '../core/graph';

/** An object in an order of objects. */
export interface Ordered {
  /** Whether it is a Job: what waits for it, and what it waits for, is in another wave. */
  readonly isJob: boolean;
  /** The positions of those that it depends on. */
  readonly before: readonly number[];
  /** The phase of a sync in which it is applied: -1 before the rollout, 0 in it, 1 after it. */
  readonly phase: number;
  /** The wave that was written by hand. */
  readonly written: number | undefined;
}

/** Why an order cannot be kept: the object at `position` comes too early for the one at `before`. */
interface Contradiction {
  readonly position: number;
  readonly before: number;
  /** Whether their phases say so, and not a wave that was written by hand. */
  readonly isPhase: boolean;
}

/** The order of objects as waves of Argo CD. */
interface Waves {
  /** The wave of each object, by position; undefined for one that needs none, and for what waits for itself. */
  readonly waves: ReadonlyArray<number | undefined>;
  readonly contradictions: readonly Contradiction[];
}

/**
 * The earliest wave of each object, from 0: one more than that of what it depends on where one of the two is a Job, else the same one,
 * since a wave keeps the order of kinds. Phases come one after the other anyway. A wave that was written by hand stays.
 */
export function wavesOf(objects: readonly Ordered[]): Waves {
  const waves: Array<number | undefined> = objects.map(() => undefined);
  const contradictions: Contradiction[] = [];
  const isMarked = objects.map(({ written }) => written !== undefined);
  for (const position of sortByOrder(objects.map(({ before }) => before))) {
    const object = objects[position];
    if (object === undefined) continue;
    let wave = 0;
    for (const before of object.before) {
      const earlier = objects[before];
      if (earlier === undefined || earlier.phase < object.phase) continue;
      const step = object.isJob || earlier.isJob ? 1 : 0;
      const needed = (waves[before] ?? 0) + step;
      if (earlier.phase > object.phase) contradictions.push({ position, before, isPhase: true });
      else if (object.written !== undefined && object.written < needed) contradictions.push({ position, before, isPhase: false });
      if (step === 1) isMarked[position] = isMarked[before] = true;
      wave = Math.max(wave, needed);
    }
    waves[position] = object.written ?? wave;
  }
  return { waves: waves.map((wave, position) => (isMarked[position] === true || wave !== 0 ? wave : undefined)), contradictions };
}
