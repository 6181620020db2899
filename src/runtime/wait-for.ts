import { startRecording } from './recording';
import { afterwards } from './run';
import type { RunResult, WaitOptions } from './run-options';
import { systemTimers } from './timers';
import { type AwaitedJob, waitForJobs } from './wait';
import { Waiter } from './waiter';
import { given } from '../core/given';
import type { ClusterPort } from '../port/cluster-port';

/**
 * Waits for Jobs by name, whatever their state: verdicts in the order of the names. Once the cluster has answered, it may be away for any
 * length of time.
 *
 * @throws {ClusterError} when the cluster cannot be reached at the start.
 */
export async function waitFor(port: ClusterPort, names: readonly string[], wanted: WaitOptions = {}): Promise<RunResult> {
  const { timers = systemTimers, namespace = port.namespace } = wanted;
  const startedAt = timers.now();
  const clock = (): number => Math.round(timers.now() - startedAt) / 1000;
  const { recording, options } = startRecording(wanted, clock);
  const jobs = names.map((name): AwaitedJob => {
    const waiter = new Waiter(port, name, { name, namespace }, options, clock);
    return { name, namespace, waiter };
  });
  const result = await waitForJobs(port, jobs, options, { clock, isFirstContact: true, ...given({ recording }) });
  return afterwards(port, jobs, result, options);
}
