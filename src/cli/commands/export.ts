import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { isJob } from '../../api/kinds';
import { checkDnsSubdomain } from '../../api/names';
import { UsageError } from '../../core/errors';
import { given } from '../../core/given';
import { findArgoFaults } from '../../export/argo-faults';
import { argoWorkflow } from '../../export/argo-workflow';
import { checkOutputFile, type OutputFile, replaceOutputFile } from '../../runtime/output-file';
import { writeYaml } from '../../yaml/write-yaml';
import type { CliContext, CommandCall, CommandDefinition } from '../command';
import { folderHelp } from '../input/find-manifests';
import { addManifests, manifestWords } from '../input/manifest-words';
import { placedLines } from '../input/place-finding';
import { type LocatedObject, loadLocatedObjects } from '../input/run-manifests';
import { refuseTwins } from '../run/check-run';

/** `export`: Jobs for another engine. */
export const exportCommand: CommandDefinition = { define, run };

/** The exit status when something cannot be exported. */
const refusedStatus = 2;

/** How every file begins that this command has written. */
const mark = '# Written by cdk8s-jobs export';

interface ExportFlags {
  readonly argo?: boolean;
  readonly name: string;
  readonly template?: boolean;
  readonly serviceAccount?: string;
  readonly out?: string;
}

function define(command: Command): void {
  addManifests(command)
    .option('--argo', 'a Workflow of Argo Workflows, with one step for each Job and the order of cdk8s-jobs/after')
    .option('--name <name>', 'of the Workflow', 'jobs')
    .option('--template', 'write a WorkflowTemplate, which is submitted again and again')
    .option('--service-account <name>', 'of the pods of the Workflow, which create and get Jobs')
    .addOption(new Option('--out <file>', 'write this file; default: stdout'))
    .addHelpText('after', [
      '',
      'Objects that wait for no Job are written in front of the Workflow, as they are. A Job gets a new name in each run.',
      folderHelp,
      'Exit status: 0 written; 2 Argo would misread something, and nothing was written; 125 wrong usage, or something cannot be read or written.',
    ].join('\n'));
}

async function run(call: CommandCall): Promise<number> {
  const { options, context } = call;
  const flags = options as unknown as ExportFlags;
  if (flags.argo !== true) throw new UsageError('Cannot export: no engine is named', 'write --argo for a Workflow of Argo Workflows');
  checkName('--name', flags.name);
  if (flags.serviceAccount !== undefined) checkName('--service-account', flags.serviceAccount);
  const file = flags.out === undefined ? undefined : outputFile(flags.out, context);
  if (file !== undefined) checkOutputFile(file);
  const words = manifestWords(call);
  const located = await loadLocatedObjects(words, context);
  const objects = located.map(({ object }) => object);
  if (!objects.some(isJob)) throw new UsageError(`Cannot export ${words.join(', ')}: there is no Job of batch`, 'a Job has apiVersion: batch/v1 and kind: Job');
  refuseTwins('export', located);
  if (tellFaults(located, context)) return refusedStatus;
  const { name, template: isTemplate, serviceAccount } = flags;
  const { workflow, before } = argoWorkflow(objects, { name, ...given({ isTemplate, serviceAccount }) });
  const text = `${mark} --argo\n${writeYaml(...before, workflow)}`;
  if (file === undefined) context.output.raw(text);
  else replaceOutputFile(file, text);
  return 0;
}

/** Says what Argo would misread. @returns whether that keeps the objects from being exported. */
function tellFaults(located: readonly LocatedObject[], { output }: CliContext): boolean {
  let isRefused = false;
  for (const { position, finding } of findArgoFaults(located.map(({ object }) => object))) {
    const place = located[position];
    if (place === undefined) continue;
    const isError = finding.severity === 'error';
    isRefused ||= isError;
    for (const line of placedLines([finding], place)) {
      if (isError) output.error(line);
      else output.warn(line);
    }
  }
  return isRefused;
}

function outputFile(name: string, { cwd }: CliContext): OutputFile {
  return { path: resolve(cwd, name), name, sort: 'workflow', mark };
}

function checkName(flag: string, name: string): void {
  const [problem] = checkDnsSubdomain(name);
  if (problem !== undefined) throw new UsageError(`Cannot use ${flag} "${name}": ${problem}`);
}
