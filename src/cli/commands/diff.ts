import { Option, type Command } from 'commander';
import { UsageError } from '../../core/errors';
import { validateUpdate } from '../../rules/validate-update';
import type { KubernetesObject } from '../../spec/cluster-port';
import type { CommandCall, CommandDefinition } from '../command';
import { differences } from '../differences';
import { loadObjects } from '../run-manifests';
import { columns } from '../run-view';

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
  const reports = after.map((object) => compare(before.find((old) => isSame(old, object)), object));
  const isRefused = reports.some(({ changes }) => changes.some(({ verdict }) => verdict !== 'in place'));
  if (reports.length === 0) throw new UsageError('There is nothing to compare');
  const { output } = context;
  if (format === 'json') {output.line(JSON.stringify({ apiVersion: 'cdk8s-jobs/v1', kind: 'Diff', objects: reports }, null, 2));} else {
    for (const { name, changes } of reports) {
      if (reports.length > 1) output.line(name);
      if (changes.length === 0) output.line('no difference');
      for (const line of columns(changes.map(({ field, from, to, verdict }) => [field, `${from} → ${to}`, verdict]))) output.line(line);
    }
  }
  return isRefused ? 2 : 0;
}

interface Report {
  readonly name: string;
  readonly changes: ReadonlyArray<{ readonly field: string; readonly from: string; readonly to: string; readonly verdict: string }>;
}

function compare(before: KubernetesObject | undefined, after: KubernetesObject): Report {
  const name = `${(after.kind ?? '').toLowerCase()}/${after.metadata?.name ?? ''}`;
  if (before === undefined) return { name, changes: [{ field: '', from: '', to: 'new', verdict: 'in place' }] };
  const refused = validateUpdate(before, after).filter(({ severity }) => severity === 'error').map(({ field }) => field);
  const changes = differences(before, after).map(({ field, from, to }) => {
    const isImmutable = refused.some((blamed) => field === blamed || field.startsWith(`${blamed}.`) || field.startsWith(`${blamed}[`));
    return { field, from: show(from), to: show(to), verdict: isImmutable ? 'immutable: needs a new name, or the old one deleted first' : 'in place' };
  });
  return { name, changes };
}

function isSame(a: KubernetesObject, b: KubernetesObject): boolean {
  return a.kind === b.kind && a.metadata?.name === b.metadata?.name && (a.metadata?.namespace ?? '') === (b.metadata?.namespace ?? '');
}

const longest = 60;

function show(value: unknown): string {
  if (value === undefined) return '(none)';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
