import { InvalidArgumentError, Option, type Command } from 'commander';
import { given } from '../../core/given';
import { asObject } from '../../core/json';
import { simulate } from '../../testing/simulate';
import { refusalsOf } from '../../testing/simulated-admission';
import type { CommandCall, CommandDefinition } from '../command';
import { addServer, type ServerFlags } from '../input/api-server';
import { parseCount } from '../input/cluster-call';
import { loadInputs } from '../input/load-input';
import { addManifests, manifestWords } from '../input/manifest-words';
import { placedLines } from '../input/place-finding';
import { addQueueOptions, notesOnPriorities, type QueueFlags, readQueues } from '../input/read-queues';
import { readStory, type Story } from '../input/read-story';
import { readTime } from '../input/read-time';
import { selectJobs } from '../input/select-manifest';
import { secondsOfRuns } from '../input/simulated-time';
import { renderTrace } from '../tables/trace-report';

/** `simulate`: what would happen to Jobs and CronJobs, under one virtual clock. */
export const simulateCommand: CommandDefinition = { define, run };

/** Where the virtual clock begins unless told otherwise. */
const defaultStart = new Date(Date.UTC(2026, 0, 1));

/** The exit status when the manifest is refused. */
const refusedStatus = 2;

function define(command: Command): void {
  const simulated = addManifests(command)
    .option('--script <file>', 'what the pods do, as YAML or JSON: default, byIndex, byOrder (each {after: seconds, exit: code}), byJob')
    .option('--name <name>', 'only this Job or CronJob of several, without waiting for others')
    .option('--until <seconds>', 'virtual seconds; default: until nothing more happens, for a CronJob an hour beyond its third run', parseSeconds)
    .option('--start-at <time>', 'when the virtual clock starts: 2027-03-28T00:00:00Z; without an offset in UTC')
    .option('--max-parallel <jobs>', 'start no more than so many Jobs at once; the others wait for their turn', parseCount);
  addServer(addQueueOptions(simulated, ''))
    .option('--seed <number>', 'what the generated names come from', parseSeed)
    .addOption(new Option('-o, --output <format>', 'text (a timeline) or json (the trace)').choices(['text', 'json']).default('text'));
}

interface Options extends QueueFlags, ServerFlags {
  readonly script?: string;
  readonly name?: string;
  readonly until?: number;
  readonly startAt?: string;
  readonly seed?: number;
  readonly maxParallel?: number;
  readonly output: 'text' | 'json';
}

async function run(call: CommandCall): Promise<number> {
  const { options, context } = call;
  const { script, name, output, until, startAt, seed, maxParallel, kubernetesVersion, featureGates } = options as unknown as Options;
  const server = given({ kubernetesVersion, featureGates });
  const selected = selectJobs((await loadInputs(manifestWords(call), context)).files, name);
  const manifests = selected.map(({ value }) => value);
  const story: Story = script === undefined ? {} : await readStory(script, manifests, context);
  const begin = startAt === undefined ? defaultStart : readTime(startAt, 'UTC');
  const schedules = selected.filter(({ kind }) => kind === 'CronJob');
  const trace = simulate(manifests, story.script, {
    ...schedules.length > 0 ? { until: Math.max(...schedules.map(({ value }) => secondsOfRuns(value, begin))) } : {},
    ...story.options,
    ...given({ until, seed, maxParallel }),
    ...server,
    startAt: begin,
    ...readQueues(options as QueueFlags),
  });
  const isRefused = trace.findings.length > 0;
  for (const note of notesOnPriorities(manifests.map(asObject), options as QueueFlags)) context.output.warn(note);
  const shownFrom = schedules.length > 0 ? +begin : undefined;
  if (output === 'json') context.output.line(JSON.stringify(trace, null, 2));
  else if (!isRefused) for (const line of renderTrace(trace, shownFrom)) context.output.line(line);
  if (!isRefused) return 0;
  const refusals = refusalsOf(manifests, server);
  for (const [position, place] of selected.entries()) {
    const findings = refusals.filter((refusal) => refusal.position === position).map(({ finding }) => finding);
    for (const line of placedLines(findings, place)) context.output.error(line);
  }
  return refusedStatus;
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
