import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../../core/errors';
import { describeFileError } from '../../core/file-error';
import { given } from '../../core/given';
import { shownText } from '../../core/shown-text';
import { type ApiServer, serveCluster } from '../../local/api-server';
import { createServedCluster } from '../../local/local-cluster';
import { defaultVersion } from '../../rules/rule/versions';
import { makeTemporaryFolder } from '../app/temporary-folder';
import type { CliContext, CommandCall, CommandDefinition } from '../command';
import { imageCommandsOf } from '../input/cluster-call';
import { catchInterrupts } from '../run/interrupts';

/** `serve`: the local engine as an API server, for kubectl and client libraries. */
export const serveCommand: CommandDefinition = { define, run };

interface ServeFlags {
  readonly port?: number;
  readonly kubeconfig?: string;
  readonly namespace: string;
  readonly imageCommand?: readonly string[];
}

function define(command: Command): void {
  command.argument('[command...]', 'what to run with KUBECONFIG set; the server ends with it. Default: serve until Ctrl-C')
    .option('--port <number>', 'default: any free port', parsePort)
    .option('--kubeconfig <file>', 'where to write the kubeconfig; default: a temporary file')
    .option('-n, --namespace <name>', 'the namespace of the kubeconfig', 'default')
    .option('--image-command <image=command>', 'what runs in place of an image without a command (repeatable)', (value: string, before: readonly string[] = []) => [...before, value])
    .addHelpText('after', [
      '',
      'Containers run as processes of this machine, with its files and programs: images are not used.',
      'The server listens on 127.0.0.1 alone. Its address holds a secret: anyone who can read the kubeconfig can run processes as you.',
      'Words after -- are the command: serve -- kubectl get jobs. Its exit status is that of the program.',
    ].join('\n'));
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new UsageError(`Cannot use ${shownText(text)} as a port`, 'write a number from 0 to 65535');
  return port;
}

async function run({ args, options, context }: CommandCall): Promise<number> {
  const flags = options as unknown as ServeFlags;
  const [program, ...words] = args[0] as readonly string[];
  const { namespace, port } = flags;
  const cluster = await createServedCluster({ namespace, imageCommands: imageCommandsOf(flags) });
  const interrupts = catchInterrupts(() => context.output.talk('ending the server and all containers'));
  let server: ApiServer | undefined;
  let file: KubeconfigFile | undefined;
  try {
    server = await serveCluster(cluster, {
      secret: randomBytes(18).toString('base64url'),
      version: defaultVersion,
      clock: Date,
      ...given({ port }),
    }).catch((error: unknown) => { throw new UsageError(`Cannot listen on port ${port ?? 0}: ${(error as Error).message}`, 'leave --port out to take any that is free'); });
    file = writeKubeconfig(server.url, flags, context);
    context.output.talk(`local engine on ${new URL(server.url).origin}; containers run as processes of this machine, images are not used`);
    if (program !== undefined) return await runProgram(program, words, { ...context.env, KUBECONFIG: file.path }, context);
    context.output.line(`export KUBECONFIG=${shellWord(file.path)}`);
    await new Promise<void>((resolvePromise) => { interrupts.signal.addEventListener('abort', () => resolvePromise(), { once: true }); });
    return interrupts.status() ?? 0;
  } finally {
    interrupts.release();
    await server?.close();
    await cluster.close();
    file?.remove();
  }
}

interface KubeconfigFile {
  readonly path: string;
  /** Removes the file, even where the user named it: nothing answers at its address any more. */
  remove(): void;
}

function writeKubeconfig(url: string, { kubeconfig, namespace }: ServeFlags, { cwd, env }: CliContext): KubeconfigFile {
  const name = 'cdk8s-jobs-local';
  const text = `${JSON.stringify({
    'apiVersion': 'v1',
    'kind': 'Config',
    'current-context': name,
    'clusters': [{ name, cluster: { server: url } }],
    'users': [{ name, user: {} }],
    'contexts': [{ name, context: { cluster: name, user: name, namespace } }],
  }, undefined, 2)}\n`;
  const folder = kubeconfig === undefined ? makeTemporaryFolder('cdk8s-jobs-serve-', env) : undefined;
  const path = resolve(cwd, kubeconfig ?? join(folder ?? '', 'kubeconfig'));
  try {
    // Never overwrites a file: it may be the kubeconfig of a real cluster.
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw new UsageError(`Cannot write the kubeconfig ${kubeconfig ?? path}: ${describeFileError(error)}`, 'name a file that does not exist yet, in a folder that does');
  }
  return { path, remove: () => rmSync(folder ?? path, { recursive: true, force: true }) };
}

/** Runs a program on the terminal of this one. @returns its exit status, or 128 and the number of the signal that ended it. */
async function runProgram(program: string, words: readonly string[], env: NodeJS.ProcessEnv, { cwd }: CliContext): Promise<number> {
  const child = spawn(program, words, { cwd, env, stdio: 'inherit' });
  return new Promise((resolvePromise, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code === 'ENOENT' ? 'there is no such program' : describeFileError(error);
      reject(new UsageError(`Cannot run ${program}: ${reason}`, 'name an installed program, and its arguments after it'));
    });
    child.once('exit', (code, signal) => resolvePromise(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}

function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
