import type { ChildProcess } from 'node:child_process';
import type { KubernetesObject } from '../../src/port/cluster-port';
import type { Cluster } from '../../src/runtime/cluster';
import type { LogLine } from '../../src/runtime/log-line';
import type { RunOptions, RunResult } from '../../src/runtime/run-options';

/** How a command line ended. */
export interface CommandLineResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A queue with items in it, as shell commands that a worker uses. */
export interface WorkQueue {
  /** Prints one item and takes it out, or prints nothing when the queue is empty. */
  readonly pop: string;
  /** The image that has what `pop` needs. */
  readonly image: string;
}

/** A cluster with a namespace of its own, on which one case plays. */
export interface Stage {
  readonly type: 'local' | 'kubernetes';
  readonly cluster: Cluster;
  /** What to write behind `sleep` for so many seconds of the cluster's time. */
  sleep(seconds: number): string;
  /** Fills a queue that workers can reach. */
  fillQueue(items: readonly string[]): Promise<WorkQueue>;
  /** Runs our own command line on a manifest: `run <file> …`. */
  runCommandLine(manifests: readonly KubernetesObject[], args?: readonly string[]): Promise<CommandLineResult>;
  /** Begins to run our compiled program on a manifest, as a process of its own; only where the Jobs go on without it. */
  startCommandLine?(manifests: readonly KubernetesObject[]): ChildProcess;
  /** Ends what the case left. */
  close(): Promise<void>;
}

/** One thing that must be true on both clusters. */
export interface EndToEndCase {
  readonly name: string;
  play(stage: Stage): Promise<void>;
}

/** What a run came to, and what its pods printed. */
export interface Run extends RunResult {
  readonly lines: readonly LogLine[];
  readonly text: string;
}

/** Runs manifests and keeps what their pods print. */
export async function run({ cluster }: Stage, manifests: readonly KubernetesObject[], options: RunOptions = {}): Promise<Run> {
  const lines: LogLine[] = [];
  const result = await cluster.run([...manifests], { timeoutSeconds: 120, ...options, onLog: (line) => void lines.push(line) });
  return { ...result, lines, text: lines.map(({ bytes }) => Buffer.from(bytes).toString()).join('') };
}

/** A Job whose one container is a shell script. */
export function shellJob(name: string, script: string, spec: object = {}, pod: object = {}, container: object = {}): KubernetesObject {
  const main = { name: 'main', image: 'busybox:1.36', imagePullPolicy: 'IfNotPresent', command: ['sh', '-c', script], ...container };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: { template: { spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 1, containers: [main], ...pod } }, ...spec },
  };
}

/** Asks until the answer is there. */
export async function until<Answer>(what: string, ask: () => Promise<Answer | undefined>, seconds = 90): Promise<Answer> {
  const end = Date.now() + 1000 * seconds;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`Gave up waiting for ${what} after ${seconds}s`);
    // The other side works in its own time, and there is nothing to be told by.
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
