/**
 * The sum of many values that change one by one: a change costs as many additions as the number of values has binary digits.
 *
 * Values and their sums never change, so whoever holds a sum holds what it was made of, as it was then.
 */
export class KeptSum<Value> {
  /** The values, above them the sums of two neighbours each, and so on up to the sum of all. */
  private readonly levels: Value[][] = [];

  /** @param add need not be commutative. */
  public constructor(private readonly add: (earlier: Value, later: Value) => Value) {}

  /** The sum of all values in the order of their places; undefined when there are none. */
  public get total(): Value | undefined {
    return this.levels.at(-1)?.[0];
  }

  /** Puts values into their places, which are given in ascending order: new ones follow the others without a gap. */
  public set(places: readonly number[], valueAt: (place: number) => Value): void {
    let [changed, valueOf] = [places, valueAt];
    for (let level = 0; changed.length > 0; level += 1) {
      const values = this.levels[level] ??= [];
      for (const place of changed) values[place] = valueOf(place);
      if (values.length === 1) return;
      changed = placesAbove(changed);
      valueOf = (place) => this.sumOfTwo(values, place);
    }
  }

  private sumOfTwo(values: readonly Value[], place: number): Value {
    const one = values[2 * place] as Value;
    return 2 * place + 1 < values.length ? this.add(one, values[2 * place + 1] as Value) : one;
  }
}

function placesAbove(places: readonly number[]): readonly number[] {
  const above: number[] = [];
  for (const place of places) {
    const next = Math.floor(place / 2);
    if (above.at(-1) !== next) above.push(next);
  }
  return above;
}
