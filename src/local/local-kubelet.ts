import { type ImageCommands, needsCommand } from './admission';
import { containerEnvironment, expandCommand } from './container-environment';
import type { Executor, RunningContainer } from './executor';
import { LogBuffer, type LogPiece, defaultCapacity } from './log-buffer';
import { messageOf, TerminationMessages } from './termination-message';
import type { Allocatable } from '../api/resource-field';
import { given } from '../core/given';
import type { Instant } from '../core/time';
import type { Event, SignalContainerAction, StartContainerAction } from '../engine/world';
import { ClusterError, type KubernetesObject, type LogOptions, type PodName } from '../port/cluster-port';

/** What the kubelet needs from its cluster. */
interface KubeletOptions {
  readonly executor: Executor;
  readonly images: ImageCommands;
  /** Variables that every container gets. */
  readonly environment: Readonly<Record<string, string>>;
  /** What the node has for pods. */
  readonly node: Allocatable;
  readonly now: () => Instant;
  /** Tells the engine what a container did. */
  readonly report: (event: Event) => void;
  /** Looks up what a pod of the namespace refers to. */
  readonly find: (kind: 'ConfigMap' | 'Secret', namespace: string, name: string) => KubernetesObject | undefined;
}

/**
 * Starts and signals containers as the engine tells it to, and keeps their output; it decides nothing.
 */
export class LocalKubelet {
  private readonly running = new Map<string, RunningContainer>();
  private readonly messages = new TerminationMessages();
  /** Runs by pod and container, oldest first; the last two are what `logs` can show. */
  private readonly logs = new Map<string, Map<string, readonly ContainerLog[]>>();

  /** Whether all containers are being ended, and nobody reads their output any more. */
  private isEnding = false;

  public constructor(private readonly options: KubeletOptions) {}

  /** Starts a container; what becomes of it is reported later. */
  public start({ pod, container }: StartContainerAction): void {
    const podUid = pod.metadata?.uid ?? '';
    const { environment: base, node, find, report, images, executor, now } = this.options;
    const { image = '', command = [] } = container;
    const program = command.length > 0 ? command : images[image];
    if (program === undefined) {
      // The words of containerd for an image that names no command either.
      const message = `failed to generate container spec: no command specified: ${needsCommand(image)}`;
      report({ event: 'container-waiting', podUid, container: container.name, reason: 'CreateContainerError', message });
      return;
    }
    const { namespace = '' } = pod.metadata ?? {};
    const environmentOf = containerEnvironment(pod, container, { base, node, find: (kind, name) => find(kind, namespace, name) });
    if ('problem' in environmentOf) {
      report({ event: 'container-waiting', podUid, container: container.name, reason: 'CreateContainerConfigError', message: environmentOf.problem });
      return;
    }
    const { env, declared } = environmentOf;
    const buffer = this.openLog(podUid, container.name);
    const expanded = expandCommand([...program, ...container.args ?? []], declared);
    const message = this.messages.open(container, expanded, env);
    const run = executor.start({
      command: message.command,
      env: message.env,
      ...given({ workingDir: container.workingDir }),
      started: () => report({ event: 'container-started', podUid, container: container.name }),
      output: (chunk) => {
        if (this.isEnding) return undefined;
        buffer.append(chunk, now());
        return buffer.room;
      },
    });
    const key = keyOf(podUid, container.name);
    this.running.set(key, run);
    void run.ended.then((end) => {
      if (this.running.get(key) === run) this.running.delete(key);
      buffer.close();
      const said = messageOf(container, end.exitCode, message.take(), buffer);
      const words = [end.message ?? '', said].filter((part) => part !== '').join(': ');
      report({ event: 'container-exited', podUid, container: container.name, ...end, ...words === '' ? {} : { message: words } });
    });
  }

  /** Sends a signal to a running container. */
  public signal({ podUid, container, signal }: SignalContainerAction): void {
    this.running.get(keyOf(podUid, container))?.signal(signal);
  }

  /** Forgets the output of a pod that is gone; readers that have begun can finish. */
  public forget(podUid: string): void {
    this.logs.delete(podUid);
  }

  /**
   * The output of a container, in pieces with the time of each.
   *
   * @throws {ClusterError} `API` (400) if the container has not run, in the kubelet's words.
   */
  public async *read(pod: PodName, uid: string, options: LogOptions, signal: AbortSignal): AsyncIterable<LogPiece> {
    const runs = this.logs.get(uid)?.get(options.container) ?? [];
    const byPlace = options.previous === true ? runs.at(-2) : runs.at(-1);
    const run = options.attempt === undefined ? byPlace : runs.find(({ attempt }) => attempt === options.attempt);
    if (run === undefined) {
      const what = options.previous === true ? 'previous terminated container' : 'container';
      const problem = options.previous === true ? 'not found' : 'is waiting to start';
      throw new ClusterError('API', `${what} ${JSON.stringify(options.container)} in pod ${JSON.stringify(pod.name)} ${problem}`, {
        status: 400, reason: 'BadRequest',
      });
    }
    const { sinceTime, tailLines } = options;
    const reading = given({ since: sinceTime === undefined ? undefined : Date.parse(sinceTime), tailLines });
    if (options.follow === true) yield* run.buffer.follow(reading, signal);
    else yield* run.buffer.read(reading);
  }

  /** Sends a signal to every running container; settles when all have ended. */
  public async signalAll(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    this.isEnding = true;
    const running = [...this.running.values()];
    for (const container of running) container.signal(signal);
    await Promise.all(running.map(({ ended }) => ended));
  }

  /** Ends at once all that containers left behind. */
  public finish(): void {
    this.options.executor.finish?.();
    this.messages.close();
  }

  private openLog(podUid: string, container: string): LogBuffer {
    const ofPod = this.logs.get(podUid) ?? new Map<string, readonly ContainerLog[]>();
    const last = ofPod.get(container)?.at(-1);
    const buffer = new LogBuffer(defaultCapacity);
    const log = { attempt: last === undefined ? 0 : last.attempt + 1, buffer };
    this.logs.set(podUid, ofPod.set(container, last === undefined ? [log] : [last, log]));
    return buffer;
  }
}

/** The output of one run of a container. */
interface ContainerLog {
  /** How many runs of the container there were before. */
  readonly attempt: number;
  readonly buffer: LogBuffer;
}

function keyOf(podUid: string, container: string): string {
  return `${podUid}/${container}`;
}
