import { isKindName } from '../api/kinds';
import type { CronJob, CronJobStatus, Job, JobStatus } from '../api/kubernetes';
import { completionIndexAnnotation } from '../api/labels';
import type { CoreEvent, Pod } from '../api/pod-manifest';
import type { Finding } from '../core/finding';
import type { Instant } from '../core/time';
import { isOfKind } from '../engine/objects';
import type { ChangedAction } from '../engine/world';

/** What happened in a simulation. Times are in seconds since it began. */
export interface Trace {
  /** The final condition of the first Job: how it ended, or that it is suspended. */
  readonly condition: 'Complete' | 'Failed' | 'Suspended' | null;
  /** The reason of that condition. */
  readonly reason: string | null;
  /** The message of that condition. */
  readonly message: string | null;
  /** The last status of the object that was given. */
  readonly status: JobStatus | CronJobStatus;
  /** From the creation of the first Job to its finish condition. */
  readonly elapsed?: number;
  /** All pods that ever existed, in the order of their creation. */
  readonly pods: readonly TracePod[];
  /** All Jobs that ever existed, in the order of their creation. */
  readonly jobs: readonly TraceJob[];
  /** Every status of a Job that a watcher would have seen. */
  readonly revisions: readonly { readonly at: number; readonly job: string; readonly status: JobStatus }[];
  /** Every status of a CronJob that a watcher would have seen. */
  readonly cronJobRevisions: readonly { readonly at: number; readonly cronJob: string; readonly status: CronJobStatus }[];
  /** Every event that was written; a repeat appears again with a higher count. */
  readonly events: readonly TraceEvent[];
  /** What the API server said to each action. */
  readonly answers: readonly TraceAnswer[];
  /** Why admission refused the manifest; when there are any, nothing ran. */
  readonly findings: readonly Finding[];
  /** The seed of names and uids: the same input with the same seed gives the same trace. */
  readonly seed: number;
}

/** A pod of a simulation. */
export interface TracePod {
  readonly name: string;
  /** The Job that it was made for. */
  readonly job: string;
  readonly index?: number;
  readonly createdAt: number;
  /** When it was told to stop. */
  readonly deletedAt?: number;
  /** When it ended. */
  readonly endedAt?: number;
  /** The highest exit code of its containers. */
  readonly exitCode?: number;
  /** When its object was removed. */
  readonly goneAt?: number;
  /** When the first regular container started, each time. */
  readonly containerStarts: readonly number[];
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** A Job of a simulation. */
export interface TraceJob {
  readonly name: string;
  readonly createdAt: number;
  readonly deletedAt?: number;
  readonly annotations: Readonly<Record<string, string>>;
}

/** An event of a simulation. */
export interface TraceEvent {
  readonly at: number;
  readonly on: 'Job' | 'CronJob' | 'Pod';
  /** The name of the object. */
  readonly name: string;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
}

/** What the API server said to an action. */
export interface TraceAnswer {
  readonly at: number;
  readonly op: string;
  readonly code: number;
  readonly message?: string;
  readonly findings?: readonly Finding[];
}

const verdicts: ReadonlySet<string> = new Set(['Complete', 'Failed', 'Suspended']);

type Writable<Target> = { -readonly [Name in keyof Target]: Target[Name] };

/** Gathers a trace from the changes of a world. */
export class TraceRecorder {
  private readonly pods = new Map<string, Writable<TracePod>>();
  private readonly jobs = new Map<string, Writable<TraceJob>>();
  private readonly lastStatus = new Map<string, string>();
  private readonly revisions: Trace['revisions'][number][] = [];
  private readonly cronJobRevisions: Trace['cronJobRevisions'][number][] = [];
  private readonly events: TraceEvent[] = [];
  private readonly answers: TraceAnswer[] = [];

  public constructor(private readonly begin: Instant) {}

  /** Takes note of a change. */
  public note({ type, object }: ChangedAction, now: Instant): void {
    const at = this.seconds(now);
    if (isOfKind(object, 'Job')) this.noteJob(type, object, at);
    else if (isOfKind(object, 'CronJob')) this.noteCronJob(type, object, at);
    else if (isOfKind(object, 'Pod')) this.notePod(type, object, at);
    else if (isOfKind(object, 'Event') && type !== 'DELETED') this.noteEvent(object, at);
  }

  /** Takes note of a start of a pod's first regular container. */
  public noteStart(podUid: string, now: Instant): void {
    const pod = this.pods.get(podUid);
    if (pod !== undefined) pod.containerStarts = [...pod.containerStarts, this.seconds(now)];
  }

  /** Takes note of the answer to an action. */
  public noteAnswer(answer: Omit<TraceAnswer, 'at'>, now: Instant): void {
    this.answers.push({ at: this.seconds(now), ...answer });
  }

  /** The trace so far, with the last status of the given object. */
  public trace(kind: string, seed: number, findings: readonly Finding[] = []): Trace {
    const [first] = this.jobs.values();
    const revisions = this.revisions.filter(({ job }) => job === first?.name);
    const last = revisions.at(-1)?.status ?? {};
    const verdict = last.conditions?.filter(({ type, status }) => status === 'True' && verdicts.has(type)).at(-1);
    const end = revisions.find(({ status }) => isFinished(status));
    return {
      condition: (verdict?.type ?? null) as Trace['condition'],
      reason: verdict?.reason ?? null,
      message: verdict?.message ?? null,
      status: kind === 'CronJob' ? this.cronJobRevisions.at(-1)?.status ?? {} : last,
      ...(end === undefined || first === undefined ? {} : { elapsed: round(end.at - first.createdAt) }),
      pods: [...this.pods.values()],
      jobs: [...this.jobs.values()],
      revisions: this.revisions,
      cronJobRevisions: this.cronJobRevisions,
      events: this.events,
      answers: this.answers,
      findings,
      seed,
    };
  }

  private noteJob(type: ChangedAction['type'], { metadata, status = {} }: Job, at: number): void {
    const { uid = '', name = '', annotations = {} } = metadata ?? {};
    const job = this.jobs.get(uid) ?? { name, createdAt: at, annotations };
    this.jobs.set(uid, job);
    if (type === 'DELETED') job.deletedAt = at;
    else if (this.isNew(uid, status)) this.revisions.push({ at, job: name, status });
  }

  private noteCronJob(type: ChangedAction['type'], { metadata, status = {} }: CronJob, at: number): void {
    const { uid = '', name = '' } = metadata ?? {};
    if (type !== 'DELETED' && this.isNew(uid, status)) this.cronJobRevisions.push({ at, cronJob: name, status });
  }

  private notePod(type: ChangedAction['type'], { metadata, status }: Pod, at: number): void {
    const { uid = '', name = '', labels = {}, annotations = {}, ownerReferences, deletionTimestamp } = metadata ?? {};
    const index = annotations[completionIndexAnnotation];
    const pod: Writable<TracePod> = this.pods.get(uid) ?? {
      name,
      job: ownerReferences?.[0]?.name ?? '',
      ...(index === undefined ? {} : { index: Number(index) }),
      createdAt: at,
      containerStarts: [],
      labels,
      annotations,
    };
    this.pods.set(uid, pod);
    if (deletionTimestamp !== undefined || type === 'DELETED') pod.deletedAt ??= at;
    if (status?.phase === 'Succeeded' || status?.phase === 'Failed') {
      pod.endedAt ??= at;
      const containers = [...status.initContainerStatuses ?? [], ...status.containerStatuses ?? []];
      if (containers.length > 0) pod.exitCode = Math.max(...containers.map(({ state }) => state.terminated?.exitCode ?? 0));
    }
    if (type === 'DELETED') pod.goneAt = at;
  }

  private noteEvent({ involvedObject, type, reason, message, count }: CoreEvent, at: number): void {
    const { kind, name } = involvedObject;
    if (isKindName(kind) || kind === 'Pod') this.events.push({ at, on: kind, name, type, reason, message, count });
  }

  private isNew(uid: string, status: object): boolean {
    const text = JSON.stringify(status);
    if (this.lastStatus.get(uid) === text) return false;
    this.lastStatus.set(uid, text);
    return true;
  }

  private seconds(now: Instant): number {
    return round((now - this.begin) / 1000);
  }
}

function isFinished({ conditions }: JobStatus): boolean {
  return conditions?.some(({ type, status }) => status === 'True' && (type === 'Complete' || type === 'Failed')) ?? false;
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
