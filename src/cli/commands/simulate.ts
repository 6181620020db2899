import { InvalidArgumentError, Option, type Command } from 'commander';
import { given } from '../../core/given';
import { simulate } from '../../testing/simulate';
import type { CommandCall, CommandDefinition } from '../command';
import { loadInputs } from '../input/load-input';
import { addManifests, manifestWords } from '../input/manifest-words';
import { placedLines } from '../input/place-finding';
import { readStory, type Story } from '../input/read-story';
import { readTime } from '../input/read-time';
import { selectJob } from '../input/select-manifest';
import { secondsOfRuns } from '../input/simulated-time';
import { renderTrace } from '../tables/trace-report';

/** `simulate`: what would happen to a Job or CronJob, under a virtual clock. */
export const simulateCommand: CommandDefinition = { define, run };

/** Where the virtual clock begins unless told otherwise. */
const defaultStart = new Date(Date.UTC(2026, 0, 1));

/** The exit status when the manifest is refused. */
const refusedStatus = 2;

function define(command: Command): void {
  addManifests(command)
    .option('--script <file>', 'what the pods do, as YAML or JSON: default, byIndex, byOrder (each {after: seconds, exit: code})')
    .option('--name <name>', 'which Job or CronJob, when there are several')
    .option('--until <seconds>', 'virtual seconds; default: until nothing more happens, for a CronJob an hour beyond its third run', parseSeconds)
    .option('--start-at <time>', 'when the virtual clock starts: 2027-03-28T00:00:00Z; without an offset in UTC')
    .option('--seed <number>', 'what the generated names come from', parseSeed)
    .addOption(new Option('-o, --output <format>', 'text (a timeline) or json (the trace)').choices(['text', 'json']).default('text'));
}

interface Options {
  readonly script?: string;
  readonly name?: string;
  readonly until?: number;
  readonly startAt?: string;
  readonly seed?: number;
  readonly output: 'text' | 'json';
}

async function run(call: CommandCall): Promise<number> {
  const { options, context } = call;
  const { script, name, output, until, startAt, seed } = options as unknown as Options;
  const selected = selectJob((await loadInputs(manifestWords(call), context)).files, name);
  const { value, kind } = selected;
  const story: Story = script === undefined ? {} : await readStory(script, value, context);
  const begin = startAt === undefined ? defaultStart : readTime(startAt, 'UTC');
  const isCronJob = kind === 'CronJob';
  const trace = simulate(value, story.script, {
    ...isCronJob ? { until: secondsOfRuns(value, begin) } : {},
    ...story.options,
    ...given({ until, seed }),
    startAt: begin,
  });
  if (output === 'json') context.output.line(JSON.stringify(trace, null, 2));
  else if (trace.findings.length === 0) for (const line of renderTrace(trace, isCronJob ? +begin : undefined)) context.output.line(line);
  for (const line of placedLines(trace.findings, selected)) context.output.error(line);
  return trace.findings.length === 0 ? 0 : refusedStatus;
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (text.trim() === '' || !(seconds >= 0)) throw new InvalidArgumentError('expected a number of seconds.');
  return seconds;
}

function parseSeed(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('expected a whole number.');
  return Number(text);
}
