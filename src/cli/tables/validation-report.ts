import { countOf, describeRead, type ReadCounts } from './read-summary';
import type { FeatureGates } from '../../api/feature-gates';
import type { GitOpsTool } from '../../api/gitops';
import { type Finding, formatFaultWithHint, type Severity } from '../../core/finding';
import { given } from '../../core/given';
import { type KubernetesVersion, previewNotice } from '../../rules/rule/versions';
import { formatFeatureGates } from '../input/api-server';
import type { Output, TextStyle } from '../terminal/output';
import { workflowCommand } from '../terminal/workflow-commands';

/** A finding with its place. */
export interface ReportedFinding extends Finding {
  readonly file: string;
  /** Which document of the file it is, from 1; 0 for a finding about the file itself. */
  readonly document: number;
  readonly line: number;
  readonly column: number;
}

/** What a run of `validate` found. */
export interface ValidationReport extends ReadCounts {
  readonly kubernetesVersion: KubernetesVersion;
  /** Those that were set. */
  readonly featureGates?: FeatureGates | undefined;
  /** The tool that applies the manifests from Git, when one was named. */
  readonly gitops?: GitOpsTool | undefined;
  readonly findings: readonly ReportedFinding[];
  /** Objects with a value of the wrong type: as on the API server, nothing else in them is judged until it is right. */
  readonly notDecoded: number;
  /** How much advice was held back: nobody asked for it. */
  readonly heldBack: number;
  /** How many warnings and how much advice was silenced by an id. */
  readonly silenced: number;
}

/** How a report is written. */
export type ReportFormat = 'text' | 'json' | 'github';

/** Writes a report to stdout. */
export function renderReport(report: ValidationReport, format: ReportFormat, output: Output): void {
  switch (format) {
    case 'json':
      output.line(JSON.stringify(toJson(report), null, 2));
      break;
    case 'github':
      for (const finding of report.findings) output.line(toAnnotation(finding));
      for (const line of summarize(report)) output.talk(line);
      break;
    case 'text':
      for (const line of findingLines(report.findings, output)) output.line(line);
      if (report.findings.length > 0) output.line();
      for (const line of summarize(report)) output.line(line);
      break;
  }
}

function toJson(report: ValidationReport): object {
  const { kubernetesVersion, featureGates, gitops, findings, heldBack, silenced } = report;
  const { files, documents, jobs, cronJobs, jobSets = 0, others, notDecoded } = report;
  return {
    apiVersion: 'cdk8s-jobs/v1',
    kind: 'ValidationReport',
    ok: count(report, 'error') === 0,
    kubernetesVersion,
    ...given({ notice: previewNotice(kubernetesVersion), featureGates, gitops }),
    files,
    documents,
    jobs,
    cronJobs,
    jobSets,
    notChecked: others,
    notDecoded,
    errors: count(report, 'error'),
    warnings: count(report, 'warning'),
    advice: count(report, 'advice'),
    heldBack,
    silenced,
    findings: findings.map((finding) => ({ ...finding, text: textOf(finding) })),
  };
}

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', advice: 'notice' };

/** A workflow command, which puts the finding on the line of a pull request. */
function toAnnotation(finding: ReportedFinding): string {
  const { severity, file, line, column, rule, field } = finding;
  return workflowCommand(commands[severity], { file, line, col: column, title: rule }, `${field === '' ? '' : `${field}: `}${textOf(finding)}`);
}

const styles: Readonly<Record<Severity, TextStyle>> = { error: 'red', warning: 'yellow', advice: 'cyan' };

/** Findings as lines for people: place, severity, path, words and rule. */
export function findingLines(findings: readonly ReportedFinding[], output: Output): string[] {
  const rows = findings.map((finding) => ({
    place: `${finding.file}:${finding.line}:${finding.column}`, field: shortenPath(finding.field), finding,
  }));
  const placeWidth = Math.max(0, ...rows.map(({ place }) => place.length));
  const fieldWidth = Math.max(0, ...rows.map(({ field }) => field.length));
  return rows.map(({ place, field, finding }) => {
    const severity = output.paint(styles[finding.severity], finding.severity.padEnd('warning'.length));
    const text = finding.rule === 'input' ? finding.message : `${field.padEnd(fieldWidth)}  ${textOf(finding)}  ${output.paint('dim', finding.rule)}`;
    return `${place.padEnd(placeWidth)}  ${severity}  ${text}`;
  });
}

function textOf(finding: ReportedFinding): string {
  return finding.rule === 'input' ? finding.message : formatFaultWithHint(finding);
}

const longestPath = 48;

/** The last fields of a long path: the line and column lead to the whole one. */
function shortenPath(path: string): string {
  return path.length <= longestPath ? path : path.replace(/^(?:items\[\d+\]\.)?spec\.(?:jobTemplate\.spec\.)?template\.spec\./, '…');
}

/** The hint where a fault hides others. */
export const decodesFirst = 'first fix what cannot be decoded: as on the API server, the rest of such an object is only judged once it decodes';

function summarize(report: ValidationReport): string[] {
  const { others, notDecoded, kubernetesVersion, featureGates } = report;
  const found = [countOf(count(report, 'error'), 'error'), countOf(count(report, 'warning'), 'warning')];
  const advice = count(report, 'advice');
  if (advice > 0) found.push(`${advice} advice`);
  const summary = `${describeRead(report)}${others === 0 ? '' : ' (not checked)'}: ${found.join(', ')} (Kubernetes ${kubernetesVersion}${featureGates === undefined ? '' : ` with ${formatFeatureGates(featureGates)}`})`;
  const notice = previewNotice(kubernetesVersion);
  return [...notDecoded === 0 ? [] : [decodesFirst], ...describeUntold(report), ...notice === undefined ? [] : [notice], summary];
}

/** What was found and not told: `2 pieces of advice held back: --advice all shows them; 1 finding silenced`. */
function describeUntold({ heldBack, silenced }: ValidationReport): string[] {
  const shown = heldBack === 1 ? '1 piece of advice held back: --advice all shows it' : `${heldBack} pieces of advice held back: --advice all shows them`;
  const parts = [...heldBack === 0 ? [] : [shown], ...silenced === 0 ? [] : [`${countOf(silenced, 'finding')} silenced`]];
  return parts.length === 0 ? [] : [parts.join('; ')];
}

function count({ findings }: ValidationReport, severity: Severity): number {
  return findings.filter((finding) => finding.severity === severity).length;
}
