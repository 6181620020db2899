import type { Command } from 'commander';
import type { FeatureGates } from '../../api/feature-gates';
import { type GitOpsTool, gitOpsTools } from '../../api/gitops';
import { isMeantForJobSet } from '../../api/job-set';
import { InvalidInputError, type JobsError } from '../../core/errors';
import type { Finding } from '../../core/finding';
import { given } from '../../core/given';
import { isMeantForBatch } from '../../rules/decode/batch-kind';
import { type DeliveredOptions, type KubernetesVersion, serverOf } from '../../rules/rule/versions';
import { identityOf, sameNameFinding } from '../../rules/same-name';
import { idsSilencedIn } from '../../rules/silence';
import { fateOf, type TellOptions } from '../../rules/tell';
import { findAll } from '../../rules/validate-manifest';
import { exitStatuses } from '../../verdict/exit-status';
import { objectsAt, readKubectlObjects } from '../../yaml/kubectl-objects';
import type { ManifestDocument } from '../../yaml/read-manifests';
import { findReadingFaults } from '../../yaml/reading-findings';
import { AppSourceError } from '../app/syntax-error';
import type { CommandCall, CommandDefinition } from '../command';
import { addServer, type ServerFlags } from '../input/api-server';
import { findDeliveries, type FindDelivery } from '../input/find-deliveries';
import { folderHelp } from '../input/find-manifests';
import { loadInputs, type ManifestFile, NoManifestError } from '../input/load-input';
import { addManifests, manifestWords } from '../input/manifest-words';
import { findingOfRefusal, namePlace, placeFinding, type PlacedFinding } from '../input/place-finding';
import { addTelling } from '../input/telling-options';
import { type CheckedPlace, findFaultsTogether } from '../tables/order-findings';
import { countObject, leftOutNote } from '../tables/read-summary';
import { type ReportedFinding, type ReportFormat, renderReport, type ValidationReport } from '../tables/validation-report';

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
  // Gates that cannot be are told before anything is read.
  serverOf(given({ kubernetesVersion, featureGates }));
  const report = new MutableReport(given({ kubernetesVersion, featureGates }), telling);
  const { files, folders, leftOut } = await loadInputs(words, context, {
    onError: (name, error) => {
      if (passWithNoJobs && error instanceof NoManifestError) return;
      if (!(error instanceof InvalidInputError)) report.unread += 1;
      report.findings.push(toFinding(name, error));
    },
  });
  if (gitops !== undefined) report.git = { gitops, deliveryOf: findDeliveries(files) };
  for (const file of files) checkFile(file, folders.length === 0 && !passWithNoJobs, report);
  for (const { object, finding } of findFaultsTogether(report.objects, report.git)) report.add(finding, [object], () => finding);
  for (const name of leftOut) context.output.talk(leftOutNote(name));
  if (report.isEmpty && !passWithNoJobs) report.findings.push(nothingChecked(words));
  renderReport(report, output, context.output);
  if (report.unread > 0) return exitStatuses.error;
  return report.findings.some(({ severity }) => severity === 'error') ? findingsStatus : 0;
}

class MutableReport implements ValidationReport {
  public readonly findings: ReportedFinding[] = [];
  public files = 0;
  public documents = 0;
  public jobs = 0;
  public cronJobs = 0;
  public jobSets = 0;
  public others = 0;
  public notDecoded = 0;
  public heldBack = 0;
  public silenced = 0;
  public unread = 0;
  /** The tool that applies the manifests from Git, and how it applies each. */
  public git: { readonly gitops: GitOpsTool; readonly deliveryOf: FindDelivery } | undefined;
  /** Every object that was checked, of whatever kind. */
  public readonly objects: CheckedPlace[] = [];
  /** Where the Jobs and CronJobs are, by their identity; a place is found when somebody asks for it. */
  public readonly places = new Map<string, () => string>();

  /** @param server the API server that is answered for. */
  public constructor(private readonly server: ServerFlags, private readonly telling: TellOptions) {}

  public get kubernetesVersion(): KubernetesVersion {
    return this.server.kubernetesVersion;
  }

  public get featureGates(): FeatureGates | undefined {
    return this.server.featureGates;
  }

  /** What an object of a document is judged by. */
  public optionsFor(document: ManifestDocument, pathPrefix: string): DeliveredOptions {
    const { git, server } = this;
    return git === undefined ? server : { ...server, gitops: git.gitops, ...given({ delivery: git.deliveryOf(document, pathPrefix) }) };
  }

  /** Adds a finding about objects, unless it is held back or one of them silences it. `place` finds where it stands. */
  public add(finding: Finding, objects: readonly unknown[], place: () => ReportedFinding): void {
    const fate = fateOf(finding, this.telling, finding.severity === 'error' ? [] : objects.flatMap(idsSilencedIn));
    if (fate === 'told') this.findings.push(place());
    else this[fate] += 1;
  }

  public get gitops(): GitOpsTool | undefined {
    return this.git?.gitops;
  }

  /** Whether nothing was checked, and no error says why. */
  public get isEmpty(): boolean {
    return this.jobs + this.cronJobs + this.jobSets === 0 && !this.findings.some(({ severity }) => severity === 'error');
  }
}

function nothingChecked([first = '', ...others]: readonly string[]): ReportedFinding {
  const subject = others.length === 0 ? 'in it' : `in ${[first, ...others].join(', ')}`;
  return problem(first === '-' ? 'stdin' : first, 1, 1, `Nothing was checked: there is no Job or CronJob ${subject}`, 'if that is intended, add --pass-with-no-jobs');
}

function checkFile({ name, stream }: ManifestFile, mustHoldSome: boolean, report: MutableReport): void {
  report.files += 1;
  report.documents += stream.documents.length;
  for (const [position, document] of stream.documents.entries()) checkDocument(name, document, position + 1, report);
  const { error, hint } = stream;
  if (error !== undefined) report.findings.push(problem(name, error.line, error.column, `Cannot read the document: ${error.message}`, hint));
  else if (stream.documents.length === 0 && mustHoldSome) report.findings.push(problem(name, 1, 1, 'It holds no manifest', 'write a Job or a CronJob'));
}

function checkDocument(file: string, document: ManifestDocument, position: number, report: MutableReport): void {
  const reading = readKubectlObjects(document.value);
  const { objects, refusals } = reading;
  const add = (finding: Finding, about: readonly unknown[], place: () => PlacedFinding): void =>
    report.add(finding, about, () => ({ ...place(), file, document: position }));
  for (const finding of findReadingFaults(document)) add(finding, objectsAt(reading, finding.field), () => finding);
  for (const finding of refusals.map(findingOfRefusal)) add(finding, [], () => placeFinding(document, finding));
  if (refusals.some(({ field }) => field !== '')) report.notDecoded += 1;
  for (const { value, pathPrefix } of objects) {
    const isJobSet = isMeantForJobSet(value);
    const isOfBatch = isMeantForBatch(value);
    if (isJobSet) report.jobSets += 1;
    else countObject(report, value, isOfBatch);
    report.objects.push({ value, file, document, position, pathPrefix });
    if (!isOfBatch && !isJobSet) continue;
    const found = findAll(value, report.optionsFor(document, pathPrefix));
    if (found.some(({ type }) => type === 'Decode')) report.notDecoded += 1;
    const twins = findTwin(value, file, document, pathPrefix, report);
    for (const finding of [...found, ...twins]) add(finding, [value], () => placeFinding(document, finding, pathPrefix));
  }
}

/** Returns a finding when an earlier object, in whichever file, has the same name; otherwise notes the place. */
function findTwin(value: object, file: string, document: ManifestDocument, pathPrefix: string, { places }: MutableReport): Finding[] {
  const identity = identityOf(value);
  if (identity === undefined) return [];
  const place = places.get(identity);
  if (place !== undefined) return [sameNameFinding(identity, place())];
  places.set(identity, () => namePlace(file, document, pathPrefix));
  return [];
}

/** What kept a file from being read, as a finding at the place that the error names. */
function toFinding(word: string, error: JobsError): ReportedFinding {
  // The line already begins with the path of the app.
  if (!(error instanceof AppSourceError)) return problem(word, 1, 1, error.message.replace(`Cannot synthesize ${word}: `, 'Cannot synthesize: '), error.hint);
  const { file, line, column, text } = error.fault;
  return problem(file.replaceAll('\\', '/'), line, column, `Cannot synthesize ${word}: ${text}`);
}

function problem(file: string, line: number, column: number, message: string, hint?: string): ReportedFinding {
  return {
    rule: 'input',
    field: '',
    type: 'Decode',
    severity: 'error',
    file,
    document: 0,
    line,
    column,
    message: hint === undefined ? message : `${message}: ${hint}`,
  };
}
