import { Command } from 'commander';
import fc from 'fast-check';
import type { CommandDefinition } from '../../src/cli/command';
import { commands } from '../../src/cli/commands';
import { readPlainCall } from '../../src/cli/plain-call';

/** What commander makes of words; undefined where it refuses them. */
function readByCommander(definition: CommandDefinition, words: readonly string[]): ReturnType<typeof readPlainCall> {
  const command = new Command('x').exitOverride().configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  definition.define(command);
  command.action(() => undefined);
  try {
    command.parse(words, { from: 'user' });
  } catch {
    return undefined;
  }
  return { args: command.processedArgs as ReadonlyArray<string | readonly string[] | undefined>, options: command.opts() };
}

const word = fc.oneof(fc.constantFrom('-', '', 'job.yaml', 'etl', '*/5 * * * *', 'a-b', '=', '@daily'), fc.string().filter((text) => !text.startsWith('-')));

test.each(commands.map(({ name, load }) => [name, load()] as const))('%s gets of plain words what commander would give it', (name, definition) => {
  fc.assert(fc.property(fc.array(word, { maxLength: 4 }), (words) => {
    const plain = readPlainCall(definition, words);
    // The shell of a completion is one of few, and commander says which.
    if (name === 'completion') expect(plain).toBeUndefined();
    else expect(plain).toEqual(readByCommander(definition, words));
  }));
});

test.each([['an option', ['job.yaml', '-o', 'json']], ['the help', ['--help']], ['the end of options', ['--', 'job.yaml']], ['a negative number', ['-1']]])(
  '%s is left to commander', (_, words) => {
    expect(commands.map(({ load }) => readPlainCall(load(), words))).toEqual(commands.map(() => undefined));
  },
);
