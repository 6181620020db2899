import { Argument, type Command } from 'commander';
import type { CommandCall, CommandDefinition } from '../command';
import { bashScript } from '../completion/bash';
import { fishScript } from '../completion/fish';
import { completionWords, type CommandWords } from '../completion/words';
import { zshScript } from '../completion/zsh';

/** `completion`: a script with which a shell completes commands, options, their choices, and the names of Jobs. */
export const completionCommand: CommandDefinition = { define, run };

const scripts: Readonly<Record<string, (commands: readonly CommandWords[]) => string>> = {
  bash: bashScript, zsh: zshScript, fish: fishScript,
};

function define(command: Command): void {
  command.addArgument(new Argument('<shell>', 'the shell that reads it').choices(Object.keys(scripts))).addHelpText('after', [
    '',
    'Load it in the start-up file of your shell:',
    '  bash  source <(cdk8s-jobs completion bash)',
    '  zsh   source <(cdk8s-jobs completion zsh), after compinit',
    '  fish  cdk8s-jobs completion fish | source',
  ].join('\n'));
}

async function run({ args, context, commands }: CommandCall): Promise<number> {
  const [shell = ''] = args as [string];
  context.output.raw(scripts[shell]?.(completionWords(commands)) ?? '');
  return 0;
}
