import { fstatSync, type Stats } from 'node:fs';
import { styleText } from 'node:util';

/** A stream that text, and what containers print, is written to. */
export interface OutputStream {
  write(text: string | Uint8Array): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  /** The file descriptor behind it, if any. */
  readonly fd?: number;
}

/** Status lines at the end of a terminal; they step aside while anything else is written there. */
export interface Overlay {
  hide(): void;
  show(): void;
}

/** The part of `util.styleText`'s formats that is used. */
export type TextStyle = 'red' | 'yellow' | 'green' | 'cyan' | 'gray' | 'bold' | 'dim';

/**
 * Everything that a command writes: data to stdout, talk to stderr. No other file writes to either.
 *
 * Colours appear on terminals only; `NO_COLOR` and `CI` turn them off and `FORCE_COLOR` on.
 */
export class Output {
  /** Whether a block of status lines may be redrawn on stderr. */
  public readonly isInteractive: boolean;
  /** Whether stdout goes to a person, and not to a file or another program. */
  public readonly isTerminal: boolean;
  /** What is redrawn below everything else, while there is something. */
  public overlay: Overlay | undefined;
  /** Whether the last line on stdout has no newline yet. */
  private isMidLine = false;
  /** Whether stdout and stderr end up in the same place, such as one terminal or one log. */
  private readonly isOnePlace: boolean;
  private readonly colours: { readonly stdout: boolean; readonly stderr: boolean };

  public constructor(
    private readonly stdout: OutputStream, private readonly stderr: OutputStream,
    private readonly env: Readonly<Record<string, string | undefined>>,
  ) {
    this.isInteractive = stderr.isTTY === true && !isSet(env.CI) && env.TERM !== 'dumb';
    this.isTerminal = stdout.isTTY === true;
    this.isOnePlace = stdout === stderr || (stdout.isTTY === true && stderr.isTTY === true) || isSameFile(stdout.fd, stderr.fd);
    this.colours = { stdout: hasColour(stdout, env), stderr: hasColour(stderr, env) };
  }

  /** The same output with the talk on stdout too, for readers that keep no order between the two. */
  public onStdout(): Output {
    return new Output(this.stdout, this.stdout, this.env);
  }

  /** What stdout and stderr lead to; a closed one and a device that swallows everything, such as /dev/null, are left out. */
  public get places(): Stats[] {
    return [this.stdout, this.stderr].flatMap(({ fd, isTTY }) => {
      const stats = tryStat(fd);
      return stats === undefined || (stats.isCharacterDevice() && isTTY !== true) ? [] : [stats];
    });
  }

  /** Columns and rows of the terminal behind stderr; undefined when there is none. */
  public get size(): { readonly columns: number; readonly rows: number } | undefined {
    const { isTTY, columns = 0, rows = 0 } = this.stderr;
    // A terminal that was not told its size says 0.
    return isTTY === true ? { columns: columns > 0 ? columns : 80, rows: rows > 0 ? rows : 24 } : undefined;
  }

  /** Writes a line of data to stdout. */
  public line(text = ''): void {
    this.raw(`${text}\n`);
  }

  /** Writes to stdout exactly as given: what a container prints need not be text. */
  public raw(given: string | Uint8Array): void {
    if (given.length === 0) return;
    const isMidLine = given.at(-1) !== (typeof given === 'string' ? '\n' : newline);
    this.put(this.stdout, given, () => { this.isMidLine = isMidLine; });
  }

  /** Ends the last line on stdout if it has no newline yet. */
  public breakLine(): void {
    if (this.isMidLine) this.raw('\n');
  }

  /** Writes a line of talk to stderr; it never continues a line that was left open on stdout. */
  public talk(text = ''): void {
    this.put(this.stderr, `${this.takeBreak()}${text}\n`);
  }

  /** Writes a line of talk that begins with `warning: `. */
  public warn(text: string): void {
    this.talk(`${this.paintTalk('yellow', 'warning')}: ${text}`);
  }

  /** Writes status lines, and the sequences that move them, to stderr. */
  public rawTalk(text: string): void {
    this.stderr.write(`${this.takeBreak()}${text}`);
  }

  /** Writes an error, and what to do about it, to stderr. */
  public error(message: string, hint?: string): void {
    this.talk(`${this.paintTalk('red', 'error')}: ${message}`);
    if (hint !== undefined) this.talk(`${this.paintTalk('cyan', 'hint')}: ${hint}`);
  }

  /** A text in colour, for stdout. */
  public paint(style: TextStyle, text: string): string {
    return this.colours.stdout ? styleText(style, text, { validateStream: false }) : text;
  }

  /** A text in colour, for stderr. */
  public paintTalk(style: TextStyle, text: string): string {
    return this.colours.stderr ? styleText(style, text, { validateStream: false }) : text;
  }

  /** The newline that a line on stdout lacks, when what follows on stderr would continue it. */
  private takeBreak(): string {
    if (!this.isMidLine || !this.isOnePlace) return '';
    this.isMidLine = false;
    return '\n';
  }

  /** Writes while the overlay is out of the way; `written` is called before it comes back. */
  private put(stream: OutputStream, text: string | Uint8Array, written?: () => void): void {
    const overlay = stream.isTTY === true ? this.overlay : undefined;
    overlay?.hide();
    stream.write(text);
    written?.();
    overlay?.show();
  }
}

const newline = 10;

function isSameFile(one: number | undefined, other: number | undefined): boolean {
  const [a, b] = [tryStat(one), tryStat(other)];
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino;
}

/** What a descriptor leads to; undefined for a stream that is closed or has none. */
function tryStat(descriptor: number | undefined): Stats | undefined {
  if (descriptor === undefined) return undefined;
  try {
    return fstatSync(descriptor);
  } catch {
    // Closed: nothing can be written there.
    return undefined;
  }
}

function hasColour(stream: OutputStream, env: Readonly<Record<string, string | undefined>>): boolean {
  if (isSet(env.NO_COLOR)) return false;
  if (isSet(env.FORCE_COLOR)) return env.FORCE_COLOR !== '0';
  return stream.isTTY === true && !isSet(env.CI) && env.TERM !== 'dumb';
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'false';
}
