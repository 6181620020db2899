import type { Command } from 'commander';
import { UsageError } from '../../core/errors';
import { explain } from '../../rules/explain/explain';
import type { CommandCall, CommandDefinition } from '../command';
import { findNearestField } from '../input/nearest-field';

/** `explain`: what a rule asks for, or what a field is. */
export const explainCommand: CommandDefinition = { define, run };

function define(command: Command): void {
  command.argument('<rule or field>', 'the name of a rule, or a path or its end: spec.parallelism, cronjob.spec.schedule, restartPolicy');
}

async function run({ args, context: { output } }: CommandCall): Promise<number> {
  const [subject] = args as [string];
  const explanation = explain(subject);
  if (explanation.kind === 'unknown') {
    const nearest = findNearestField(subject) ?? explanation.suggestion;
    const hint = nearest === undefined ? 'validate names the rule at the end of each line' : `did you mean ${nearest}?`;
    throw new UsageError(`Cannot explain ${subject}: there is neither a rule nor a field of that name`, hint);
  }
  output.line(explanation.text.trimEnd());
  return 0;
}
