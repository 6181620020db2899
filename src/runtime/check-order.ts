import { ManifestsRefusedError, type Refusal } from './apply-errors';
import { endOf } from './job-state';
import { getJob } from './jobs';
import type { Planned } from './preflight';
import { unlessMissing } from './unless-missing';
import { type Finding, formatFinding } from '../core/finding';
import { ClusterError, type ClusterPort, type KubernetesObject } from '../port/cluster-port';
import { missingJob, type Order, orderOf, type OutsideJob } from '../rules/order';

/**
 * The order in which objects are to be run, as their annotations say it. A Job that is waited for and is not among them must be Complete.
 *
 * @param namespace where objects without a namespace go.
 * @throws {ManifestsRefusedError} for an order that is impossible: nothing was started.
 * @throws {ClusterError} when the cluster cannot be asked.
 */
export async function checkOrder(port: ClusterPort, planned: readonly Planned[], namespace: string): Promise<Pick<Order, 'before' | 'outside'>> {
  const { before, outside, faults } = orderOf(planned.map(({ written }) => written), namespace);
  const findings = faults.map(({ position, finding }) => ({ position, finding }));
  for (const job of faults.length > 0 ? [] : outside) {
    const message = await whyNotComplete(port, job);
    if (message !== undefined) findings.push({ position: job.position, finding: missingJob(job, message) });
  }
  const refusals = findings.flatMap(({ position, finding }) => refusalOf(planned[position]?.written, finding));
  if (refusals.length > 0) throw new ManifestsRefusedError(refusals);
  return { before, outside };
}

async function whyNotComplete(port: ClusterPort, { name, namespace }: OutsideJob): Promise<string | undefined> {
  const job = await unlessMissing(getJob(port, name, { namespace }));
  if (job === undefined) return 'there is no such Job among what is run, nor in the cluster';
  const end = endOf(job);
  if (end === 'Complete') return undefined;
  return end === 'Failed' ? 'this Job has failed' : 'this Job has not ended yet, and is not among what is run';
}

function refusalOf(object: KubernetesObject | undefined, finding: Finding): Refusal[] {
  if (object === undefined) return [];
  const message = `${object.kind} ${JSON.stringify(object.metadata?.name ?? '')} cannot be run: ${formatFinding(finding)}`;
  return [{ object, error: new ClusterError('INVALID', message, { reason: 'Invalid', findings: [finding] }) }];
}
