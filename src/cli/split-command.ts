import { UsageError } from '../core/errors';

/**
 * The words of a command line; quotes hold blanks together, nothing else has a meaning.
 *
 * @throws {UsageError} for what only a shell could do: pipes, redirections, variables, several commands.
 */
export function splitCommand(file: string, command: string): string[] {
  const words: string[] = [];
  for (const match of command.matchAll(/(?:"([^"]*)"|'([^']*)'|([^\s"']+))(?=\s|$)|(\S+)/g)) {
    const [, double, single, bare, odd] = match;
    if (odd !== undefined || (bare !== undefined && /[|&;<>$`*?]/.test(bare))) {
      throw new UsageError(
        `Cannot run the app of ${file}: "${odd ?? bare ?? ''}" needs a shell, and the command is run without one`,
        'put the command into a script, and write its name as `app`',
      );
    }
    words.push(double ?? single ?? bare ?? '');
  }
  if (words.length === 0) throw new UsageError(`Cannot run the app of ${file}: \`app\` is empty`, 'write the command, such as `app: npx tsx main.ts`');
  return words;
}
