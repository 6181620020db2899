import { styleText } from 'node:util';

/** A stream that text, and what containers print, is written to. */
export interface OutputStream {
  write(text: string | Uint8Array): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
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
  /** Whether a person reads stdout, and not a file or another program. */
  public readonly isTerminal: boolean;
  private readonly colours: { readonly stdout: boolean; readonly stderr: boolean };

  public constructor(
    private readonly stdout: OutputStream, private readonly stderr: OutputStream, env: Readonly<Record<string, string | undefined>>,
  ) {
    this.isInteractive = stderr.isTTY === true && !isSet(env.CI) && env.TERM !== 'dumb';
    this.isTerminal = stdout.isTTY === true;
    this.colours = { stdout: hasColour(stdout, env), stderr: hasColour(stderr, env) };
  }

  /** Columns of the terminal behind stderr; undefined when there is none. */
  public get columns(): number | undefined {
    return this.stderr.isTTY === true ? this.stderr.columns : undefined;
  }

  /** Writes a line of data to stdout. */
  public line(text = ''): void {
    this.stdout.write(`${text}\n`);
  }

  /** Writes to stdout exactly as given: what a container prints need not be text. */
  public raw(given: string | Uint8Array): void {
    this.stdout.write(given);
  }

  /** Writes a line of talk to stderr. */
  public talk(text = ''): void {
    this.stderr.write(`${text}\n`);
  }

  /** Writes to stderr exactly as given: status lines and the sequences that move them. */
  public rawTalk(text: string): void {
    this.stderr.write(text);
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
}

function hasColour(stream: OutputStream, env: Readonly<Record<string, string | undefined>>): boolean {
  if (isSet(env.NO_COLOR)) return false;
  if (isSet(env.FORCE_COLOR)) return env.FORCE_COLOR !== '0';
  return stream.isTTY === true && !isSet(env.CI) && env.TERM !== 'dumb';
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== 'false';
}
