import type { FailureCase } from './cases';
import { clearStage, interfere, setStage } from './play';
import { requestSender } from './recorder';
import { connect } from '../../../src/runtime/connection/connect';
import type { JobVerdict } from '../../../src/verdict/job-verdict';
import type { Observation } from '../../../src/verdict/observation';
import type { TestCluster } from '../api';
import { MemoryTape } from '../memory-tape';

/** What our own `run` made of a failure. */
export interface CaseRun {
  readonly verdict: JobVerdict;
  /** The lines of the containers. */
  readonly output: readonly string[];
  /** What `run` wrote down. */
  readonly tape: readonly Observation[];
  /** Seconds from the verdict, as `onProgress` told it, to the return. */
  readonly secondsAfterVerdict: number;
}

/** Seconds that a cause gets before `run` gives up: enough for what a client sees next, and short for a test. */
const grace = 2;

/**
 * Runs a failing Job by `Cluster.run` to its own end, in a namespace of its own, while somebody else does what the case says.
 *
 * @throws {ClusterError} what `run` throws
 */
export async function runCase(cluster: TestCluster, failure: FailureCase): Promise<CaseRun> {
  const namespace = await setStage(cluster, failure);
  const connected = await connect({ kubeconfig: cluster.kubeconfig, namespace });
  const output: string[] = [];
  const tape = new MemoryTape();
  let endedAt = Number.NaN;
  try {
    const running = connected.run(failure.job, {
      onSuspended: 'return',
      // What fails by itself is not given up before.
      ...(failure.verdict === 'Running' ? { grace: { [failure.diagnosis]: grace } } : {}),
      record: tape,
      onLog: ({ text }) => void output.push(text),
      onProgress: ({ type }) => { if (type === 'ended') endedAt = performance.now(); },
    });
    const [result] = await Promise.all([running, interfereWith(cluster, namespace, failure)]);
    const [verdict] = result.jobs;
    if (verdict === undefined) throw new Error('the result has no verdict');
    return { verdict, output, tape: tape.observations, secondsAfterVerdict: (performance.now() - endedAt) / 1000 };
  } finally {
    await connected.close();
    await clearStage(cluster, failure, namespace);
  }
}

async function interfereWith({ api }: TestCluster, namespace: string, { whenRunning }: FailureCase): Promise<void> {
  if (whenRunning !== undefined) await interfere(api, namespace, whenRunning, requestSender(api));
}
