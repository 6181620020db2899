import type { Overlay } from './output';
import type { Timers } from '../../runtime/timers';

/** Milliseconds between two drawings. */
const interval = 100;

/** The terminal that a block is drawn on. */
interface LiveTerminal {
  /** The width now: the user may change it at any time. */
  readonly columns: number;
  readonly write: (text: string) => void;
}

/**
 * Lines at the end of a terminal that are drawn again and again, while everything else scrolls above them.
 *
 * The cursor always stands at the beginning of the line below, and is never hidden: whatever ends the process leaves the terminal in order.
 */
export class LiveBlock implements Overlay {
  private drawn: readonly string[] = [];
  private drawnAt = -Infinity;
  private cancel: (() => void) | undefined;

  /** @param render gives the lines as they should be now, with their colours; each must fit the width of the terminal. */
  public constructor(
    private readonly terminal: LiveTerminal, private readonly timers: Timers, private readonly render: () => readonly string[],
  ) {}

  /** Draws from now on, about ten times a second. */
  public start(): void {
    if (this.cancel !== undefined) return;
    this.cancel = this.timers.after(interval, () => this.tick());
    this.show();
  }

  /** Takes the lines away, for good. */
  public stop(): void {
    this.cancel?.();
    this.cancel = undefined;
    this.hide();
  }

  /** Takes the lines away while something else is written. */
  public hide(): void {
    if (this.drawn.length === 0) return;
    this.terminal.write(this.erasure());
    this.drawn = [];
  }

  /** Draws the lines, unless they were drawn a moment ago: in a flood of output they come back with the next tick. */
  public show(): void {
    if (this.cancel === undefined || this.timers.now() - this.drawnAt < interval) return;
    this.draw();
  }

  private tick(): void {
    this.draw();
    this.cancel = this.timers.after(interval, () => this.tick());
  }

  private draw(): void {
    const lines = this.render();
    const text = `${this.erasure()}${lines.map((line) => `${line}\n`).join('')}`;
    this.drawn = lines;
    this.drawnAt = this.timers.now();
    if (text !== '') this.terminal.write(text);
  }

  /** The sequence that goes up to the first line and clears from there; a terminal that became narrower has wrapped the lines. */
  private erasure(): string {
    const { columns } = this.terminal;
    const rows = this.drawn.reduce((sum, line) => sum + Math.max(1, Math.ceil(lengthOf(line) / columns)), 0);
    return rows === 0 ? '' : `\u001b[${rows}A\r\u001b[J`;
  }
}

/** The length of a line without the sequences of its colours. */
function lengthOf(line: string): number {
  // eslint-disable-next-line no-control-regex
  return line.replace(/\u001b\[[\d;]*m/g, '').length;
}
