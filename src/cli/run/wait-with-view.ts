import { catchInterrupts } from './interrupts';
import { openView, type ViewFlags } from './open-view';
import { statusOf } from './run-json';
import type { RunView } from './run-view';
import type { KubernetesObject } from '../../port/cluster-port';
import type { Cluster } from '../../runtime/cluster';
import type { RunResult } from '../../runtime/run-options';
import type { CliContext } from '../command';
import { type ClusterFlags, withCluster } from '../input/cluster-call';
import { keepYoungGenerationSmall } from '../young-generation';

/**
 * Waits for Jobs of a cluster and shows what becomes of them; the first Ctrl-C ends the waiting.
 *
 * @param jobs what is known of them before.
 * @param wait waits until the signal is given, and shows the result.
 * @returns the exit status: that of the signal, or that of the result.
 */
export async function waitWithView(
  flags: ClusterFlags & ViewFlags, jobs: readonly KubernetesObject[], context: CliContext,
  wait: (cluster: Cluster, view: RunView, signal: AbortSignal) => Promise<RunResult>,
): Promise<number> {
  keepYoungGenerationSmall();
  let view: RunView | undefined;
  const interrupts = catchInterrupts((signal) => {
    view?.interrupt();
    context.output.talk(`${signal}: no longer waiting; Ctrl-C again ends this at once`);
  });
  try {
    return await withCluster(flags, context, async (cluster) => {
      view = openView(flags, context.output, jobs);
      const result = await wait(cluster, view, interrupts.signal);
      return interrupts.status() ?? statusOf(result);
    });
  } finally {
    view?.close();
    interrupts.release();
  }
}
