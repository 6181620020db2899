import { UsageError } from '../../core/errors';

/** How messages speak of a command that cannot be split. */
interface CommandSource {
  /** What cannot be done with it: `run the app of cdk8s.yaml`. */
  readonly purpose: string;
  /** What to do instead of using a shell: `put the command into a script`. */
  readonly withoutShell: string;
  /** What to write instead of nothing. */
  readonly example: string;
}

/**
 * The words of a command line; quotes keep blanks within a word, and nothing else has a meaning.
 *
 * @throws {UsageError} for what only a shell could do: pipes, redirections, variables, several commands.
 */
export function splitCommand(command: string, { purpose, withoutShell, example }: CommandSource): string[] {
  const words: string[] = [];
  for (const match of command.matchAll(/(?:"([^"]*)"|'([^']*)'|([^\s"']+))(?=\s|$)|(\S+)/g)) {
    const [, double, single, bare, odd] = match;
    if (odd !== undefined || (bare !== undefined && /[|&;<>$`*?]/.test(bare))) {
      throw new UsageError(`Cannot ${purpose}: "${odd ?? bare ?? ''}" needs a shell, and the command is run without one`, withoutShell);
    }
    words.push(double ?? single ?? bare ?? '');
  }
  if (words.length === 0) throw new UsageError(`Cannot ${purpose}: the command is empty`, example);
  return words;
}
