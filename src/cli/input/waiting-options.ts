import { type Command, Option } from 'commander';
import { parseSeconds } from './cluster-call';
import type { InterruptPolicy } from '../../runtime/run-options';
import type { ViewFlags } from '../run/open-view';

/** The options of commands that wait for existing Jobs. */
export interface WaitingFlags extends ViewFlags {
  readonly timeout?: number;
  readonly onInterrupt: InterruptPolicy;
  readonly failFast: boolean;
}

/** Adds the options of {@link WaitingFlags}, with their defaults. */
export function addWaitingOptions(command: Command): Command {
  return waitingOptions().reduce((all, option) => all.addOption(option), command);
}

/** The same options without defaults, for a command that does not always wait. */
export function addUnsetWaitingOptions(command: Command): Command {
  return waitingOptions().reduce((all, option) => all.addOption(option.default(undefined)), command);
}

function waitingOptions(): Option[] {
  return [
    new Option('--timeout <time>', 'stop waiting after 90, 90s, 10m, 1h30m (exit 124)').argParser(parseSeconds),
    interruptOption(),
    new Option('-o, --output <format>', 'text, json or ndjson').choices(['text', 'json', 'ndjson']).default('text'),
    prefixOption(),
    failFastOption(),
  ];
}

/** `--prefix`, of commands that print the output of pods. */
export function prefixOption(): Option {
  return new Option('--prefix <mode>', 'name the pod before each line').choices(['auto', 'always', 'never']).default('auto');
}

/** `--on-interrupt`, of commands that wait for Jobs. */
export function interruptOption(): Option {
  return new Option('--on-interrupt <policy>', 'what Ctrl-C does to the Jobs').choices(['detach', 'suspend', 'delete']).default('detach');
}

/** `--no-fail-fast`, of commands that wait for Jobs. */
export function failFastOption(): Option {
  return new Option('--no-fail-fast', 'keep waiting even when what is wrong cannot heal by itself');
}
