#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { CliContext, CommandEntry } from './command';
import { commands } from './commands';
import { statuses, statusOfError } from './exit-status';
import { renderHelp } from './help';
import { findNearest } from './input/suggest';
import { compileLater } from './late-compiler';
import { InterruptedError } from './run/interrupts';
import { Output, type OutputStream } from './terminal/output';
import { JobsError, UsageError } from '../core/errors';
import { describeFileError } from '../core/file-error';

/** The parts of a process that the program uses; tests pass their own. */
export interface ProcessLike {
  /** The words of the command line, without interpreter and script. */
  readonly args: readonly string[];
  /** The path by which the program was called. */
  readonly calledAs: string;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/**
 * Carries out a command line.
 *
 * @returns the exit status; it never throws: errors become a line on stderr.
 */
export async function main(host: ProcessLike, entries: readonly CommandEntry[] = commands): Promise<number> {
  const ownWords = host.args.includes('--') ? host.args.indexOf('--') : host.args.length;
  const args = host.args.filter((word, position) => word !== '--no-color' || position > ownWords);
  const env = args.length < host.args.length ? { ...host.env, NO_COLOR: '1' } : host.env;
  const output = new Output(host.stdout, host.stderr, env);
  const context: CliContext = {
    programName: programNameOf(host.calledAs),
    output,
    get stdin() { return host.stdin; },
    env,
    cwd: host.cwd,
  };
  try {
    return await dispatch(args, context, entries);
  } catch (error) {
    if (error instanceof InterruptedError) return error.status;
    reportError(error, output, env);
    return statusOfError(error, entries.find(({ name }) => name === args[0])?.group);
  }
}

async function dispatch(args: readonly string[], context: CliContext, entries: readonly CommandEntry[]): Promise<number> {
  const [first, ...rest] = args;
  if (first === undefined) {
    context.output.talk(renderHelp(context.programName, entries));
    return statuses.error;
  }
  if (first === '--version' || first === '-V' || first === 'version') {
    context.output.line(readVersion());
    return 0;
  }
  const [topic] = rest;
  const isHelp = first === '--help' || first === '-h' || first === 'help';
  if (isHelp && (topic === undefined || topic.startsWith('-'))) {
    context.output.line(renderHelp(context.programName, entries));
    return 0;
  }
  const entry = findEntry(isHelp ? topic ?? '' : first, context.programName, entries);
  // Loaded only here, so that the help of the whole program appears at once.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { runCommand } = require('./run-command') as typeof import('./run-command');
  return runCommand(entry, isHelp ? ['--help'] : rest, context, entries);
}

function findEntry(name: string, programName: string, entries: readonly CommandEntry[]): CommandEntry {
  const entry = entries.find((candidate) => candidate.name === name);
  if (entry !== undefined) return entry;
  if (name.startsWith('-')) throw new UsageError(`Unknown option ${name} before a command`, `options go after the command: ${programName} --help`);
  const nearest = findNearest(name, entries.map((candidate) => candidate.name));
  const hint = nearest === undefined ? `see ${programName} --help for all commands` : `did you mean ${programName} ${nearest}?`;
  throw new UsageError(`Unknown command "${name}"`, hint);
}

/** kubectl calls a plugin by its file, and users call it as kubectl's sub-command. */
function programNameOf(calledAs: string): string {
  return basename(calledAs).replace(/\.(?:js|ts|cmd|exe)$/, '') === 'kubectl-jobs' ? 'kubectl jobs' : 'cdk8s-jobs';
}

function readVersion(): string {
  const { version } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as { readonly version: string };
  return version;
}

function reportError(error: unknown, output: Output, env: Readonly<Record<string, string | undefined>>): void {
  if (JobsError.is(error)) {
    output.error(error.message, error.hint);
  } else {
    const text = error instanceof Error ? error.message : String(error);
    output.error(`${text} (a bug in cdk8s-jobs: please report it)`, env.DEBUG === undefined ? 'set DEBUG=1 to see where' : undefined);
  }
  if (env.DEBUG !== undefined && error instanceof Error && error.stack !== undefined) output.talk(error.stack);
}

/**
 * Ends the program when its output can no longer be written; what it started ends with it.
 *
 * A reader that has seen enough, like head, or a terminal that was closed ends it as the signal would: silently. A full disk is an error.
 */
function endUnheard(name: 'stdout' | 'stderr', error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(128 + 13);
  if (error.code === 'EIO') process.exit(128 + 1);
  if (name === 'stdout') new Output(process.stdout, process.stderr, process.env).error(`Cannot write to stdout: ${describeFileError(error)}`);
  process.exit(statuses.error);
}

if (require.main === module) {
  for (const name of ['stdout', 'stderr'] as const) process[name].on('error', (error) => endUnheard(name, error));
  compileLater(process.argv[2]);
  const { stdout, stderr, env } = process;
  // Node opens stdin when it is looked at, which takes milliseconds.
  const host: ProcessLike = {
    args: process.argv.slice(2),
    calledAs: process.argv[1] ?? '',
    stdout,
    stderr,
    get stdin() { return process.stdin; },
    env,
    cwd: process.cwd(),
  };
  void main(host).then((status) => { process.exitCode = status; });
}
