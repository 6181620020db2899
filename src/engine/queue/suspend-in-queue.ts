import type { QueueSettings } from './settings';
import { isJob } from '../../api/kinds';
import { queueOf } from '../../api/kueue';
import type { KubernetesObject } from '../../port/cluster-port';

/**
 * A new object as Kueue's webhook lets it in: a Job of a queue is suspended.
 *
 * @source kueue pkg/controller/jobs/job/job_webhook.go JobWebhook.Default (kueue v0.17)
 */
export function suspendInQueue<Sent extends KubernetesObject>(sent: Sent, { quotas }: QueueSettings): Sent {
  if (quotas.size === 0 || !isJob(sent) || queueOf(sent) === undefined) return sent;
  return { ...sent, spec: { ...sent.spec as object, suspend: true } };
}
