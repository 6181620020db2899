import { badRequest } from './api-query';
import { given } from '../core/given';
import { isObject } from '../core/json';
import type { KubernetesObject, ObjectList } from '../port/cluster-port';

/** One page of a list, and the metadata that leads to the next. */
interface Page {
  readonly items: readonly KubernetesObject[];
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string; readonly remainingItemCount?: number };
}

/**
 * The page of a list that `limit` and `continue` ask for; the whole list when they are absent.
 *
 * Unlike a real server it keeps no list as it was: a later page shows what is there by then, and a watch from its version misses nothing.
 *
 * @throws {ClusterError} `API` (400) for a limit or a token that is none.
 * @source staging/src/k8s.io/apiserver/pkg/storage/continue.go DecodeContinue, EncodeContinue (v1.37)
 */
export function pageOf({ items, resourceVersion }: ObjectList, query: URLSearchParams, namespace: string | undefined): Page {
  const limit = limitOf(query);
  const token = tokenOf(query);
  const all = items.map((object) => ({ object, key: keyOf(object, namespace) }));
  const keyed = token === undefined ? all : all.filter(({ key }) => key >= token.start);
  const version = token === undefined ? resourceVersion : String(token.rv);
  const last = keyed[limit - 1];
  if (limit <= 0 || last === undefined || keyed.length === limit) {
    return { items: keyed.map(({ object }) => object), metadata: { resourceVersion: version } };
  }
  const next = { v: 'meta.k8s.io/v1', rv: Number(version), start: `${last.key}\0` };
  // With a selector a real server does not know how many are left.
  const isSelected = ['labelSelector', 'fieldSelector'].some((name) => (query.get(name) ?? '') !== '');
  const remainingItemCount = isSelected ? undefined : keyed.length - limit;
  return {
    items: keyed.slice(0, limit).map(({ object }) => object),
    metadata: { resourceVersion: version, continue: Buffer.from(JSON.stringify(next)).toString('base64url'), ...given({ remainingItemCount }) },
  };
}

function limitOf(query: URLSearchParams): number {
  const text = query.get('limit') ?? '';
  if (!/^(?:-?\d{1,15})?$/.test(text)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  return Number(text);
}

/** Where a list is gone on with, and the version of its first page. */
interface Token {
  readonly rv: number;
  readonly start: string;
}

function tokenOf(query: URLSearchParams): Token | undefined {
  const text = query.get('continue') ?? '';
  if (text === '') return undefined;
  if (!['', '0'].includes(query.get('resourceVersion') ?? '')) throw badRequest('specifying resource version is not allowed when using continue');
  const { rv, start } = parsedToken(text);
  if (typeof rv !== 'number' || typeof start !== 'string') throw badRequest('invalid continue token: continue key is not valid');
  return { rv, start };
}

function parsedToken(text: string): { readonly rv?: unknown; readonly start?: unknown } {
  try {
    const token: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return isObject(token) ? token : {};
  } catch (error) {
    throw badRequest(`invalid continue token: continue key is not valid: ${(error as Error).message}`);
  }
}

/** What lists are in the order of: the name, behind the namespace in a list of all namespaces. */
function keyOf({ metadata: { namespace: own, name = '' } = {} }: KubernetesObject, namespace: string | undefined): string {
  return namespace !== undefined || own === undefined ? name : `${own}/${name}`;
}
