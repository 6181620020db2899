import type { Answer } from '../engine/world';
import { ClusterError, type Resource } from '../port/cluster-port';
import { qualifiedName } from '../port/resources';

/** The refusal of what is not there. */
export function notFound(resource: Resource, name: string): ClusterError {
  return new ClusterError('NOT_FOUND', `${qualifiedName(resource)} ${JSON.stringify(name)} not found`, { status: 404, reason: 'NotFound' });
}

/** The refusal of what was too long ago. */
export function expired(message: string): ClusterError {
  return new ClusterError('EXPIRED', message, { status: 410, reason: 'Expired' });
}

/** The engine's refusal of a write, as an error. */
export function refusal(answer: Answer | undefined): ClusterError {
  const { code = 500, reason = 'InternalError', message = 'The local engine gave no answer' } = answer ?? {};
  const details = { status: code, reason };
  if (code === 404) return new ClusterError('NOT_FOUND', message, details);
  return new ClusterError(code === 409 ? 'CONFLICT' : 'API', message, details);
}
