import type { Command } from 'commander';
import { UsageError } from '../../core/errors';
import type { CommandCall } from '../command';

/** The option by which kubectl takes files. */
export interface FileFlags {
  readonly filename?: readonly string[];
}

/** What manifests may be read from. */
const manifestsHelp = 'manifests, folders, apps (.ts, .js), folders with a cdk8s.yaml, or - for stdin';

/** Adds the manifests that a command is about: as arguments, and after `-f` as kubectl takes them. */
export function addManifests(command: Command): Command {
  return addFilename(command.argument('[manifests...]', manifestsHelp), 'the same, as kubectl takes it (repeatable)');
}

/** Adds `-f`. */
export function addFilename(command: Command, help: string): Command {
  return command.option('-f, --filename <file>', help, (value: string, before: readonly string[] = []) => [...before, value]);
}

/** The manifests that a call names in either way. @throws {UsageError} when it names none. */
export function manifestWords({ args, options }: CommandCall): readonly string[] {
  const { filename = [] } = options as FileFlags;
  const words = [...args[0] as readonly string[], ...filename];
  if (words.length === 0) throw new UsageError('No manifest is named', 'write FILE or -f FILE, or - for stdin');
  return words;
}
