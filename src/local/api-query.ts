import type { CollectionTarget } from './api-target';
import { readFieldSelector } from './field-selector';
import { readSelector } from '../api/selector-text';
import { given } from '../core/given';
import { asObject } from '../core/json';
import { ClusterError, type LogOptions, type PropagationPolicy, type Selection, type WriteOptions } from '../port/cluster-port';

/**
 * Which objects a list, a watch or a deletion of many is about; without a namespace, those of all.
 *
 * @throws {ClusterError} for selectors that cannot be read: whatever they were to choose, it was not everything.
 */
export function selectionOf(query: URLSearchParams, { resource, namespace }: CollectionTarget): Selection {
  const labelSelector = query.get('labelSelector') ?? '';
  const selector = readSelector(labelSelector);
  if ('problem' in selector) throw badRequest(selector.problem);
  const fieldSelector = query.get('fieldSelector') ?? '';
  const fields = readFieldSelector(fieldSelector, resource.kind);
  if ('problem' in fields) throw badRequest(fields.problem);
  return {
    namespace: namespace ?? '*',
    ...(labelSelector === '' ? {} : { labelSelector }),
    ...(fieldSelector === '' ? {} : { fieldSelector }),
  };
}

/** Whether a write is a dry run. @throws {ClusterError} for another value than `All`, as the API server. */
export function writeOptionsOf(query: URLSearchParams): WriteOptions {
  const dryRun = query.getAll('dryRun');
  if (dryRun.some((value) => value !== 'All')) throw badRequest(`Invalid value: ${JSON.stringify(dryRun)}: dryRun supports the value "All" alone`);
  return { dryRun: dryRun.length > 0 };
}

/** How an object is to be deleted; what is not said is left to the API's default. */
export interface DeletionRequest extends WriteOptions {
  readonly propagationPolicy?: PropagationPolicy;
  readonly uid?: string;
  readonly gracePeriodSeconds?: number;
}

/** The options of a deletion: in the body, or in the query. @throws {ClusterError} for an unknown policy. */
export function deletionOf(query: URLSearchParams, body: unknown): DeletionRequest {
  const options: DeletionBody = asObject(body);
  const policy = options.propagationPolicy ?? query.get('propagationPolicy') ?? undefined;
  if (policy !== undefined && !policies.some((known) => known === policy)) {
    throw badRequest(`invalid propagation policy ${JSON.stringify(policy)}: supported are ${policies.join(', ')}`);
  }
  const grace = options.gracePeriodSeconds ?? numberOf(query, 'gracePeriodSeconds');
  const uid = options.preconditions?.uid;
  const isDry = writeOptionsOf(query).dryRun === true || (options.dryRun ?? []).length > 0;
  return {
    dryRun: isDry,
    ...given({ propagationPolicy: policy as PropagationPolicy | undefined, gracePeriodSeconds: grace, uid }),
  };
}

interface DeletionBody {
  readonly propagationPolicy?: string;
  readonly gracePeriodSeconds?: number;
  readonly preconditions?: { readonly uid?: string };
  readonly dryRun?: readonly string[];
}

const policies: readonly PropagationPolicy[] = ['Background', 'Foreground', 'Orphan'];

/** Which part of a log is wanted; `container` is the one that is meant when the query names none. */
export function logOptionsOf(query: URLSearchParams, container: string, now: number): LogOptions {
  const seconds = numberOf(query, 'sinceSeconds');
  const tailLines = numberOf(query, 'tailLines');
  const sinceTime = seconds === undefined ? query.get('sinceTime') ?? undefined : new Date(now - seconds * 1000).toISOString();
  return {
    container: query.get('container') ?? container,
    follow: isTrueParameter(query, 'follow'),
    previous: isTrueParameter(query, 'previous'),
    timestamps: isTrueParameter(query, 'timestamps'),
    ...given({ sinceTime, tailLines }),
  };
}

/** Whether a parameter is set. */
export function isTrueParameter(query: URLSearchParams, name: string): boolean {
  const value = query.get(name);
  return value === 'true' || value === '1' || value === '';
}

/** The whole number of a parameter, or undefined. @throws {ClusterError} for anything else. */
export function numberOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  if (!/^\d{1,15}$/.test(text)) throw badRequest(`${name}: ${JSON.stringify(text)} is no whole number`);
  return Number(text);
}

/** The error of a bad request. */
export function badRequest(message: string): ClusterError {
  return new ClusterError('API', message, { status: 400, reason: 'BadRequest' });
}
