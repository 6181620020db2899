import { Option, type Command } from 'commander';
import { validateUpdate } from '../../rules/validate-update';
import type { KubernetesObject } from '../../spec/cluster-port';
import { columns } from '../columns';
import type { CommandCall, CommandDefinition } from '../command';
import { differences } from '../differences';
import type { Output } from '../output';
import { loadObjects } from '../run-manifests';

/** `diff`: what would change from one manifest to another, and whether it may. */
export const diffCommand: CommandDefinition = { define, run };

function define(command: Command): void {
  command
    .argument('<old>', 'the manifests as deployed')
    .argument('<new>', 'the manifests to come')
    .addOption(new Option('-o, --output <format>', 'text or json').choices(['text', 'json']).default('text'))
    .addHelpText('after', '\nExit status: 0 nothing changes or all of it can be applied, 2 something cannot be changed in place.');
}

async function run({ args, options, context }: CommandCall): Promise<number> {
  const { output: format } = options as { readonly output: 'text' | 'json' };
  const before = await loadObjects([args[0] as string], context);
  const after = await loadObjects([args[1] as string], context);
  const reports = [
    ...after.map((object) => compare(before.find((old) => isSame(old, object)), object, context.programName)),
    ...before.filter((old) => !after.some((object) => isSame(old, object))).map(leftAlone),
  ];
  if (format === 'json') context.output.line(JSON.stringify({ apiVersion: 'cdk8s-jobs/v1', kind: 'Diff', objects: reports }, null, 2));
  else tell(reports, context.output);
  return reports.some(({ changes }) => changes.some(({ isImmutable }) => isImmutable)) ? 2 : 0;
}

interface Report {
  readonly name: string;
  readonly changes: readonly Change[];
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
  for (const { name, changes } of reports) {
    if (reports.length > 1) output.line(name);
    if (changes.length === 0) output.line('no difference');
    for (const line of columns(changes.map(({ field, from, to, verdict }) => [field, `${from} → ${to}`, verdict]))) output.line(line);
  }
}

function compare(before: KubernetesObject | undefined, after: KubernetesObject, programName: string): Report {
  const name = nameOf(after);
  if (before === undefined) return whole(name, nothing, 'new object', 'will be created');
  const refused = validateUpdate(before, after).filter(({ severity }) => severity === 'error').map(({ field }) => field);
  const way = `immutable: needs a new name, or first: ${programName} delete ${after.metadata?.name ?? 'NAME'}`;
  const changes = differences(before, after).map(({ field, from, to }) => {
    const isImmutable = refused.some((blamed) => field === blamed || field.startsWith(`${blamed}.`) || field.startsWith(`${blamed}[`));
    return { field, from: show(from), to: show(to), verdict: isImmutable ? way : 'in place', isImmutable };
  });
  return { name, changes };
}

/** An object that only the old manifests have: applying the new ones deletes nothing. */
function leftAlone(old: KubernetesObject): Report {
  return whole(nameOf(old), 'object', nothing, 'stays in the cluster until it is deleted');
}

function whole(name: string, from: string, to: string, verdict: string): Report {
  return { name, changes: [{ field: '(all)', from, to, verdict, isImmutable: false }] };
}

function nameOf({ kind = '', metadata }: KubernetesObject): string {
  return `${kind.toLowerCase()}/${metadata?.name ?? metadata?.generateName ?? ''}`;
}

function isSame(a: KubernetesObject, b: KubernetesObject): boolean {
  return a.kind === b.kind && a.metadata?.name === b.metadata?.name && (a.metadata?.namespace ?? '') === (b.metadata?.namespace ?? '');
}

const longest = 60;
const nothing = '(none)';

function show(value: unknown): string {
  if (value === undefined) return nothing;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
