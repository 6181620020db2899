import { given } from '../core/given';
import type { Resource } from '../port/cluster-port';
import { resources } from '../port/resources';

/** What the path of a request names. */
export type ApiTarget = DocumentTarget | CollectionTarget | ObjectTarget | UnknownTarget;

/** Something other than an object: discovery, the version, a health check, a review. */
interface DocumentTarget {
  readonly type: 'document';
  readonly path: string;
}

/** All objects of a kind, in one namespace or in all. */
export interface CollectionTarget {
  readonly type: 'collection';
  readonly resource: Resource;
  readonly namespace?: string;
}

/** One object, or a part of it such as `log`. */
export interface ObjectTarget {
  readonly type: 'object';
  readonly resource: Resource;
  readonly namespace?: string;
  readonly name: string;
  readonly subresource?: string;
}

/** A path that this API does not have. */
interface UnknownTarget {
  readonly type: 'unknown';
  readonly path: string;
}

/**
 * Reads the path of a request, as `/apis/batch/v1/namespaces/default/jobs/etl`.
 *
 * @source staging/src/k8s.io/apiserver/pkg/endpoints/request/requestinfo.go NewRequestInfo (v1.37)
 */
export function parseTarget(path: string): ApiTarget {
  const segments = path.split('/').filter((segment) => segment !== '').map(decode);
  const [root = '', group = '', version = ''] = segments;
  const isCore = root === 'api' && segments.length > 2;
  const isGroup = root === 'apis' && segments.length > 3;
  if (!isCore && !isGroup) return { type: 'document', path: `/${segments.join('/')}` };
  const apiVersion = isCore ? group : `${group}/${version}`;
  return parseObject(apiVersion, segments.slice(isCore ? 2 : 3), path);
}

function parseObject(apiVersion: string, segments: readonly string[], path: string): ApiTarget {
  const [first = '', second, third] = segments;
  const isInNamespace = first === 'namespaces' && second !== undefined && third !== undefined && third !== 'status' && third !== 'finalize';
  const [plural = '', name, subresource, ...rest] = isInNamespace ? segments.slice(2) : segments;
  const resource = resources.find((candidate) => candidate.apiVersion === apiVersion && candidate.plural === plural);
  if (resource === undefined) {
    // Reviews are created like objects, but not stored.
    return name === undefined && !isInNamespace ? { type: 'document', path } : { type: 'unknown', path };
  }
  if (rest.length > 0 || resource.namespaced !== isInNamespace && (isInNamespace || name !== undefined)) return { type: 'unknown', path };
  const where = isInNamespace ? { namespace: second } : {};
  if (name === undefined) return { type: 'collection', resource, ...where };
  return { type: 'object', resource, ...where, name, ...given({ subresource }) };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // Badly encoded: nothing has such a name.
    return segment;
  }
}
