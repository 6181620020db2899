import type { ErrorCode } from '../../core/errors';
import type { Finding } from '../../core/finding';
import { given } from '../../core/given';
import { asObject, type JsonObject } from '../../core/json';
import { causeReasons, ClusterError, type ClusterErrorDetails } from '../../port/cluster-port';

/** A request to the API server, for the messages of its errors. */
export interface Request {
  /** `get`, `list`, `watch`, `create`, `patch`, `delete`. */
  readonly verb: string;
  /** `jobs "etl" in namespace media`. */
  readonly target: string;
}

/** The error for an unsuccessful answer: its code, message and findings. */
export function errorOfAnswer(status: number, body: unknown, request: Request, retryAfterSeconds?: number): ClusterError {
  const answer = readStatus(body);
  const details: ClusterErrorDetails = {
    status,
    body,
    ...given({ reason: answer.reason, retryAfterSeconds }),
  };
  const said = answer.message ?? `HTTP ${status}`;
  const code = isBadPatch(said) ? 'INVALID' : codeOf(status, answer.reason);
  return new ClusterError(code, `Cannot ${request.verb} ${request.target}: ${said}`, { ...details, ...advice(code, status, said, answer) });
}

/** The error in an `ERROR` event of a watch, whose object is a Status. */
export function errorOfEvent(object: unknown, target: string): ClusterError {
  const { code } = asObject(object);
  return errorOfAnswer(typeof code === 'number' ? code : 500, object, { verb: 'watch', target });
}

function codeOf(status: number, reason: string | undefined): ErrorCode {
  if (status === 410 || reason === 'Expired' || reason === 'Gone') return 'EXPIRED';
  if (status === 401) return 'UNAUTHENTICATED';
  if (status === 403) return 'FORBIDDEN';
  if (status === 404) return 'NOT_FOUND';
  if (status === 409) return 'CONFLICT';
  if (status === 422) return 'INVALID';
  if (status === 408 || status === 425 || status === 429 || status >= 500) return 'UNAVAILABLE';
  return 'API';
}

/** What a Status object says, as far as it is read. */
interface ApiStatus {
  readonly reason?: string;
  readonly message?: string;
  readonly causes: readonly JsonObject[];
}

function readStatus(body: unknown): ApiStatus {
  const { reason, message, details } = asObject(body);
  const { causes } = asObject(details);
  return {
    ...(typeof reason === 'string' && reason !== '' ? { reason } : {}),
    ...(typeof message === 'string' && message !== '' ? { message } : typeof body === 'string' && body !== '' ? { message: firstLine(body) } : {}),
    causes: Array.isArray(causes) ? causes.map(asObject) : [],
  };
}

function advice(code: ErrorCode, status: number, said: string, { causes }: ApiStatus): ClusterErrorDetails {
  switch (code) {
    case 'UNAUTHENTICATED': return { hint: 'the credentials of the kubeconfig are missing or have expired: log in again' };
    case 'FORBIDDEN': return isMissingRight(said) ? { hint: 'ask for a Role with this verb and resource; `cdk8s-jobs rbac` prints one' } : {};
    case 'INVALID': return { findings: causes.length === 0 ? patchFindings(said) : causes.map(toFinding) };
    case 'CONFLICT': return causes.some(({ reason }) => reason === 'FieldManagerConflict')
      ? { hint: /conflicts? with "kueue"/.test(said) ? keepOff : 'another tool owns these fields; take them over with --force-conflicts' }
      : {};
    default: return status === 404 && /could not find the requested resource/.test(said) ? { hint: 'this cluster has no such kind' } : {};
  }
}

const keepOff = 'Kueue owns these fields while the Job is in its queue: leave them out of the manifest';

/** Whether a 403 says that the user lacks a right, and not that an admission plugin refused the object. */
export function isMissingRight(message: string): boolean {
  return /\bcannot \w+ resource\b/.test(message);
}

/**
 * A cause of a 422 as the offline validator would have found it: its message begins with the words of the type, which a finding
 * leaves out.
 */
function toFinding({ field, reason, message }: JsonObject): Finding {
  const said = typeof message === 'string' ? message : '';
  return {
    rule: 'api-server',
    field: typeof field === 'string' ? field : '',
    type: causeReasons[typeof reason === 'string' ? reason : ''] ?? 'Invalid',
    message: said.replace(/^(Required value|Invalid value|Forbidden|Unsupported value|Too long|Too many|Duplicate value|Not found|Internal error)(?:: ?|$)/, ''),
    severity: 'error',
  };
}

/**
 * Whether an apply was refused because the object does not fit its kind: the answer is HTTP 500, though asking again is useless.
 *
 * @source staging/src/k8s.io/apimachinery/pkg/util/managedfields/internal/structuredmerge.go Apply (v1.37)
 */
function isBadPatch(said: string): boolean {
  return said.startsWith('failed to create typed patch object');
}

/** The fields of a patch that does not fit: `.dataa: field not declared in schema`, one per line if there are several. */
function patchFindings(said: string): Finding[] {
  return [...said.matchAll(/(?::|^)\s+\.(\S+): (field not declared in schema|expected .*)$/gm)].map(([, field = '', words = '']) => ({
    rule: 'api-server',
    field,
    type: words.startsWith('expected') ? 'Decode' : 'Unknown',
    message: words.replace(/&value\.valueUnstructured\{Value:(.*)\}/, '$1'),
    severity: 'error',
  }));
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0]?.slice(0, 300) ?? '';
}
