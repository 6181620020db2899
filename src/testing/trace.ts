import type { TraceNotStarted } from './simulated-order';
import { endOfTracePod, type TracePod, waitOfTracePod } from './trace-pod';
import { isKindName } from '../api/kinds';
import type { CronJob, CronJobStatus, Job, JobStatus } from '../api/kubernetes';
import { completionIndexAnnotation } from '../api/labels';
import type { CoreEvent, Pod } from '../api/pod-manifest';
import type { Finding } from '../core/finding';
import { given } from '../core/given';
import type { Instant } from '../core/time';
import { isOfKind } from '../engine/objects';
import { isWorkload, type StoredWorkload, whyItWaits } from '../engine/queue/workload';
import type { ChangedAction, ContainerStartedEvent } from '../engine/world';

/** What happened in a simulation. Times are in seconds since it began. */
export interface Trace {
  /**
   * The final condition of the Job: how it ended, or that it is suspended. Of several manifests and of a CronJob `Complete` when all Jobs
   * are; else that of the first that is not.
   */
  readonly condition: 'Complete' | 'Failed' | 'Suspended' | null;
  /** The reason of that condition. */
  readonly reason: string | null;
  /** The message of that condition. */
  readonly message: string | null;
  /** The last status of the object that was given; of several, of the Job that `condition` is about. */
  readonly status: JobStatus | CronJobStatus;
  /** From the creation of the first Job to its finish condition; of several, to that of the last Job, when all have ended. */
  readonly elapsed?: number;
  /** All pods that ever existed, in the order of their creation. */
  readonly pods: readonly TracePod[];
  /** All Jobs that ever existed, in the order of their creation. */
  readonly jobs: readonly TraceJob[];
  /** The Jobs of several manifests that were not started, because of others. */
  readonly notStarted: readonly TraceNotStarted[];
  /** Every status of a Job that a watcher would have seen. */
  readonly revisions: readonly { readonly at: number; readonly job: string; readonly status: JobStatus }[];
  /** Every status of a CronJob that a watcher would have seen. */
  readonly cronJobRevisions: readonly { readonly at: number; readonly cronJob: string; readonly status: CronJobStatus }[];
  /** Every event that was written; a repeat appears again with a higher count. */
  readonly events: readonly TraceEvent[];
  /** Why Jobs waited in their queues, each time there was another reason; missing where none did. */
  readonly queued?: ReadonlyArray<{ readonly at: number; readonly job: string; readonly message: string }>;
  /** What the API server said to each action. */
  readonly answers: readonly TraceAnswer[];
  /** Why admission refused the manifest; when there are any, nothing ran. */
  readonly findings: readonly Finding[];
  /** The seed of names and uids: the same input with the same seed gives the same trace. */
  readonly seed: number;
}

/** A Job of a simulation. */
export interface TraceJob {
  readonly name: string;
  readonly createdAt: number;
  /** Left out in the namespace `default`. */
  readonly namespace?: string;
  readonly deletedAt?: number;
  readonly annotations: Readonly<Record<string, string>>;
  /** How it ended, or that it is suspended when the simulation ends. */
  readonly condition: Trace['condition'];
  /** The reason of that condition. */
  readonly reason: string | null;
  /** The message of that condition. */
  readonly message: string | null;
  /** When it got its finish condition. */
  readonly endedAt?: number;
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

/** What a recorder does not see by itself. */
interface TraceEnd extends Pick<Trace, 'seed' | 'findings' | 'notStarted'> {
  /** The kind of the first manifest. */
  readonly kind: unknown;
  /** Whether there was one manifest only. */
  readonly isOneManifest: boolean;
}

/** What is said of the end of a trace as a whole. */
interface Subject {
  readonly status: JobStatus;
  readonly endedAt?: number;
}

const verdicts: ReadonlySet<string> = new Set(['Complete', 'Failed', 'Suspended']);

type Writable<Target> = { -readonly [Name in keyof Target]: Target[Name] };

/** Gathers a trace from the changes of a world. */
export class TraceRecorder {
  private readonly pods = new Map<string, Writable<TracePod>>();
  /** The first regular container of each pod. */
  private readonly mains = new Map<string, string | undefined>();
  private readonly jobs = new Map<string, Writable<TraceJob>>();
  private readonly statuses = new Map<string, JobStatus>();
  private readonly lastStatus = new Map<string, string>();
  private readonly revisions: Trace['revisions'][number][] = [];
  private readonly cronJobRevisions: Trace['cronJobRevisions'][number][] = [];
  private readonly events: TraceEvent[] = [];
  private readonly answers: TraceAnswer[] = [];
  private readonly queued: NonNullable<Trace['queued']>[number][] = [];

  public constructor(private readonly begin: Instant) {}

  /** Takes note of a change. */
  public note({ type, object }: ChangedAction, now: Instant): void {
    const at = this.seconds(now);
    if (isOfKind(object, 'Job')) this.noteJob(type, object, at);
    else if (isOfKind(object, 'CronJob')) this.noteCronJob(type, object, at);
    else if (isOfKind(object, 'Pod')) this.notePod(type, object, at);
    else if (isOfKind(object, 'Event') && type !== 'DELETED') this.noteEvent(object, at);
    else if (isWorkload(object) && type !== 'DELETED') this.noteWait(object as StoredWorkload, at);
  }

  /** Takes note of a start of a container; only that of a pod's first regular container is kept. */
  public noteStart({ podUid, container }: ContainerStartedEvent, now: Instant): void {
    const pod = this.pods.get(podUid);
    if (pod !== undefined && this.mains.get(podUid) === container) pod.containerStarts = [...pod.containerStarts, this.seconds(now)];
  }

  /** Takes note of the answer to an action. */
  public noteAnswer(answer: Omit<TraceAnswer, 'at'>, now: Instant): void {
    this.answers.push({ at: this.seconds(now), ...answer });
  }

  /** The trace so far. */
  public trace({ kind, seed, findings, notStarted, isOneManifest }: TraceEnd): Trace {
    const isOne = isOneManifest && kind !== 'CronJob';
    const jobs = [...this.jobs.values()];
    const subject = isOne ? this.first() : this.decisive(notStarted.length > 0);
    const verdict = conditionOf(subject.status);
    const [first] = jobs;
    const end = isOne ? subject.endedAt : lastEnd(jobs);
    return {
      condition: verdict.condition,
      reason: verdict.reason,
      message: verdict.message,
      status: kind === 'CronJob' && isOneManifest ? this.cronJobRevisions.at(-1)?.status ?? {} : subject.status,
      ...(end === undefined || first === undefined ? {} : { elapsed: round(end - first.createdAt) }),
      pods: [...this.pods.values()],
      jobs,
      notStarted,
      revisions: this.revisions,
      cronJobRevisions: this.cronJobRevisions,
      events: this.events,
      ...(this.queued.length === 0 ? {} : { queued: this.queued }),
      answers: this.answers,
      findings,
      seed,
    };
  }

  /** The first Job, and what came under its name after it. */
  private first(): Subject {
    const [first] = this.jobs.values();
    const revisions = this.revisions.filter(({ job }) => job === first?.name);
    const end = revisions.find(({ status }) => isFinished(status));
    return { status: revisions.at(-1)?.status ?? {}, ...given({ endedAt: end?.at }) };
  }

  /** The Job that decides how several ended: the first that is not Complete. */
  private decisive(isPartial: boolean): Subject {
    const known = [...this.jobs].map(([uid, { condition }]) => ({ uid, condition }));
    const open = known.find(({ condition }) => condition !== 'Complete');
    const uid = (open ?? (isPartial ? undefined : known[0]))?.uid;
    return { status: this.statuses.get(uid ?? '') ?? {} };
  }

  private noteJob(type: ChangedAction['type'], { metadata, status = {} }: Job, at: number): void {
    const { uid = '', name = '', namespace = 'default', annotations = {} } = metadata ?? {};
    const place = namespace === 'default' ? {} : { namespace };
    const job = this.jobs.get(uid) ?? { name, ...place, createdAt: at, annotations, condition: null, reason: null, message: null };
    this.jobs.set(uid, job);
    if (type === 'DELETED') {job.deletedAt = at;} else if (this.isNew(uid, status)) {
      this.revisions.push({ at, job: name, status });
      this.statuses.set(uid, status);
      Object.assign(job, conditionOf(status));
      if (isFinished(status)) job.endedAt ??= at;
    }
  }

  private noteCronJob(type: ChangedAction['type'], { metadata, status = {} }: CronJob, at: number): void {
    const { uid = '', name = '' } = metadata ?? {};
    if (type !== 'DELETED' && this.isNew(uid, status)) this.cronJobRevisions.push({ at, cronJob: name, status });
  }

  private notePod(type: ChangedAction['type'], { metadata, spec, status }: Pod, at: number): void {
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
    this.mains.set(uid, spec?.containers[0]?.name);
    if (deletionTimestamp !== undefined || type === 'DELETED') pod.deletedAt ??= at;
    if (status?.phase === 'Succeeded' || status?.phase === 'Failed') {
      pod.endedAt ??= at;
      Object.assign(pod, endOfTracePod(status));
    } else {
      const reason = waitOfTracePod(status ?? {});
      if (reason === undefined) delete pod.reason;
      else pod.reason = reason;
    }
    if (type === 'DELETED') pod.goneAt = at;
  }

  private noteEvent({ involvedObject, type, reason, message, count }: CoreEvent, at: number): void {
    const { kind, name } = involvedObject;
    if (isKindName(kind) || kind === 'Pod') this.events.push({ at, on: kind, name, type, reason, message, count });
  }

  private noteWait(workload: StoredWorkload, at: number): void {
    const job = workload.metadata.ownerReferences?.[0]?.name ?? '';
    const message = whyItWaits(workload);
    const before = this.queued.filter((wait) => wait.job === job).at(-1)?.message;
    if (message !== undefined && message !== before) this.queued.push({ at, job, message });
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

function conditionOf({ conditions }: JobStatus): Pick<TraceJob, 'condition' | 'reason' | 'message'> {
  const verdict = conditions?.filter(({ type, status }) => status === 'True' && verdicts.has(type)).at(-1);
  return { condition: (verdict?.type ?? null) as Trace['condition'], reason: verdict?.reason ?? null, message: verdict?.message ?? null };
}

/** When the last Job ended; undefined while one goes on. */
function lastEnd(jobs: readonly TraceJob[]): number | undefined {
  const ends = jobs.flatMap(({ endedAt }) => endedAt ?? []);
  return ends.length < jobs.length ? undefined : ends.reduce<number | undefined>((last, at) => Math.max(last ?? at, at), undefined);
}

function isFinished({ conditions }: JobStatus): boolean {
  return conditions?.some(({ type, status }) => status === 'True' && (type === 'Complete' || type === 'Failed')) ?? false;
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
