import { Command, type Option } from 'commander';
import type { CommandEntry } from '../command';

/** What a shell may offer after one command. */
export interface CommandWords {
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly FlagWords[];
  /** What follows it: names of objects in the cluster, files, or neither. */
  readonly takes: 'jobs' | 'cronjobs' | 'files' | 'nothing';
  /** The words that its argument can be; empty where they are not limited to a list. */
  readonly choices: readonly string[];
}

/** An option, and what may follow it. */
export interface FlagWords {
  /** `-o` and `--output`, or the one of them that it has. */
  readonly names: readonly string[];
  readonly help: string;
  readonly takesValue: boolean;
  /** The values that it takes; empty where it takes any text. */
  readonly choices: readonly string[];
  /** Whether its value is ids of findings, with commas between them. */
  readonly takesIds: boolean;
}

/** The words of all commands, in the order of their names. */
export function completionWords(entries: readonly CommandEntry[]): readonly CommandWords[] {
  return entries.map(wordsOf).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function wordsOf({ name, summary, load }: CommandEntry): CommandWords {
  const command = new Command(name).helpOption('-h, --help', 'this help');
  load().define(command);
  const flags = [...command.options.map(flagOf), { names: ['-h', '--help'], help: 'this help', takesValue: false, choices: [], takesIds: false }];
  return { name, summary, flags, takes: takenBy(command), choices: command.registeredArguments[0]?.argChoices ?? [] };
}

function flagOf({ short, long, description, argChoices, required, optional }: Option): FlagWords {
  const names = [short, long].filter((text) => text !== undefined);
  return { names, help: description, takesValue: required || optional, choices: argChoices ?? [], takesIds: long === '--silence' };
}

/** What a command takes, judged by the name of its first argument in the help. */
function takenBy({ registeredArguments: [first] }: Command): CommandWords['takes'] {
  switch (first?.name()) {
    case 'job': case 'jobs': return 'jobs';
    case 'cron-job': return 'cronjobs';
    case 'manifests': case 'old': case 'tape': case 'app': return 'files';
    default: return 'nothing';
  }
}
