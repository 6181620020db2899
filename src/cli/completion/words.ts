import { Command, type Option } from 'commander';
import type { CommandEntry } from '../command';

/** What a shell may offer behind one command. */
export interface CommandWords {
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly FlagWords[];
  /** What stands behind it: names of the cluster, files, or neither. */
  readonly takes: 'jobs' | 'cronjobs' | 'files' | 'nothing';
  /** The words that its argument can be; empty where that is no choice. */
  readonly choices: readonly string[];
}

/** An option, and what may follow it. */
export interface FlagWords {
  /** `-o` and `--output`, those that there are. */
  readonly names: readonly string[];
  readonly help: string;
  readonly takesValue: boolean;
  /** The values that it can have; empty where any text will do. */
  readonly choices: readonly string[];
}

/** The words of all commands, in the order of their names. */
export function completionWords(entries: readonly CommandEntry[]): readonly CommandWords[] {
  return entries.map(wordsOf).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function wordsOf({ name, summary, load }: CommandEntry): CommandWords {
  const command = new Command(name).helpOption('-h, --help', 'this help');
  load().define(command);
  const flags = [...command.options.map(flagOf), { names: ['-h', '--help'], help: 'this help', takesValue: false, choices: [] }];
  return { name, summary, flags, takes: takenBy(command), choices: command.registeredArguments[0]?.argChoices ?? [] };
}

function flagOf({ short, long, description, argChoices, required, optional }: Option): FlagWords {
  const names = [short, long].filter((text) => text !== undefined);
  return { names, help: description, takesValue: required || optional, choices: argChoices ?? [] };
}

/** Told by the name of the first argument, as the help shows it. */
function takenBy({ registeredArguments: [first] }: Command): CommandWords['takes'] {
  switch (first?.name()) {
    case 'job': case 'jobs': return 'jobs';
    case 'cron-job': return 'cronjobs';
    case 'manifests': case 'old': case 'tape': return 'files';
    default: return 'nothing';
  }
}
