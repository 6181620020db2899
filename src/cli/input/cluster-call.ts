import type { Command } from 'commander';
import { given } from '../../core/given';
import type { CliContext } from '../command';
import { type QueueFlags, readQueues } from './read-queues';
import { checkDnsLabel } from '../../api/names';
import { UsageError } from '../../core/errors';
import { shownText } from '../../core/shown-text';
import { createLocalCluster } from '../../local/local-cluster';
import { Cluster } from '../../runtime/cluster';
import { openKubernetes } from '../../runtime/connection/connect';
import { findKubeconfig } from '../../runtime/connection/kubeconfig-files';
import type { KubernetesCluster } from '../../runtime/connection/kubernetes-cluster';
import { splitCommand } from '../app/split-command';

/** The options that say which cluster is meant. */
export interface ClusterFlags {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly namespace?: string;
}

/** The options of `run` that say where it happens. */
export interface RunClusterFlags extends ClusterFlags, ImageCommandFlags, QueueFlags {
  readonly local?: boolean;
  readonly pace?: 'quick' | 'kubernetes';
  readonly forceConflicts?: boolean;
  readonly dryRun?: 'server';
}

/** The option that stands in for images on the local engine. */
interface ImageCommandFlags {
  readonly imageCommand?: readonly string[];
}

/** Adds `--context`, `--namespace` and `--kubeconfig`. */
export function addClusterOptions(command: Command): Command {
  return command
    .option('-n, --namespace <name>', 'default: the namespace of the context', parseNamespace)
    .option('--context <name>', 'a context of the kubeconfig; default: the current one')
    .option('--kubeconfig <file>', 'default: KUBECONFIG, else ~/.kube/config, else the service account of the pod');
}

/**
 * The real cluster that the user configured.
 *
 * @throws {UsageError} when there is none.
 */
export async function openRealCluster(flags: ClusterFlags, env: CliContext['env']): Promise<KubernetesCluster> {
  const { kubeconfig, context, namespace } = flags;
  if (findKubeconfig(kubeconfig, env) === undefined) throw new UsageError(`Cannot connect: ${noCluster(env)}`);
  return openKubernetes({
    env,
    ...given({ kubeconfig, context, namespace }),
  });
}

/**
 * The cluster that a run happens on: that of the kubeconfig, or with `--local`, and only then, the local engine. Says on stderr which it
 * is.
 *
 * @throws {UsageError} when there is no cluster.
 */
export async function openRunCluster(flags: RunClusterFlags, { env, output }: CliContext): Promise<Cluster> {
  if (flags.local !== true) {
    if (findKubeconfig(flags.kubeconfig, env) === undefined) throw new UsageError(`Cannot run: ${noCluster(env)}, or run on this machine with --local`);
    const port = await openRealCluster(flags, env);
    output.talk(`cluster ${port.description.name}, namespace ${port.namespace}`);
    return new Cluster(port);
  }
  const where = flags.namespace === undefined ? '' : `, namespace ${flags.namespace}`;
  output.talk(`local engine${where}; containers run as processes of this machine, images are not used`);
  const namespace = given({ namespace: flags.namespace });
  const imageCommands = imageCommandsOf(flags);
  return new Cluster(await createLocalCluster({ imageCommands, ...namespace, ...given({ pace: flags.pace }), ...readQueues(flags) }));
}

/**
 * Refuses a mix of flags for this machine and flags for a cluster.
 *
 * @throws {UsageError} that names them.
 */
export function checkRunFlags({ local, imageCommand = [], pace, queue, queuePriority, ...flags }: RunClusterFlags): void {
  if (local !== true) {
    if (imageCommand.length > 0) throw new UsageError('--image-command is for the local engine only: a cluster uses the images', 'add --local');
    if (pace !== undefined) throw new UsageError('--pace is for the local engine only: a cluster has its own', 'add --local');
    if ((queue ?? queuePriority) !== undefined) throw new UsageError('--queue is for the local engine only: a cluster has the queues of its Kueue', 'add --local');
    return;
  }
  readQueues(given({ queue, queuePriority }));
  const written = Object.entries(clusterOnly).flatMap(([flag, name]) => {
    return flags[flag as keyof typeof clusterOnly] === undefined ? [] : [name];
  });
  if (written.length === 0) return;
  throw new UsageError(`--local and ${written.join(', ')} exclude each other: one means this machine, the other a cluster`, 'leave one of them out');
}

/** Flags that only make sense on a cluster. A namespace exists on the local engine too. */
const clusterOnly = { context: '--context', kubeconfig: '--kubeconfig', forceConflicts: '--force-conflicts', dryRun: '--dry-run' } as const;

/** Says that there is no cluster, and how to name one. */
function noCluster({ KUBECONFIG: named = '' }: CliContext['env']): string {
  const problem = named === '' ? 'there is no kubeconfig' : `KUBECONFIG is ${named}, and there is no such file`;
  return `${problem}: name a cluster with KUBECONFIG or --kubeconfig`;
}

/** The commands that `--image-command` gives to images. @throws {UsageError} for what is not a pair. */
export function imageCommandsOf({ imageCommand = [] }: ImageCommandFlags): Record<string, readonly string[]> {
  return Object.fromEntries(imageCommand.map(parseImageCommand));
}

/** Runs with a real cluster and closes it afterwards. */
export async function withCluster<Result>(
  flags: ClusterFlags, { env }: CliContext, use: (cluster: Cluster, port: KubernetesCluster) => Promise<Result>,
): Promise<Result> {
  const port = await openRealCluster(flags, env);
  try {
    return await use(new Cluster(port), port);
  } finally {
    await port.close();
  }
}

function parseImageCommand(text: string): [image: string, command: string[]] {
  const end = text.indexOf('=');
  const example = "write IMAGE='command with arguments'";
  if (end < 1) throw new UsageError(`Cannot use --image-command ${text}`, example);
  return [text.slice(0, end), splitCommand(text.slice(end + 1), {
    purpose: `use --image-command ${text}`, withoutShell: "call a shell: IMAGE='sh -c \"one | other\"'", example,
  })];
}

/** A name that a namespace can have. @throws {UsageError} for any other. */
function parseNamespace(text: string): string {
  const [problem] = checkDnsLabel(text);
  if (problem !== undefined) throw new UsageError(`Cannot use ${JSON.stringify(text)} as a namespace: ${problem}`, 'write a name such as media, or team-a');
  return text;
}

/** A whole number from 1 on. @throws {UsageError} for anything else. */
export function parseCount(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`Cannot use ${shownText(text)} as a number of Jobs`, 'write a whole number from 1 on');
  return Number(text);
}

/** Seconds of `90`, `90s`, `10m`, `1h30m`. @throws {UsageError} for anything else, and for nothing. */
export function parseSeconds(text: string): number {
  const found = /^(?:(\d+(?:\.\d+)?)|(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?)$/.exec(text);
  const [, plain, hours = '0', minutes = '0', seconds = '0'] = found ?? [];
  const total = plain === undefined ? Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) : Number(plain);
  if (found === null || text === '' || !(total > 0)) throw new UsageError(`Cannot use ${shownText(text)} as a time`, 'write seconds, or 90s, 10m, 1h30m');
  return total;
}
