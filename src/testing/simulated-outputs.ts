import { isJob } from '../api/kinds';
import { fillOutputs, formatOutputName, outputsNeeded } from '../api/outputs';
import type { JsonObject } from '../core/json';
import { findObject, listObjects, type World } from '../engine/world';
import type { KubernetesObject } from '../port/cluster-port';
import { jobs, pods } from '../port/resources';
import { missingOutput, readOutput } from '../verdict/outputs';

/** An object with its outputs filled in, or why one of them is missing. */
type FilledObject = { readonly object: KubernetesObject } | { readonly problem: string };

/** Fills in the outputs of Jobs of a world; those of Jobs that are not among the manifests stay as they are written. */
export function fillInSimulated(object: KubernetesObject, manifests: readonly KubernetesObject[], world: World): FilledObject {
  if (!isJob(object)) return { object };
  const values = new Map<string, string>();
  for (const needed of outputsNeeded(object)) {
    const namespace = needed.namespace ?? object.metadata?.namespace ?? 'default';
    const job = findObject(world, { resource: jobs, namespace, name: needed.name });
    const isHere = (one: KubernetesObject): boolean => one.metadata?.name === needed.name && (one.metadata.namespace ?? 'default') === namespace;
    if (!manifests.some(isHere)) continue;
    const answer = job === undefined
      ? { problem: 'the Job is gone' }
      : readOutput(job as JsonObject, listObjects(world, pods, namespace) as readonly JsonObject[], needed.output);
    if ('problem' in answer) return { problem: missingOutput(needed, `${answer.problem}; a script says it by message: ${needed.output}=…`) };
    values.set(formatOutputName(needed), answer.value);
  }
  return { object: fillOutputs(object, values) };
}
