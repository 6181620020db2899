import { type Column, tableOf } from './api-columns';
import { given } from '../core/given';
import type { Instant } from '../core/time';
import type { KubernetesMetadata, KubernetesObject, WatchEvent } from '../port/cluster-port';

/** Objects as kubectl prints them: a `Table` of meta.k8s.io/v1. */
interface PrintedTable extends KubernetesObject {
  readonly kind: 'Table';
}

/** How much of an object comes with its row. */
type IncludeObject = 'None' | 'Metadata' | 'Object';

/** Whether a client that accepts this asks for a table. */
export function wantsTable(accept: string | undefined): boolean {
  return /\bas=Table\b/.test((accept ?? '').split(',')[0] ?? '');
}

/** The value of the parameter `includeObject`; anything else counts as the default. */
export function includeObjectOf(text: string | null): IncludeObject {
  return text === 'None' || text === 'Object' ? text : 'Metadata';
}

/**
 * The table of objects of one kind.
 *
 * @source staging/src/k8s.io/apiserver/pkg/endpoints/handlers/response.go asTable (v1.37)
 */
export function toTable(
  kind: string, objects: readonly KubernetesObject[], metadata: KubernetesMetadata, include: IncludeObject, now: Instant,
): PrintedTable {
  const { columns, cells } = tableOf(kind);
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: columns.map(toDefinition),
    rows: objects.map((object) => ({ cells: cells(object, now), ...(include === 'None' ? {} : { object: partOf(object, include) }) })),
  };
}

/** An event of a watch with its object as a table of one row; only the first table of a stream needs columns. */
export function toTableEvent(
  { type, object }: WatchEvent, kind: string, include: IncludeObject, now: Instant, isFirst: boolean,
): WatchEvent {
  if (type === 'BOOKMARK' || type === 'ERROR') return { type, object };
  const { resourceVersion } = object.metadata ?? {};
  const table = toTable(kind, [object], given({ resourceVersion }), include, now);
  return { type, object: isFirst ? table : { ...table, columnDefinitions: null } };
}

function toDefinition({ name, wide }: Column): object {
  return { name, type: 'string', format: name === 'Name' ? 'name' : '', description: '', priority: wide === true ? 1 : 0 };
}

function partOf(object: KubernetesObject, include: IncludeObject): KubernetesObject {
  if (include === 'Object') return object;
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', ...given({ metadata: object.metadata }) };
}
