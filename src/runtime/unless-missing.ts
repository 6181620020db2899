import { ClusterError } from '../port/cluster-port';

/** The answer of a cluster, or undefined where there is no such object. @throws {ClusterError} for every other refusal. */
export async function unlessMissing<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ClusterError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}
