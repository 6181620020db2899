/** An input with the milliseconds that it took. */
interface Slow {
  readonly input: unknown;
  readonly took: number;
}

/** Keeps the inputs that took longest. */
export interface Slowest {
  /** Takes note of an input and of the milliseconds that it took. */
  note(input: unknown, took: number): void;
  /** The longest first. */
  all(): readonly Slow[];
}

/** Keeps the `count` inputs that took longest. */
export function slowest(count: number): Slowest {
  let kept: Slow[] = [];
  let least = 0;
  return {
    note(input, took) {
      if (took <= least) return;
      kept = [...kept, { input, took }].sort((one, other) => other.took - one.took).slice(0, count);
      least = kept.length < count ? 0 : kept.at(-1)?.took ?? 0;
    },
    all: () => kept,
  };
}
