import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../../core/errors';
import { describeFileError } from '../../core/file-error';
import { writeWhole } from '../../synth/write-file';
import type { CommandCall, CommandDefinition } from '../command';
import { filesOfApp } from '../input/load-input';

/** `synth`: the manifests of an app, as files. */
export const synthCommand: CommandDefinition = { define, run };

function define(command: Command): void {
  command
    .argument('<app>', 'the app: a .ts or .js file, or a folder with a cdk8s.yaml')
    .option('--outdir <folder>', 'where the files go', 'dist')
    .addHelpText('after', [
      '',
      'Writes what app.synth() of cdk8s writes. Nothing is written unless the whole app can be synthesized; each file is replaced whole,',
      'and files that the app no longer writes stay.',
      'Exit status: 0 written; 2 the app fails, or its Jobs are refused; 125 something cannot be read or written, or wrong usage.',
    ].join('\n'));
}

async function run({ args, options, context }: CommandCall): Promise<number> {
  const [app] = args as readonly string[];
  const { outdir } = options as { readonly outdir: string };
  for (const { name, bytes } of await filesOfApp(app ?? '', context)) {
    const file = join(outdir, name);
    write(resolve(context.cwd, file), file, bytes);
    context.output.line(file.replaceAll('\\', '/'));
  }
  return 0;
}

function write(path: string, file: string, bytes: Uint8Array): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeWhole(path, bytes);
  } catch (error) {
    throw new UsageError(`Cannot write ${file}: ${describeFileError(error)}`, 'name another folder with --outdir');
  }
}
