import { podCells } from './api-pod-cells';
import { serviceCells } from './api-service-cells';
import { humanAge, humanDuration } from './human-duration';
import type { Decoded } from '../api/decoded';
import type { Container, CronJob, CronJobStatus, Job, JobStatus, LabelSelector, PodTemplateSpec } from '../api/kubernetes';
import { asObject } from '../core/json';
import { type Instant, tryParseTime } from '../core/time';
import type { KubernetesObject } from '../port/cluster-port';

/** One column in kubectl's table of a kind. */
export interface Column {
  readonly name: string;
  /** Shown with `-o wide` only. */
  readonly wide?: boolean;
}

/** The columns of a kind, and the cells of one object in them. */
interface KindTable {
  readonly columns: readonly Column[];
  readonly cells: (object: KubernetesObject, now: Instant) => ReadonlyArray<string | number>;
}

const none = '<none>';
const wide = (name: string): Column => ({ name, wide: true });
const shown = (...names: readonly string[]): Column[] => names.map((name) => ({ name }));

/**
 * The tables of the kinds that kubectl shows with more than name and age.
 *
 * @source pkg/printers/internalversion/printers.go AddHandlers (v1.37)
 */
const tables: Readonly<Record<string, KindTable>> = {
  Job: {
    columns: [...shown('Name', 'Status', 'Completions', 'Duration', 'Age'), wide('Containers'), wide('Images'), wide('Selector')],
    cells: (object, now) => jobCells(object as Decoded<Job>, now),
  },
  CronJob: {
    columns: [
      ...shown('Name', 'Schedule', 'Timezone', 'Suspend', 'Active', 'Last Schedule', 'Age'), wide('Containers'), wide('Images'), wide('Selector'),
    ],
    cells: (object, now) => cronJobCells(object as Decoded<CronJob>, now),
  },
  Pod: {
    columns: [...shown('Name', 'Ready', 'Status', 'Restarts', 'Age'), wide('IP'), wide('Node'), wide('Nominated Node'), wide('Readiness Gates')],
    cells: podCells,
  },
  Event: {
    columns: [
      ...shown('Last Seen', 'Type', 'Reason', 'Object'), wide('Subobject'), wide('Source'), ...shown('Message'), wide('First Seen'), wide('Count'), wide('Name'),
    ],
    cells: eventCells,
  },
  ConfigMap: { columns: shown('Name', 'Data', 'Age'), cells: (object, now) => [nameOf(object), countOf(object.data) + countOf(object.binaryData), ageOf(object, now)] },
  Secret: {
    columns: shown('Name', 'Type', 'Data', 'Age'),
    cells: (object, now) => [nameOf(object), String(object.type ?? 'Opaque'), countOf(object.data), ageOf(object, now)],
  },
  Service: {
    columns: [...shown('Name', 'Type', 'Cluster-IP', 'External-IP', 'Port(s)', 'Age'), wide('Selector')],
    cells: serviceCells,
  },
  Namespace: {
    columns: shown('Name', 'Status', 'Age'),
    cells: (object, now) => [nameOf(object), String(asObject(object.status).phase ?? 'Active'), ageOf(object, now)],
  },
};

const others: KindTable = { columns: shown('Name', 'Age'), cells: (object, now) => [nameOf(object), ageOf(object, now)] };

/** The table of a kind. */
export function tableOf(kind: string): KindTable {
  return tables[kind] ?? others;
}

/** How long ago an object was created. */
function ageOf({ metadata }: KubernetesObject, now: Instant): string {
  return humanAge(metadata?.creationTimestamp, now);
}

function nameOf({ metadata }: KubernetesObject): string {
  return metadata?.name ?? '';
}

function jobCells({ metadata = {}, spec = {}, status = {} }: Decoded<Job>, now: Instant): ReadonlyArray<string | number> {
  const { completions, parallelism = 1, selector, template } = spec;
  const { succeeded = 0, startTime, completionTime } = status;
  const wanted = completions ?? (parallelism > 1 ? `1 of ${parallelism}` : '1');
  const begin = tryParseTime(startTime);
  const duration = begin === undefined ? '' : humanDuration(((tryParseTime(completionTime) ?? now) - begin) / 1000);
  const isTerminating = metadata.deletionTimestamp !== undefined;
  return [
    metadata.name ?? '', jobState(status, isTerminating), `${succeeded}/${wanted}`, duration, humanAge(metadata.creationTimestamp, now),
    ...templateCells(template, selector),
  ];
}

function jobState({ conditions = [] }: Decoded<JobStatus>, isTerminating: boolean): string {
  const has = (type: string): boolean => conditions.some((condition) => condition.type === type && condition.status === 'True');
  if (has('Complete')) return 'Complete';
  if (has('Failed')) return 'Failed';
  if (isTerminating) return 'Terminating';
  return ['Suspended', 'FailureTarget', 'SuccessCriteriaMet'].find(has) ?? 'Running';
}

function cronJobCells({ metadata = {}, spec = {}, status = {} }: Decoded<CronJob>, now: Instant): ReadonlyArray<string | number> {
  const { schedule = '', timeZone = none, suspend, jobTemplate } = spec;
  const { active = [], lastScheduleTime }: Decoded<CronJobStatus> = status;
  const last = lastScheduleTime === undefined ? none : humanAge(lastScheduleTime, now);
  return [
    metadata.name ?? '', schedule, timeZone, suspend === true ? 'True' : 'False', active.length, last, humanAge(metadata.creationTimestamp, now),
    ...templateCells(jobTemplate?.spec?.template, jobTemplate?.spec?.selector),
  ];
}

/** Containers, images and selector, for `-o wide`. */
function templateCells(template: Decoded<PodTemplateSpec> | undefined, selector: Decoded<LabelSelector> | undefined): readonly string[] {
  const containers: ReadonlyArray<Decoded<Container>> = template?.spec?.containers ?? [];
  const labels = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`).sort();
  return [
    containers.map(({ name = '' }) => name).join(','),
    containers.map(({ image = '' }) => image).join(','),
    labels.length === 0 ? none : labels.join(','),
  ];
}

function eventCells(object: KubernetesObject, now: Instant): ReadonlyArray<string | number> {
  const { involvedObject = {}, source = {} } = object as Recorded;
  const { lastTimestamp, firstTimestamp, count = 1, type = '', reason = '', message = '' } = object;
  const { kind = '', name = '', fieldPath = '' } = involvedObject;
  return [
    humanAge(lastTimestamp ?? object.eventTime, now), String(type), String(reason), `${kind.toLowerCase()}/${name}`, fieldPath, source.component ?? '',
    String(message).trim(), humanAge(firstTimestamp ?? object.eventTime, now), Number(count), nameOf(object),
  ];
}

/** What an Event is about, and who wrote it. */
interface Recorded {
  readonly involvedObject?: { readonly kind?: string; readonly name?: string; readonly fieldPath?: string };
  readonly source?: { readonly component?: string };
}

function countOf(value: unknown): number {
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}
