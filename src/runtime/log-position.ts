/**
 * How far a container's output has been read, exact to the line.
 *
 * The kubelet can only be asked for what came from a whole second on, so after a cut the lines of the last seconds come again. They are
 * known by their times: as many lines as were read with one time are skipped once more. Times of stdout and stderr may be out of order by a
 * little, and that is why two seconds are remembered and not only the last time.
 */
export class LogPosition {
  private second = -Infinity;
  private secondText = '';
  private prefix = '';
  private prefixSecond = 0;
  /** Lines read of each time, by second. */
  private readonly read = new Map<number, Map<string, number>>();
  private toSkip: Map<string, number> | undefined;
  private boundary = -Infinity;

  /** The time to ask from: RFC 3339, whole second; undefined when nothing has been read. */
  public get sinceTime(): string | undefined {
    return this.second === -Infinity ? undefined : this.secondText;
  }

  /** Begins a new stream: what was read will come again. */
  public rewind(): void {
    this.toSkip = new Map();
    this.boundary = this.second - 1;
    for (const times of this.read.values()) for (const [time, count] of times) this.toSkip.set(time, count);
  }

  /** How many of so many lines with this time have been read before: the first ones. The others count as read from now on. */
  public take(time: string, lines: number): number {
    const second = this.secondOf(time);
    const known = Math.min(lines, this.toSkip === undefined ? 0 : second < this.boundary ? lines : this.toSkip.get(time) ?? 0);
    if (known > 0) this.toSkip?.set(time, (this.toSkip.get(time) ?? 0) - known);
    if (known < lines) this.count(second, time, lines - known);
    return known;
  }

  private count(second: number, time: string, lines: number): void {
    if (second > this.second) this.advance(second);
    const times = this.read.get(second) ?? new Map<string, number>();
    this.read.set(second, times);
    times.set(time, (times.get(time) ?? 0) + lines);
  }

  private advance(second: number): void {
    this.second = second;
    this.secondText = new Date((second - 1) * 1000).toISOString().replace('.000', '');
    for (const known of this.read.keys()) if (known < second - 1) this.read.delete(known);
  }

  /** Parsing a date is slow, and the second is nearly always that of the line before. */
  private secondOf(time: string): number {
    const prefix = time.slice(0, 19);
    if (prefix === this.prefix) return this.prefixSecond;
    const zone = /(?:Z|[+-]\d\d:\d\d)$/.exec(time)?.[0] ?? 'Z';
    this.prefix = prefix;
    this.prefixSecond = Date.parse(`${prefix}${zone}`) / 1000;
    return this.prefixSecond;
  }
}
