import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { readTape } from '../../runtime/record';
import { exitStatus } from '../../verdict/exit-status';
import { judge } from '../../verdict/judge';
import type { CommandCall, CommandDefinition } from '../command';

/** `why`: what a recorded run says. */
export const whyCommand: CommandDefinition = { define, run };

function define(command: Command): void {
  command
    .argument('<tape>', 'a file written by run --record')
    .option('--job <name>', 'the Job to judge; default: the first')
    .addOption(new Option('-o, --output <format>', 'text or json').choices(['text', 'json']).default('text'));
}

async function run({ args, options, context: { output, cwd } }: CommandCall): Promise<number> {
  const { job, output: format } = options as { readonly job?: string; readonly output: 'text' | 'json' };
  const { observations } = readTape(resolve(cwd, args[0] as string));
  const verdict = judge(observations, job === undefined ? {} : { name: job });
  if (format === 'json') {
    output.line(JSON.stringify({ apiVersion: 'cdk8s-jobs/v1', kind: 'JobVerdict', ...verdict, exitStatus: exitStatus(verdict) }, null, 2));
    return 0;
  }
  const reason = verdict.reason === null ? '' : ` (${verdict.reason})`;
  output.line(`${verdict.name ?? 'Job'}  ${verdict.verdict}${reason}: ${verdict.diagnosis}`);
  output.line(verdict.message);
  if (verdict.hint !== '') output.line(verdict.hint);
  if (verdict.decidedAt !== null) output.line(`known after ${verdict.decidedAt.toFixed(1)}s; exit status of run: ${exitStatus(verdict)}`);
  return 0;
}
