import type { ApiTarget } from './api-target';
import { undecodableMessage } from '../api/invalid-message';
import type { ErrorCode } from '../core/errors';
import type { Finding } from '../core/finding';
import { formatFault } from '../core/finding';
import { given } from '../core/given';
import { asObject } from '../core/json';
import { causeReasons, ClusterError, type KubernetesObject } from '../port/cluster-port';

/** The `Status` that the API answers with instead of an object. */
interface Status extends KubernetesObject {
  readonly kind: 'Status';
  readonly code: number;
  readonly reason?: string;
  readonly message?: string;
}

/** The reason for each HTTP status, for errors that name none; clients switch on it. */
const reasons: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  409: 'Conflict',
  410: 'Expired',
  413: 'RequestEntityTooLarge',
  415: 'UnsupportedMediaType',
  422: 'Invalid',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

/**
 * A refusal.
 *
 * @source staging/src/k8s.io/apimachinery/pkg/api/errors/errors.go (v1.37)
 */
export function failure(code: number, message: string, details?: object): Status {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason: reasons[code] ?? 'Unknown',
    ...given({ details }),
    code,
  };
}

/** An error that is answered with a Status as it is. */
export function refusalWith(code: ErrorCode, body: Status): ClusterError {
  return new ClusterError(code, body.message ?? '', { status: body.code, body, ...given({ reason: body.reason }) });
}

/** The answer to a request that leaves no object behind. */
export function success({ metadata }: KubernetesObject, target: ApiTarget): Status {
  const details = { ...detailsOf(target), ...given({ uid: metadata?.uid }) };
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details, code: 200 };
}

/** What a client is told of an error: the words and causes of the cluster, or that it is a fault of this package. */
export function statusOfError(error: unknown, target: ApiTarget): Status {
  if (error instanceof ClusterError && isStatus(error.body)) return error.body;
  if (!(error instanceof ClusterError)) return failure(500, `Internal error occurred: ${error instanceof Error ? error.message : String(error)}`);
  const { findings, message, reason, status = 500 } = error;
  const code = findings.some(({ type }) => type === 'Decode' || type === 'Unknown') ? 400 : status;
  const said = 'resource' in target ? undecodableMessage(target.resource, findings) ?? message : message;
  const text = error.hint === undefined ? said : `${said}: ${error.hint}`;
  const causes = code === 422 ? { causes: findings.map(toCause) } : {};
  const known = failure(code, text, { ...(code === 422 ? subjectOf(target, error) : namedIn(message) ?? detailsOf(target)), ...causes });
  return code === status && reason !== undefined ? { ...known, reason } : known;
}

function isStatus(body: unknown): body is Status {
  return asObject(body).kind === 'Status';
}

function toCause(finding: Finding): object {
  const [reason = 'FieldValueInvalid'] = Object.entries(causeReasons).find(([, type]) => type === finding.type) ?? [];
  return { reason, message: formatFault(finding), field: finding.field };
}

/** What a refusal is about where its words begin with that, as `namespaces "x" not found` in answer to the creation of a Job. */
function namedIn(message: string): object | undefined {
  const [, kind, group, name] = /^(?:object is being deleted: )?([a-z]+)(?:\.([a-z.]+))? "([^"]+)" (?:not found|already exists|is forbidden)/.exec(message) ?? [];
  return kind === undefined ? undefined : { name, ...given({ group }), kind };
}

/** An invalid object is named by its kind and its own name, which the path may not have. */
function subjectOf(target: ApiTarget, { message }: ClusterError): object {
  const [, name] = /^[\w.]+ "([^"]*)" is invalid/.exec(message) ?? [];
  const kind = 'resource' in target ? { kind: target.resource.kind } : {};
  return { ...detailsOf(target), ...kind, ...name === '' ? {} : given({ name }) };
}

function detailsOf(target: ApiTarget): object {
  if (target.type === 'document' || target.type === 'unknown') return {};
  const [group, version] = target.resource.apiVersion.split('/');
  return { ...(target.type === 'object' ? { name: target.name } : {}), ...(version === undefined ? {} : { group }), kind: target.resource.plural };
}
