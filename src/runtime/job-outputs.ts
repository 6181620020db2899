import { jobPodsSelector } from './job-pods';
import { getJob } from './jobs';
import { unlessMissing } from './unless-missing';
import { isJob } from '../api/kinds';
import { formatJobName, type JobName } from '../api/order';
import { fillOutputs, formatOutputName, inputsOf, type OutputName, outputsNeeded } from '../api/outputs';
import { formatSelector } from '../api/selector';
import type { JsonObject } from '../core/json';
import { ClusterError, type ClusterPort, type KubernetesObject } from '../port/cluster-port';
import { pods as podResource } from '../port/resources';
import { missingOutput, readOutput } from '../verdict/outputs';

/** A Job with the outputs of earlier Jobs filled in, or why one of them is missing. */
type FilledJob = { readonly job: KubernetesObject } | { readonly problem: string };

/**
 * An object with the outputs that were filled into it when it was made: what is in the cluster already keeps them, whatever has become of
 * the pods that they came from. One that is not there is left as it is.
 *
 * @throws {ClusterError} when the cluster cannot be asked.
 */
export async function keepOutputs(port: ClusterPort, object: KubernetesObject): Promise<KubernetesObject> {
  const { name, namespace = port.namespace } = object.metadata ?? {};
  const needed = isJob(object) ? outputsNeeded(object) : [];
  if (needed.length === 0 || name === undefined) return object;
  const known = inputsOf(await tryGet(port, name, namespace));
  const values = new Map(needed.map(formatOutputName).flatMap((word) => known.has(word) ? [[word, known.get(word) ?? '']] : []));
  return values.size < needed.length ? object : fillOutputs(object, values);
}

/** Undefined for a Job that is not there, and where Jobs may not be read: then it is told when an output is needed. */
async function tryGet(port: ClusterPort, name: string, namespace: string): Promise<KubernetesObject | undefined> {
  try {
    return await unlessMissing(getJob(port, name, { namespace }));
  } catch (error) {
    if (error instanceof ClusterError && error.code === 'FORBIDDEN') return undefined;
    throw error;
  }
}

/**
 * Reads the outputs that a Job needs from the pods of the Jobs that write them, which must be complete, and fills them in.
 *
 * @throws {ClusterError} when the cluster cannot be asked.
 */
export async function fillInOutputs(port: ClusterPort, job: KubernetesObject): Promise<FilledJob> {
  const needed = outputsNeeded(job);
  const values = new Map<string, string>();
  for (const group of groupByJob(needed)) {
    const [first] = group;
    if (first === undefined) continue;
    const answers = await readFrom(port, first, job.metadata?.namespace ?? port.namespace);
    for (const name of group) {
      const answer = typeof answers === 'string' ? { problem: answers } : readOutput(answers.job, answers.pods, name.output);
      if ('problem' in answer) return { problem: missingOutput(name, answer.problem) };
      values.set(formatOutputName(name), answer.value);
    }
  }
  return { job: fillOutputs(job, values) };
}

/** A Job and its pods, or why they cannot be read. */
async function readFrom(
  port: ClusterPort, { name, namespace = '' }: JobName, own: string,
): Promise<string | { readonly job: JsonObject; readonly pods: readonly JsonObject[] }> {
  const place = namespace === '' ? own : namespace;
  try {
    const job = await unlessMissing(getJob(port, name, { namespace: place }));
    if (job === undefined) return 'the Job is gone';
    const { items } = await port.list(podResource, { namespace: place, labelSelector: formatSelector(jobPodsSelector(job)) });
    return { job: job as JsonObject, pods: items as readonly JsonObject[] };
  } catch (error) {
    if (error instanceof ClusterError && error.code === 'FORBIDDEN') return `it may not be read: ${error.message}`;
    throw error;
  }
}

function groupByJob(names: readonly OutputName[]): Iterable<readonly OutputName[]> {
  const groups = new Map<string, OutputName[]>();
  for (const name of names) {
    const key = formatJobName(name);
    groups.set(key, [...groups.get(key) ?? [], name]);
  }
  return groups.values();
}
