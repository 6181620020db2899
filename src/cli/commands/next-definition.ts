import { InvalidArgumentError, type Command } from 'commander';
import { nextCommand } from './next';
import { UsageError } from '../../core/errors';
import { tryParseSchedule } from '../../schedule/parse';
import { Schedule } from '../../schedule/schedule';
import type { CommandCall, CommandDefinition } from '../command';

/** `next`: when a schedule fires. */
export const nextDefinition: CommandDefinition = { define, run };

function define(command: Command): void {
  command
    .usage('[options] <schedule>')
    // Takes several words, so that a schedule without quotes gets an answer that says so.
    .argument('<schedule...>', 'a schedule in quotes, such as "30 2 * * *" or @hourly')
    .option('--time-zone <zone>', 'an IANA time zone, such as Europe/Berlin; default: UTC')
    .option('--from <time>', 'the first time to consider: a date, or an RFC 3339 time; default: now')
    .option('-n, --count <number>', 'how many times', parseCount, 5)
    .addOption(command.createOption('-o, --output <format>', 'text or json').choices(['text', 'json']).default('text'));
}

interface Options {
  readonly timeZone?: string;
  readonly from?: string;
  readonly count: number;
  readonly output: 'text' | 'json';
}

async function run({ args, options, context }: CommandCall): Promise<number> {
  const words = args[0] as readonly string[];
  const [schedule = ''] = words;
  if (words.length > 1) throw unquoted(words, context.programName);
  const { timeZone, from, count, output } = options as unknown as Options;
  return nextCommand(schedule, { timeZone, from: from ?? new Date(), count, output }, context.output);
}

/** Without quotes, the shell passes the fields one by one, and file names in place of a star. */
function unquoted(words: readonly string[], programName: string): UsageError {
  const text = words.join(' ');
  const example = tryParseSchedule(text) instanceof Schedule ? text : '30 2 * * *';
  return new UsageError(`Cannot read the schedule: it came as ${words.length} words`, `quote it: ${programName} next '${example}'`);
}

/** A minutely schedule for two months. More is a mistake, for which nobody should have to wait. */
const mostRuns = 100_000;

function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('expected a whole number of at least 1.');
  if (count > mostRuns) throw new InvalidArgumentError(`expected ${mostRuns} at most.`);
  return count;
}
