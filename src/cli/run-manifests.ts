import type { CliContext } from './command';
import { loadInput } from './load-input';
import { UsageError } from '../core/errors';
import type { KubernetesObject } from '../spec/cluster-port';
import { readKubectlObjects } from '../yaml/kubectl-objects';

/**
 * All objects of what the words of a command line name, as kubectl would send them.
 *
 * @throws {UsageError} with file, line and document for the first that cannot be used: then nothing may be done.
 */
export async function loadObjects(words: readonly string[], context: CliContext): Promise<KubernetesObject[]> {
  const objects: KubernetesObject[] = [];
  for (const word of words) {
    for (const { name, stream } of await loadInput(word, context)) {
      if (stream.error !== undefined) {
        const { line, column, message } = stream.error;
        throw new UsageError(`${name}:${line}:${column}: Cannot read the document: ${message}`);
      }
      for (const [position, { value, line }] of stream.documents.entries()) {
        objects.push(...readDocument(`${name}:${line}`, position + 1, value));
      }
    }
  }
  if (objects.length === 0) throw new UsageError(`There is no manifest in ${words.join(', ')}`, 'write a Job: apiVersion: batch/v1, kind: Job');
  return objects;
}

function readDocument(place: string, position: number, value: unknown): KubernetesObject[] {
  const { objects, refusals } = readKubectlObjects(value);
  const [refusal] = refusals;
  if (refusal !== undefined) {
    const path = refusal.field === '' ? '' : `${refusal.field}: `;
    throw new UsageError(`${place}: document ${position} is no Kubernetes object: ${path}${refusal.message}`, 'write apiVersion, kind and metadata');
  }
  return objects.map((object) => object.value as KubernetesObject);
}
