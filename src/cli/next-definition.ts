import { InvalidArgumentError, Option, type Command } from 'commander';
import type { CommandCall, CommandDefinition } from './command';
import { nextCommand } from './commands/next';

/** `next`: when a schedule fires. */
export const nextDefinition: CommandDefinition = { define, run };

function define(command: Command): void {
  command
    .argument('<schedule>', 'a schedule in quotes, such as "30 2 * * *" or @hourly')
    .option('--time-zone <zone>', 'an IANA time zone, such as Europe/Berlin; default: UTC')
    .option('--from <time>', 'the first time to consider: a date, or an RFC 3339 time; default: now')
    .option('-n, --count <number>', 'how many times', parseCount, 5)
    .addOption(new Option('-o, --output <format>', 'text or json').choices(['text', 'json']).default('text'));
}

interface Options {
  readonly timeZone?: string;
  readonly from?: string;
  readonly count: number;
  readonly output: 'text' | 'json';
}

async function run({ args, options, context }: CommandCall): Promise<number> {
  const [schedule] = args as [string];
  const { timeZone, from, count, output } = options as unknown as Options;
  return nextCommand(schedule, { timeZone, from: from ?? new Date(), count, output }, context.output);
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('expected a whole number from 1.');
  return count;
}
