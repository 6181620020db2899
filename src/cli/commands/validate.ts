import type { Command } from 'commander';
import { type GitOpsTool, gitOpsTools } from '../../api/gitops';
import { given } from '../../core/given';
import { serverOf } from '../../rules/rule/versions';
import type { TellOptions } from '../../rules/tell';
import { exitStatuses } from '../../verdict/exit-status';
import type { CommandCall, CommandDefinition } from '../command';
import { addServer, type ServerFlags } from '../input/api-server';
import { findDeliveries } from '../input/find-deliveries';
import { folderHelp } from '../input/find-manifests';
import { loadInputs, NoManifestError } from '../input/load-input';
import { addManifests, manifestWords } from '../input/manifest-words';
import { addTelling } from '../input/telling-options';
import { leftOutNote } from '../tables/read-summary';
import { type ReportedFinding, type ReportFormat, renderReport, type ValidationReport } from '../tables/validation-report';
import { type CheckedFile, type CheckSettings, type JudgingOf, problemAt, unreadFile } from '../validation/check-file';
import { checkFiles } from '../validation/check-files';
import { reportOf, type ReportSettings } from '../validation/report';

/** `validate`: findings of manifests, as the API server would have them. */
export const validateCommand: CommandDefinition = { define, run };

/** The exit status when there are errors. */
const findingsStatus = 2;

function define(command: Command): void {
  addTelling(addServer(addManifests(command))
    .addOption(command.createOption('--gitops <tool>', 'find what goes wrong too when this tool applies the manifests from Git').choices([...gitOpsTools]))
    .option('--pass-with-no-jobs', 'end with 0 even when there is no Job or CronJob to check'))
    .addOption(command.createOption('-o, --output <format>', 'text, json (one object) or github (annotations)').choices(['text', 'json', 'github']).default('text'))
    .addHelpText('after', [
      '',
      folderHelp,
      'Exit status: 0 no errors; 2 errors, or nothing that could be checked; 125 something could not be read, or wrong usage.',
    ].join('\n'));
}

interface ValidateFlags extends TellOptions, ServerFlags {
  readonly gitops?: GitOpsTool;
  readonly output: ReportFormat;
  readonly passWithNoJobs?: boolean;
}

async function run(call: CommandCall): Promise<number> {
  const { options, context } = call;
  const words = manifestWords(call);
  const { kubernetesVersion, featureGates, gitops, output, passWithNoJobs = false, ...telling } = options as unknown as ValidateFlags;
  const server = { kubernetesVersion, ...given({ featureGates }) };
  // Gates that cannot be are told before anything is read.
  serverOf(server);
  const unread: CheckedFile[] = [];
  const { files, folders, leftOut } = await loadInputs(words, context, {
    areReadLater: gitops === undefined,
    onError: (name, error) => {
      if (!passWithNoJobs || !(error instanceof NoManifestError)) unread.push(unreadFile(name, error));
    },
  });
  const settings: CheckSettings = { judging: server, telling, mustHoldSome: folders.length === 0 && !passWithNoJobs };
  const git = gitops === undefined ? undefined : { gitops, deliveryOf: findDeliveries(files) };
  const checked = await checkFiles(files, settings, git && judgingInGit(server, git));
  const report = reportOf(unread.flatMap(({ problem }) => problem ?? []), files, checked, { ...server, telling, git });
  for (const name of leftOut) context.output.talk(leftOutNote(name));
  const isNothing = !passWithNoJobs && isEmpty(report);
  renderReport(isNothing ? { ...report, findings: [...report.findings, nothingChecked(words)] } : report, output, context.output);
  if ([...unread, ...checked].some(({ isUnread }) => isUnread)) return exitStatuses.error;
  return isNothing || report.findings.some(({ severity }) => severity === 'error') ? findingsStatus : 0;
}

/** What an object is judged by when a tool applies it from Git. */
function judgingInGit(server: ServerFlags, { gitops, deliveryOf }: NonNullable<ReportSettings['git']>): JudgingOf {
  return (document, pathPrefix) => ({ ...server, gitops, ...given({ delivery: deliveryOf(document, pathPrefix) }) });
}

/** Whether nothing was checked, and no error says why. */
function isEmpty({ jobs, cronJobs, jobSets = 0, findings }: ValidationReport): boolean {
  return jobs + cronJobs + jobSets === 0 && !findings.some(({ severity }) => severity === 'error');
}

function nothingChecked([first = '', ...others]: readonly string[]): ReportedFinding {
  const subject = others.length === 0 ? 'in it' : `in ${[first, ...others].join(', ')}`;
  return problemAt(first === '-' ? 'stdin' : first, { line: 1, column: 1 }, `Nothing was checked: there is no Job or CronJob ${subject}`, 'if that is intended, add --pass-with-no-jobs');
}
