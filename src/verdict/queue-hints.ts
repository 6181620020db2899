import type { Situation } from './hint-words';
import { text } from './read';
import { queueNameLabel, queueOf, queuePriorityLabel } from '../api/kueue';

/** What to do about a Job that its queue does not let run, by code. */
export const queueHints = {
  Queued: queued,
  QueueMissing: queueMissing,
  ExceedsQuota: (situation: Situation) =>
    `${theQueue(situation)} can never give what the Job asks for: lower resources.requests or parallelism, or name another queue.`,
  Deactivated: ({ job }: Situation) => `Its Workload was deactivated. Put the Job back into its queue with: cdk8s-jobs resume ${job?.name ?? ''}${place(job)}.`,
  WorkloadFinished: ({ job }: Situation) =>
    `Kueue has given the Job up and will not start it. Make it again from its manifest: run it with --replace; as it was: cdk8s-jobs retry ${job?.name ?? ''}${place(job)}.`,
};

function queued(situation: Situation): string {
  const { history, job } = situation;
  const words = `${theQueue(situation)} decides when the Job runs: to resume it does nothing.`;
  if (job === undefined || history.workloadOf(job) !== undefined) return words;
  const priority = text(job.latest, 'metadata', 'labels', queuePriorityLabel);
  const maybe = priority === undefined ? '' : `, and whether there is a WorkloadPriorityClass "${priority}"`;
  return `${words} No Workload of it was seen: if that lasts, look whether Kueue runs here (cdk8s-jobs doctor)${maybe}.`;
}

function queueMissing(situation: Situation): string {
  const { cause: { detail }, job } = situation;
  const clusterQueue = /ClusterQueue (\S+) doesn't exist/.exec(detail)?.[1];
  const another = `or name another queue in label ${queueNameLabel}`;
  if (clusterQueue !== undefined) return `${theQueue(situation)} belongs to ClusterQueue "${clusterQueue}", which does not exist: have it made, ${another}.`;
  const queue = /LocalQueue (\S+) doesn't exist/.exec(detail)?.[1] ?? queueOf(job?.latest) ?? '';
  return `There is no LocalQueue "${queue}" in namespace ${job?.namespace ?? ''}: have it made, ${another}.`;
}

function theQueue({ job }: Situation): string {
  const name = queueOf(job?.latest);
  return name === undefined ? 'Its queue' : `Queue ${name}`;
}

function place(job: Situation['job']): string {
  return job === undefined || job.namespace === 'default' ? '' : ` -n ${job.namespace}`;
}
