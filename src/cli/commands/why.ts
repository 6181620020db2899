import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { isJob, kindMeantBy } from '../../api/kinds';
import { UsageError } from '../../core/errors';
import { judgeTape, readTape, type Tape } from '../../runtime/record';
import { exitStatus } from '../../verdict/exit-status';
import type { JobVerdict } from '../../verdict/job-verdict';
import type { CommandCall, CommandDefinition } from '../command';
import { findNearest } from '../input/suggest';
import { attemptTable } from '../tables/attempt-table';
import type { Output, TextStyle } from '../terminal/output';

/** `why`: what a recorded run says. */
export const whyCommand: CommandDefinition = { define, run };

function define(command: Command): void {
  command
    .argument('<tape>', 'a file written by run --record')
    .option('--job <name>', 'the only Job to judge; default: all that the run applied')
    .addOption(new Option('-o, --output <format>', 'text or json').choices(['text', 'json']).default('text'))
    .addHelpText('after', '\nExit status: 0 whatever the tape says; the text names the exit status that run ended with.');
}

async function run({ args, options, context: { output, cwd } }: CommandCall): Promise<number> {
  const { job, output: format } = options as { readonly job?: string; readonly output: 'text' | 'json' };
  const [name] = args as [string];
  const tape = readTape(resolve(cwd, name), name);
  if (tape.observations.length === 0) throw new UsageError(`Cannot judge the tape ${name}: nothing was observed`, 'the run ended before it began');
  if (tape.endsEarly) output.warn(endOf(tape));
  const [verdict, ...others] = job === undefined ? judgeAll(tape) : [judgeTape(tape, { name: seenJob(tape, job) })];
  if (format === 'json') {
    const report = { apiVersion: 'cdk8s-jobs/v1', kind: 'JobVerdict', ...withStatus(verdict), ...(tape.endsEarly ? { tapeEndsEarly: true } : {}) };
    output.line(JSON.stringify(others.length === 0 ? report : { ...report, others: others.map(withStatus) }, null, 2));
    return 0;
  }
  describe(verdict, output);
  for (const other of others) {
    output.line();
    describe(other, output);
  }
  return 0;
}

/** How far a tape without an end goes. */
function endOf({ observations }: Tape): string {
  const seconds = Math.max(0, ...observations.map(({ at }) => at).filter(Number.isFinite));
  return `the tape ends early, after ${seconds.toFixed(1)}s: the run that wrote it was killed, and this is what it had seen by then`;
}

function withStatus(verdict: JobVerdict): object {
  return { ...verdict, exitStatus: exitStatus(verdict) };
}

/** The Job that was recorded, then the others that were applied with it. */
function judgeAll(tape: Tape): [first: JobVerdict, ...others: JobVerdict[]] {
  const first = judgeTape(tape);
  const { manifests = [] } = tape.head;
  const names = manifests.flatMap((object) => (isJob(object) && object.metadata?.name !== undefined ? [object.metadata.name] : []));
  return [first, ...names.filter((name) => name !== first.name).map((name) => judgeTape(tape, { name }))];
}

/** @throws {UsageError} for a Job that the tape does not know. */
function seenJob({ head: { manifests = [] }, observations }: Tape, name: string): string {
  const objects = [...manifests, ...observations.flatMap(({ watch, object }) => (watch === 'jobs' && object !== undefined ? [object] : []))];
  const sent = observations.flatMap(({ action }) => (action?.name !== undefined && kindMeantBy(action)?.kind === 'Job' ? [action.name] : []));
  const names = [...new Set([...objects.flatMap(nameOfJob), ...sent])];
  if (names.includes(name)) return name;
  const nearest = findNearest(name, names);
  const known = names.length === 0 ? 'there is no Job on it' : `on it: ${names.join(', ')}`;
  throw new UsageError(`Cannot find a Job "${name}" on the tape`, nearest === undefined ? known : `did you mean ${nearest}?`);
}

/** The name of an object if it is a Job, or may be one: a tape can hold any object, and the items of a list without their kind. */
function nameOfJob(object: { readonly apiVersion?: unknown; readonly kind?: unknown; readonly metadata?: unknown }): string[] {
  const { name } = (object.metadata ?? {}) as { readonly name?: unknown };
  const mayBeJob = object.kind === undefined || kindMeantBy(object)?.kind === 'Job';
  return mayBeJob && typeof name === 'string' ? [name] : [];
}

const styles: Readonly<Record<JobVerdict['verdict'], TextStyle>> = {
  Complete: 'green', Failed: 'red', Deleted: 'red', Refused: 'red', NotStarted: 'yellow', Suspended: 'yellow', Running: 'yellow',
};

function describe(verdict: JobVerdict, output: Output): void {
  const { name, namespace, uid, reason, diagnosis, message, hint, attempts, counts: { succeeded, failed, wanted } } = verdict;
  const place = namespace === null ? '' : `, namespace ${namespace}`;
  output.line(`${name ?? '(no Job)'}  ${output.paint(styles[verdict.verdict], verdict.verdict)}${reason === null ? '' : ` (${reason})`}${place}`);
  const failures = failed === 0 ? '' : `, ${failed} ${failed === 1 ? 'pod' : 'pods'} failed`;
  const rows: Array<readonly [label: string, text: string]> = [
    ['cause', diagnosis],
    ['message', message],
    ...(hint === '' ? [] : [['hint', hint] as const]),
    ...(uid === null ? [] : [['done', `${succeeded}/${wanted ?? '-'}${failures}`] as const]),
    ['decided', whenDecided(verdict)],
    ['exit', `${exitStatus(verdict)}, as run ends when it waits for this`],
  ];
  for (const [label, text] of rows) output.line(`  ${label.padEnd(8)} ${text}`);
  const table = attemptTable(attempts);
  if (table.length > 0) output.line();
  for (const line of table) output.line(`  ${line}`);
}

/** When the verdict was known, and when it was final, in seconds on the clock of the tape. */
function whenDecided({ decidedAt, settledAt, canHeal }: JobVerdict): string {
  if (decidedAt === null) return 'not yet';
  const known = `after ${decidedAt.toFixed(1)}s`;
  if (settledAt === null) return `${known}, not final: ${canHeal ? 'it can still heal by itself' : 'it cannot heal by itself'}`;
  const isLater = settledAt - decidedAt >= 0.05;
  return isLater ? `${known}; final after ${settledAt.toFixed(1)}s` : known;
}
