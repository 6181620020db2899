import type { Command } from 'commander';
import type { Output } from './terminal/output';

/** The chapters of the help, in reading order. */
export type CommandGroup = 'write' | 'check' | 'run' | 'ask';

/** What a command was called with. */
export interface CommandCall {
  /** Positional arguments as commander delivers them: a text, or a list of texts for `<files...>`. */
  readonly args: ReadonlyArray<string | readonly string[] | undefined>;
  /** Options by their camel-case names. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly context: CliContext;
  /** All commands of the program. */
  readonly commands: readonly CommandEntry[];
}

/** What of the process a command may use. */
export interface CliContext {
  /** The name that the user called: `cdk8s-jobs`, or `kubectl jobs`. */
  readonly programName: string;
  readonly output: Output;
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** What a command's module exports. */
export interface CommandDefinition {
  /** Adds arguments and options; nothing is carried out. */
  readonly define: (command: Command) => void;
  /**
   * Carries the command out.
   *
   * @returns the exit status.
   * @throws {JobsError} for what cannot be done; it becomes one line on stderr and exit status 125.
   */
  readonly run: (call: CommandCall) => Promise<number>;
}

/** One line of the help, and how to load the command's code, which happens only when it is called. */
export interface CommandEntry {
  readonly name: string;
  readonly group: CommandGroup;
  /** One line, without a period. */
  readonly summary: string;
  /** Arguments of a call worth trying, without the program's name: `validate dist/`. */
  readonly example: string;
  readonly load: () => CommandDefinition;
}
