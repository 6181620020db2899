import { Option, type Command } from 'commander';
import { UsageError } from '../../core/errors';
import type { CommandCall, CommandDefinition } from '../command';
import { type FieldFacts, findField } from '../field-facts';

/** `explain`: what a field is, as `kubectl explain` would say it without a cluster. */
export const explainCommand: CommandDefinition = { define, run };

function define(command: Command): void {
  command
    .argument('<field>', 'a path such as spec.parallelism or CronJob.spec.schedule')
    .addOption(new Option('-o, --output <format>', 'text or json').choices(['text', 'json']).default('text'));
}

async function run({ args, options, context: { output } }: CommandCall): Promise<number> {
  const [text] = args as [string];
  const facts = findField(text);
  if ('unknown' in facts) {
    const hint = facts.nearest === undefined ? undefined : `did you mean ${facts.nearest}?`;
    throw new UsageError(`Cannot explain ${text}: there is no field ${facts.unknown}`, hint);
  }
  if (options.output === 'json') output.line(JSON.stringify(facts, null, 2));
  else for (const line of describe(facts)) output.line(line);
  return 0;
}

function describe({ path, type, isRequired, values, list, since, members }: FieldFacts): string[] {
  const rows: Array<readonly [label: string, text: string]> = [['type', type]];
  if (isRequired) rows.push(['required', 'yes']);
  if (values.length > 0) rows.push(['one of', values.join(', ')]);
  if (list !== undefined) rows.push(['merged as', list]);
  if (since !== undefined) rows.push(['since', `Kubernetes ${since}`]);
  if (members.length > 0) rows.push(['fields', members.join(', ')]);
  return [path, ...rows.map(([label, value]) => `  ${label.padEnd(10)} ${value}`)];
}
