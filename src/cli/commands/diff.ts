import { Option, type Command } from 'commander';
import { groupOf } from '../../api/kinds';
import { differences } from '../../core/differences';
import type { Finding } from '../../core/finding';
import type { KubernetesObject } from '../../port/cluster-port';
import { isAboutImmutable, isBlamed } from '../../rules/changed-fields';
import { isMeantForBatch } from '../../rules/decode/batch-kind';
import { validateManifest } from '../../rules/validate-manifest';
import { validateUpdate } from '../../rules/validate-update';
import type { CommandCall, CommandDefinition } from '../command';
import { folderHelp } from '../input/find-manifests';
import { inTextOrder, placeFinding } from '../input/place-finding';
import { type LocatedObject, loadLocatedObjects, loadObjects } from '../input/run-manifests';
import { refuseTwins } from '../run/check-run';
import { columns } from '../tables/columns';
import { objectName } from '../tables/object-name';
import { nothing, showValue } from '../tables/show-value';
import { findingLines, type ReportedFinding } from '../tables/validation-report';
import type { Output } from '../terminal/output';

/** `diff`: what would change from one manifest to another, and whether it may. */
export const diffCommand: CommandDefinition = { define, run };

function define(command: Command): void {
  command
    .argument('<old>', 'the manifests as deployed')
    .argument('<new>', 'the manifests to come')
    .addOption(new Option('-o, --output <format>', 'text or json').choices(['text', 'json']).default('text'))
    .addHelpText('after', [
      '',
      folderHelp,
      'Exit status: 0 nothing changes or all of it can be applied; 2 something cannot be changed in place, or the new manifest is refused.',
    ].join('\n'));
}

async function run({ args, options, context }: CommandCall): Promise<number> {
  const { output: format } = options as { readonly output: 'text' | 'json' };
  const before = await loadObjects([args[0] as string], context);
  const after = await loadLocatedObjects([args[1] as string], context);
  refuseTwins('compare', after);
  const reports = [
    ...after.map((located) => compare(before.find((old) => isSame(old, located.object)), located, context.programName)),
    ...before.filter((old) => !after.some(({ object }) => isSame(old, object))).map(leftAlone),
  ];
  if (format === 'json') context.output.line(JSON.stringify({ apiVersion: 'cdk8s-jobs/v1', kind: 'Diff', objects: reports }, null, 2));
  else tell(reports, context.output);
  return reports.some(isRefused) ? refusedStatus : 0;
}

/** Exit status when the new manifests cannot be applied as they are. */
const refusedStatus = 2;

interface Report {
  readonly name: string;
  readonly changes: readonly Change[];
  /** Errors and warnings of the new manifest, whatever has changed in it. */
  readonly findings: readonly ReportedFinding[];
}

function isRefused({ changes, findings }: Report): boolean {
  return changes.some(({ isImmutable }) => isImmutable) || findings.some(({ severity }) => severity === 'error');
}

interface Change {
  readonly field: string;
  readonly from: string;
  readonly to: string;
  /** What applying the new manifest comes to for this field. */
  readonly verdict: string;
  readonly isImmutable: boolean;
}

function tell(reports: readonly Report[], output: Output): void {
  for (const { name, changes, findings } of reports) {
    if (reports.length > 1) output.line(name);
    if (changes.length === 0) output.line('no difference');
    for (const line of columns(changes.map(({ field, from, to, verdict }) => [field, `${from} → ${to}`, verdict]))) output.line(line);
    for (const line of findingLines(findings, output)) output.line(line);
  }
}

function compare(before: KubernetesObject | undefined, located: LocatedObject, programName: string): Report {
  const { object: after } = located;
  const name = objectName(after);
  const found = isMeantForBatch(after) ? judge(before, after) : [];
  const refusals = found.filter(({ severity }) => severity === 'error');
  const immutable = refusals.filter(isAboutImmutable);
  const wrong = refusals.filter((finding) => !immutable.includes(finding));
  const findings = place(located, found.filter((finding) => finding.severity !== 'advice' && !immutable.includes(finding)));
  if (before === undefined) return whole(name, nothing, 'new object', wrong.length > 0 ? refusedWord : 'will be created', findings);
  const way = `immutable: needs a new name, or first: ${programName} delete ${after.metadata?.name ?? 'NAME'}`;
  const changes = differences(before, after).map(({ field, from, to }) => {
    const isImmutable = isBlamed(field, immutable);
    return { field, from: showValue(from), to: showValue(to), verdict: isBlamed(field, wrong) ? refusedWord : isImmutable ? way : 'in place', isImmutable };
  });
  return { name, changes, findings };
}

const refusedWord = 'is refused, as said below';

/** What the API server says to the new manifest: over the old one, or, where there is none that it could read, on its own. */
function judge(before: KubernetesObject | undefined, after: KubernetesObject): Finding[] {
  const isReadable = before !== undefined && !validateManifest(before).some(({ type }) => type === 'Decode');
  return isReadable ? validateUpdate(before, after) : validateManifest(after);
}

function place({ file, document, position, pathPrefix }: LocatedObject, findings: readonly Finding[]): ReportedFinding[] {
  return inTextOrder(findings.map((finding) => ({ ...placeFinding(document, finding, pathPrefix), file, document: position })));
}

/** An object that only the old manifests have: applying the new ones deletes nothing. */
function leftAlone(old: KubernetesObject): Report {
  return whole(objectName(old), 'object', nothing, 'stays in the cluster until it is deleted', []);
}

function whole(name: string, from: string, to: string, verdict: string, findings: readonly ReportedFinding[]): Report {
  return { name, changes: [{ field: '(all)', from, to, verdict, isImmutable: false }], findings };
}

function isSame(a: KubernetesObject, b: KubernetesObject): boolean {
  if (groupOf(a.apiVersion) !== groupOf(b.apiVersion) || a.kind !== b.kind) return false;
  return a.metadata?.name === b.metadata?.name && (a.metadata?.namespace ?? '') === (b.metadata?.namespace ?? '');
}
