/** How much of a zone's history is read at once, in seconds: about half a year. */
const pieceLength = 2 ** 24;
/** Two changes of one zone are never closer than 167 hours: a probe every six days finds them all. */
const stride = 518_400;

/** The history of a zone's offset from UTC, read from `Intl` as far as it is asked for. */
export class ZoneOffsets {
  /** The stretch without a change around the last instant asked for, in seconds, and its offset. */
  public from = 0;
  public until = 0;
  private offset = 0;
  private readonly pieces = new Map<number, Piece>();
  private readonly format: Intl.DateTimeFormat | undefined;

  public constructor(timeZone: string) {
    if (timeZone === 'UTC' || timeZone === 'Factory') {
      [this.from, this.until] = [-Infinity, Infinity];
    } else {
      this.format = new Intl.DateTimeFormat('en-US', {
        timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
      });
    }
  }

  /** Seconds that local clocks are ahead of UTC at an instant given in seconds. */
  public at(instant: number): number {
    if (instant < this.from || instant >= this.until) this.look(instant);
    return this.offset;
  }

  private look(instant: number): void {
    const number = Math.floor(instant / pieceLength);
    let piece = this.pieces.get(number);
    if (piece === undefined) this.pieces.set(number, (piece = this.read(number * pieceLength)));
    let index = piece.length - 1;
    while (index > 0 && (piece[index]?.from ?? 0) > instant) index -= 1;
    const { from, offset } = piece[index] ?? { from: instant, offset: 0 };
    this.from = from;
    this.until = piece[index + 1]?.from ?? (number + 1) * pieceLength;
    this.offset = offset;
  }

  private read(start: number): Piece {
    let [last, lastOffset] = [start, this.ask(start)];
    const piece: Piece = [{ from: start, offset: lastOffset }];
    while (last < start + pieceLength) {
      const next = Math.min(last + stride, start + pieceLength);
      const offset = this.ask(next);
      if (offset !== lastOffset) {
        const from = this.findChange(last, next, lastOffset);
        if (from < start + pieceLength) piece.push({ from, offset });
      }
      [last, lastOffset] = [next, offset];
    }
    return piece;
  }

  /** The first second of another offset. */
  private findChange(before: number, after: number, offset: number): number {
    let [low, high] = [before, after];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.ask(middle) === offset) low = middle;
      else high = middle;
    }
    return high;
  }

  private ask(instant: number): number {
    if (this.format === undefined) return 0;
    const text = this.format.format(instant * 1000);
    // 03/29/2026, 01:59:59
    const local = Date.UTC(
      digits(text, 6, 10), digits(text, 0, 2) - 1, digits(text, 3, 5), digits(text, 12, 14), digits(text, 15, 17), digits(text, 18, 20),
    );
    return local / 1000 - instant;
  }
}

type Piece = Array<{ readonly from: number; readonly offset: number }>;

function digits(text: string, start: number, end: number): number {
  let value = 0;
  for (let index = start; index < end; index += 1) value = value * 10 + text.charCodeAt(index) - 48;
  return value;
}

const zones = new Map<string, ZoneOffsets>();

/** The history of a known zone; read once for all who ask. */
export function zoneOffsets(timeZone: string): ZoneOffsets {
  let zone = zones.get(timeZone);
  if (zone === undefined) zones.set(timeZone, (zone = new ZoneOffsets(timeZone)));
  return zone;
}
