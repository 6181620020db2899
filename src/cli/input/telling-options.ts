import { InvalidArgumentError, type Command } from 'commander';
import { problemOfSilence, readIds } from '../../rules/silence';
import { adviceChoices } from '../../rules/tell';

/** Adds the options that say what of the findings is told. */
export function addTelling(command: Command): Command {
  return command
    .addOption(command.createOption('--advice <which>', 'which advice: default, all (of choices that have a price too), none').choices(adviceChoices).default('default'))
    .addOption(command.createOption('--silence <id[,id]>', 'leave out warnings and advice of these ids (repeatable)').argParser(addIds).default([], 'none'));
}

function addIds(text: string, before: readonly string[]): readonly string[] {
  const ids = readIds(text);
  for (const id of ids) {
    const problem = problemOfSilence(id);
    if (problem !== undefined) throw new InvalidArgumentError([`${id}: ${problem.message}`, problem.hint].filter(Boolean).join(': '));
  }
  return [...before, ...ids];
}
