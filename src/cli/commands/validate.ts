import { InvalidArgumentError, Option, type Command } from 'commander';
import { JobsError } from '../../core/errors';
import { isMeantForBatch } from '../../rules/decode/batch-kind';
import { kubernetesVersions, newestVersion, type KubernetesVersion, tryFindVersion } from '../../rules/rule/versions';
import { validateManifest } from '../../rules/validate-manifest';
import { readKubectlObjects } from '../../yaml/kubectl-objects';
import type { ManifestDocument } from '../../yaml/read-manifests';
import { findReadingFaults } from '../../yaml/reading-findings';
import type { CommandCall, CommandDefinition } from '../command';
import { loadInput, type ManifestFile } from '../input/load-input';
import { findingOfRefusal, placeFinding, type PlacedFinding } from '../input/place-finding';
import { AppSourceError } from '../input/syntax-error';
import { type ReportedFinding, type ReportFormat, renderReport, type ValidationReport } from '../tables/validation-report';

/** `validate`: findings of manifests, as the API server would have them. */
export const validateCommand: CommandDefinition = { define, run };

/** Exit status when there are errors. */
const findingsStatus = 2;

function define(command: Command): void {
  command
    .argument('<files...>', 'manifests, folders, apps (.ts, .js), folders with a cdk8s.yaml, or - for stdin')
    .addOption(new Option('--kubernetes-version <version>', `the API server to answer for: ${kubernetesVersions.join(', ')}, or a release of one`).argParser(parseVersion).default(newestVersion))
    .addOption(new Option('-o, --output <format>', 'text, json (one object) or github (annotations)').choices(['text', 'json', 'github']).default('text'));
}

/** `1.33`, and what clusters call it: `v1.33.2`. */
function parseVersion(text: string): KubernetesVersion {
  const version = tryFindVersion(text);
  if (version === undefined) throw new InvalidArgumentError(`Its rules are not known here; known are ${kubernetesVersions.join(', ')}.`);
  return version;
}

async function run({ args, options, context }: CommandCall): Promise<number> {
  const [files] = args as [readonly string[]];
  const { kubernetesVersion, output } = options as { kubernetesVersion: KubernetesVersion; output: ReportFormat };
  const report: MutableReport = { kubernetesVersion, findings: [], files: 0, documents: 0, notChecked: 0, notDecoded: 0 };
  for (const word of files) {
    try {
      const loaded = await loadInput(word, context);
      for (const file of loaded) checkFile(file, loaded.length === 1, report);
    } catch (error) {
      if (!JobsError.is(error)) throw error;
      report.files += 1;
      report.findings.push(toFinding(word, error));
    }
  }
  renderReport(report, output, context.output);
  return report.findings.some(({ severity }) => severity === 'error') ? findingsStatus : 0;
}

interface MutableReport extends ValidationReport {
  findings: ReportedFinding[];
  files: number;
  documents: number;
  notChecked: number;
  notDecoded: number;
}

function checkFile({ name, stream }: ManifestFile, isOnly: boolean, report: MutableReport): void {
  report.files += 1;
  report.documents += stream.documents.length;
  for (const [position, document] of stream.documents.entries()) checkDocument(name, document, position + 1, report);
  const { error } = stream;
  if (error !== undefined) report.findings.push(problem(name, error.line, error.column, `Cannot read the document: ${error.message}`));
  else if (stream.documents.length === 0 && isOnly) report.findings.push(problem(name, 1, 1, 'There is no manifest in it', 'write a Job or a CronJob'));
}

function checkDocument(file: string, document: ManifestDocument, position: number, report: MutableReport): void {
  const { findings, kubernetesVersion } = report;
  const add = (finding: PlacedFinding): void => void findings.push({ ...finding, file, document: position });
  for (const finding of findReadingFaults(document)) add(finding);
  const { objects, refusals } = readKubectlObjects(document.value);
  for (const refusal of refusals) add(placeFinding(document, findingOfRefusal(refusal)));
  if (refusals.some(({ field }) => field !== '')) report.notDecoded += 1;
  for (const { value, pathPrefix } of objects) {
    if (!isMeantForBatch(value)) {
      report.notChecked += 1;
      continue;
    }
    const found = validateManifest(value, { kubernetesVersion });
    for (const finding of found) add(placeFinding(document, finding, pathPrefix));
    if (found.some(({ type }) => type === 'Decode')) report.notDecoded += 1;
  }
}

/** What kept a file from being read, at the place where it says so. */
function toFinding(word: string, error: JobsError): ReportedFinding {
  // The path of the app stands in front already.
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
