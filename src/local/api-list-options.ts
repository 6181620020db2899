import { badRequest } from './api-query';
import { failure, refusalWith } from './api-status';
import { isObject } from '../core/json';
import type { ClusterError } from '../port/cluster-port';

/** Which part of which list is asked for. */
export interface ListOptions {
  /** The most objects; 0 for all. */
  readonly limit: number;
  /** The key of the first object that is wanted. */
  readonly start?: string;
  /** The list as it was at this version. Default: as it is now. */
  readonly version?: number;
  /** The list must not be older than this version. */
  readonly atLeast?: number;
  /** Whether an earlier page led here. */
  readonly isContinued: boolean;
}

/** Where a list goes on: the version of its first page, -1 for what there is by then, and the key of the next object. */
interface Token {
  readonly rv: number;
  readonly start: string;
}

/**
 * What the query asks for: `limit`, `continue`, `resourceVersion` and `resourceVersionMatch`.
 *
 * @throws {ClusterError} for what makes no sense, in the API server's words.
 * @source staging/src/k8s.io/apiserver/pkg/storage/util.go ValidateListOptions (v1.37)
 */
export function listOptionsOf(query: URLSearchParams): ListOptions {
  const match = matchOf(query);
  const limit = limitOf(query);
  const version = query.get('resourceVersion') ?? '';
  const text = query.get('continue') ?? '';
  if (text !== '') {
    const { rv, start } = parseToken(text);
    if (version !== '' && version !== '0') throw badRequest('specifying resource version is not allowed when using continue');
    return { limit, start, ...(rv > 0 ? { version: rv } : {}), isContinued: true };
  }
  if (version === '') return { limit, isContinued: false };
  const quoted = JSON.stringify(version);
  if (!/^\d{1,15}$/.test(version)) throw badRequest(`invalid resource version: resourceVersion: Invalid value: ${quoted}: strconv.ParseUint: parsing ${quoted}: invalid syntax`);
  const asked = Number(version);
  // Any version will do: that list comes from a cache, which has it whole.
  if (asked === 0) return { limit: 0, isContinued: false };
  const isExact = match === 'Exact' || (match === '' && limit > 0);
  return { limit, ...(isExact ? { version: asked } : { atLeast: asked }), isContinued: false };
}

/** The text of a token. */
export function formatToken({ rv, start }: Token): string {
  return Buffer.from(JSON.stringify({ v: tokenVersion, rv, start })).toString('base64url');
}

const tokenVersion = 'meta.k8s.io/v1';

/** @source staging/src/k8s.io/apimachinery/pkg/apis/meta/internalversion/validation/validation.go ValidateListOptions (v1.37) */
function matchOf(query: URLSearchParams): string {
  const match = query.get('resourceVersionMatch') ?? '';
  const version = query.get('resourceVersion') ?? '';
  if (match === '') return match;
  const faults: ReadonlyArray<readonly [isBroken: boolean, reason: string, message: string]> = [
    [version === '', 'FieldValueForbidden', 'Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided'],
    [(query.get('continue') ?? '') !== '', 'FieldValueForbidden', 'Forbidden: resourceVersionMatch is forbidden when continue is provided'],
    [match !== 'Exact' && match !== 'NotOlderThan', 'FieldValueNotSupported', `Unsupported value: ${JSON.stringify(match)}: supported values: "Exact", "NotOlderThan", ""`],
    [match === 'Exact' && version === '0', 'FieldValueForbidden', 'Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"'],
  ];
  const field = 'resourceVersionMatch';
  const causes = faults.filter(([isBroken]) => isBroken).map(([, reason, message]) => ({ reason, message, field }));
  if (causes.length === 0) return match;
  const texts = causes.map(({ message }) => `${field}: ${message}`).join(', ');
  const text = causes.length === 1 ? texts : `[${texts}]`;
  throw refusalWith('API', failure(422, `ListOptions.meta.k8s.io "" is invalid: ${text}`, { group: 'meta.k8s.io', kind: 'ListOptions', causes }));
}

function limitOf(query: URLSearchParams): number {
  const text = query.get('limit') ?? '';
  if (!/^(?:-?\d{1,15})?$/.test(text)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  return Math.max(0, Number(text));
}

/** @source staging/src/k8s.io/apiserver/pkg/storage/continue.go DecodeContinue (v1.37) */
function parseToken(text: string): Token {
  const { v, rv, start } = decoded(text);
  if (v !== tokenVersion) throw badToken(`server does not recognize this encoded version ${JSON.stringify(v ?? '')}`);
  if (typeof rv !== 'number' || rv === 0) throw badToken(`incorrect encoded start resourceVersion (version ${tokenVersion})`);
  if (typeof start !== 'string' || start === '') throw badToken(`encoded start key empty (version ${tokenVersion})`);
  return { rv, start };
}

function decoded(text: string): { readonly v?: unknown; readonly rv?: unknown; readonly start?: unknown } {
  try {
    const token: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return isObject(token) ? token : {};
  } catch (error) {
    throw badToken(`continue key is not valid: ${(error as Error).message}`);
  }
}

function badToken(why: string): ClusterError {
  return badRequest(`invalid continue token: ${why}`);
}
