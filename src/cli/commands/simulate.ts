import { InvalidArgumentError, Option, type Command } from 'commander';
import { UsageError } from '../../core/errors';
import { formatFinding } from '../../core/finding';
import type { PodScript } from '../../testing/pod-script';
import { simulate, type SimulateOptions } from '../../testing/simulate';
import type { CliContext, CommandCall, CommandDefinition } from '../command';
import { loadInput } from '../load-input';
import { selectJob } from '../select-manifest';
import { renderTrace } from '../trace-report';

/** `simulate`: what would happen to a Job or CronJob, under a virtual clock. */
export const simulateCommand: CommandDefinition = { define, run };

/** Exit status when the manifest is refused. */
const refusedStatus = 2;

function define(command: Command): void {
  command
    .argument('<manifest>', 'a manifest, an app, or - for stdin')
    .option('--script <file>', 'what the pods do, as YAML or JSON: default, byIndex, byOrder (each {after: seconds, exit: code})')
    .option('--name <name>', 'which Job or CronJob, when there are several')
    .option('--until <seconds>', 'virtual seconds; default: until nothing more happens, for a CronJob an hour', parseSeconds)
    .option('--start-at <time>', 'the virtual time at the beginning, as RFC 3339', parseTime)
    .option('--seed <number>', 'where names come from', parseSeed)
    .addOption(new Option('-o, --output <format>', 'text (a timeline) or json (the trace)').choices(['text', 'json']).default('text'));
}

interface Options {
  readonly script?: string;
  readonly name?: string;
  readonly until?: number;
  readonly startAt?: Date;
  readonly seed?: number;
  readonly output: 'text' | 'json';
}

async function run({ args, options, context }: CommandCall): Promise<number> {
  const [word] = args as [string];
  const { script, name, output, until, startAt, seed } = options as unknown as Options;
  const { value } = selectJob(await loadInput(word, context), name);
  const story = script === undefined ? {} : await readScript(script, context);
  const trace = simulate(value, story.script, {
    ...story.options,
    ...(until === undefined ? {} : { until }),
    ...(startAt === undefined ? {} : { startAt }),
    ...(seed === undefined ? {} : { seed }),
  });
  if (output === 'json') context.output.line(JSON.stringify(trace, null, 2));
  else if (trace.findings.length === 0) for (const line of renderTrace(trace)) context.output.line(line);
  for (const finding of trace.findings) context.output.error(`${word}: ${formatFinding(finding)}`);
  return trace.findings.length === 0 ? 0 : refusedStatus;
}

interface Story {
  readonly script?: PodScript;
  readonly options?: SimulateOptions;
}

/** A script of pods, or a whole story: `script` with `actions` and `until` beside it. */
async function readScript(word: string, context: CliContext): Promise<Story> {
  const [file] = await loadInput(word, context);
  const error = file?.stream.error;
  if (error !== undefined) throw new UsageError(`Cannot read ${word}:${error.line}:${error.column}: ${error.message}`);
  const value = file?.stream.documents[0]?.value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError(`Cannot read ${word}: a script is an object`, 'such as {"default": {"after": 2, "exit": 0}}');
  }
  if (!('script' in value)) return { script: checkScript(word, value) };
  const { script, actions, until } = value as { readonly script: object; readonly actions?: SimulateOptions['actions']; readonly until?: number };
  const options = { ...(actions === undefined ? {} : { actions }), ...(until === undefined ? {} : { until }) };
  return { script: checkScript(word, script), options };
}

const scriptFields: readonly string[] = ['default', 'byIndex', 'byOrder', 'onDelete'];

function checkScript(word: string, script: object): PodScript {
  const unknown = Object.keys(script).find((field) => !scriptFields.includes(field));
  if (unknown === undefined) return script;
  throw new UsageError(`Cannot read ${word}: a script has no field ${unknown}`, `its fields are ${scriptFields.join(', ')}`);
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

function parseTime(text: string): Date {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new InvalidArgumentError('expected a time such as 2027-03-28T00:00:00Z.');
  return time;
}
