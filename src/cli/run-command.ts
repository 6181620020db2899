import { Command, CommanderError } from 'commander';
import type { CliContext, CommandEntry } from './command';
import { findNearest } from './input/suggest';
import { readPlainCall } from './plain-call';
import { UsageError } from '../core/errors';

/**
 * Loads a command, reads its arguments and options, and carries it out.
 *
 * @returns the exit status.
 * @throws {UsageError} for arguments and options that the command does not have.
 */
export async function runCommand(
  entry: CommandEntry, words: readonly string[], context: CliContext, commands: readonly CommandEntry[],
): Promise<number> {
  const definition = entry.load();
  const plain = readPlainCall(definition, words);
  if (plain !== undefined) return definition.run({ ...plain, context, commands });
  const command = new Command(entry.name).description(entry.summary).helpOption('-h, --help', 'this help');
  command.exitOverride().showSuggestionAfterError(false);
  command.configureOutput({ writeOut: (text) => context.output.raw(text), writeErr: () => undefined });
  definition.define(command);
  // Under the name that was called, which may be two words.
  command.name(`${context.programName} ${entry.name}`);
  command.addHelpText('after', `\nExample:\n  $ ${context.programName} ${entry.example}`);
  let status = 0;
  command.action(async () => {
    const args = command.processedArgs as Array<string | string[] | undefined>;
    status = await definition.run({ args, options: command.opts(), context, commands });
  });
  try {
    await command.parseAsync(words, { from: 'user' });
    return status;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    throw toUsageError(error, command, context, entry);
  }
}

function toUsageError(error: CommanderError, command: Command, context: CliContext, { name }: CommandEntry): UsageError {
  const [sentence = ''] = error.message.replace(/^error: /, '').split('\n');
  const message = `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`.replaceAll("'", '"').replace(/\.$/, '');
  const flag = error.code === 'commander.unknownOption' ? /--?[\w-]+/.exec(message)?.[0] : undefined;
  const flags = command.options.flatMap(({ long, short }) => [long, short]).filter((text) => typeof text === 'string');
  const nearest = flag === undefined ? undefined : findNearest(flag, flags);
  const help = `${context.programName} ${name} --help`;
  return new UsageError(message, nearest === undefined ? `see ${help}` : `did you mean ${nearest}? see ${help}`);
}
