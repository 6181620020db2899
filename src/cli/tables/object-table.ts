import { columns } from './columns';
import { groupJobs } from './job-groups';
import { objectName } from './object-name';
import type { JobSpec, JobStatus } from '../../api/kubernetes';
import { tableOf } from '../../local/api-columns';
import { humanAge, humanDuration } from '../../local/human-duration';
import type { KubernetesObject } from '../../port/cluster-port';

/** How much a table shows. */
export interface TableOptions {
  /** Containers and images too. */
  readonly wide: boolean;
  /** Whether the namespace stands in the first column. */
  readonly allNamespaces: boolean;
  /** Whether names carry their kind though only one kind is shown. */
  readonly withKind?: boolean;
  /** Whether the objects are as they were when they were deleted. */
  readonly isDeleted?: boolean;
}

/** Jobs, CronJobs and what stands beside them in manifests as lines: a table for each kind, with a blank line between them. */
export function objectTables(found: readonly KubernetesObject[], options: TableOptions): string[] {
  const kinds = [...new Set(found.map(({ kind }) => kind))];
  const withKind = options.withKind === true || kinds.length > 1;
  return kinds.flatMap((kind, position) => {
    const { head, rows } = objectRows(found.filter((object) => object.kind === kind), { ...options, withKind });
    return [...position === 0 ? [] : [''], ...columns([head, ...rows])];
  });
}

/** The cells of some objects of one kind, below the names of their columns. */
export function objectRows(
  found: readonly KubernetesObject[], { wide, allNamespaces, withKind = false, isDeleted = false }: TableOptions,
): { readonly head: readonly string[]; readonly rows: ReadonlyArray<readonly string[]> } {
  const grouped = groupJobs(found);
  const { kind = 'Job' } = found[0] ?? {};
  const { head, row } = kind === 'Job' ? jobColumns(wide, isDeleted) : kubectlColumns(kind, wide);
  const rows = grouped.map(({ job: object, indent }) => {
    const name = withKind ? objectName(object) : object.metadata?.name ?? '';
    return [...allNamespaces ? [object.metadata?.namespace ?? ''] : [], `${indent}${name}`, ...row(object)];
  });
  return { head: [...allNamespaces ? ['NAMESPACE'] : [], 'NAME', ...head], rows };
}

/** The columns behind the name, and the cells of one object in them. */
interface Columns {
  readonly head: readonly string[];
  readonly row: (object: KubernetesObject) => readonly string[];
}

/** kubectl's own columns; containers and images where they are wanted. */
function kubectlColumns(kind: string, wide: boolean): Columns {
  const { columns: all, cells } = tableOf(kind);
  const pick = (list: ReadonlyArray<string | number>): string[] => (
    list.filter((_, column) => column > 0 && (all[column]?.wide !== true || (wide && all[column].name !== 'Selector'))).map(String)
  );
  return { head: pick(all.map(({ name }) => name.toUpperCase())), row: (object) => pick(cells(object, Date.now())) };
}

function jobColumns(wide: boolean, isDeleted: boolean): Columns {
  const head = ['STATUS', 'COMPLETIONS', 'FAILED', 'DURATION', 'AGE', ...wide ? ['CONTAINERS', 'IMAGES'] : []];
  return { head, row: (job) => jobCells(job, wide, isDeleted) };
}

function jobCells(job: KubernetesObject, wide: boolean, isDeleted: boolean): string[] {
  const { startTime, completionTime, succeeded = 0, failed = 0 } = (job.status ?? {}) as Partial<JobStatus>;
  const { completions, template } = (job.spec ?? {}) as Partial<JobSpec>;
  const containers = (template?.spec?.containers ?? []) as ReadonlyArray<{ name: string; image?: string }>;
  const ended = completionTime === undefined ? Date.now() : Date.parse(String(completionTime));
  return [
    isDeleted ? 'Deleted' : statusWord(job), `${succeeded}/${completions ?? '-'}`, String(failed),
    startTime === undefined ? '-' : humanDuration((ended - Date.parse(String(startTime))) / 1000),
    humanAge(job.metadata?.creationTimestamp, Date.now()),
    ...wide ? [containers.map(({ name }) => name).join(','), containers.map(({ image = '' }) => image).join(',')] : [],
  ];
}

function statusWord({ status, metadata, spec }: KubernetesObject): string {
  const { conditions = [] } = (status ?? {}) as { conditions?: ReadonlyArray<{ type: string; status: string; reason?: string }> };
  const has = (type: string): boolean => conditions.some((condition) => condition.type === type && condition.status === 'True');
  if (metadata?.deletionTimestamp !== undefined) return 'Terminating';
  if (has('Complete')) return 'Complete';
  if (has('Failed')) return 'Failed';
  return has('Suspended') || (spec as Partial<JobSpec> | undefined)?.suspend === true ? 'Suspended' : 'Running';
}
