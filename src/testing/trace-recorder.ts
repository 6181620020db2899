import { Newest, NewestObjects } from './newest';
import type { Trace, TraceAnswer, TraceEvent, TraceJob } from './trace';
import { endOfTracePod, type TracePod, waitOfTracePod } from './trace-pod';
import { isKindName } from '../api/kinds';
import type { CronJob, CronJobStatus, Job, JobCondition, JobStatus } from '../api/kubernetes';
import { completionIndexAnnotation } from '../api/labels';
import type { CoreEvent, Pod, PodStatus } from '../api/pod-manifest';
import { given } from '../core/given';
import type { Instant } from '../core/time';
import { isEqual } from '../engine/equal';
import { isWorkload, type StoredWorkload, whyItWaits } from '../engine/queue/workload';
import { type ChangedAction, type ContainerStartedEvent, isChangeOf } from '../engine/world';

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

/** A Job as it stands in the trace, and its last status. */
interface RecordedJob {
  readonly trace: Writable<TraceJob>;
  status: JobStatus | undefined;
}

/** A pod as it stands in the trace, its first regular container and the starts of that, and its last status while it is there. */
interface RecordedPod {
  readonly trace: Writable<TracePod>;
  readonly starts: number[];
  readonly main: string | undefined;
  status: PodStatus | undefined;
}

const verdicts: ReadonlySet<string> = new Set(['Complete', 'Failed', 'Suspended']);

type Writable<Target> = { -readonly [Name in keyof Target]: Target[Name] };

/** Gathers a trace from the changes of a world. */
export class TraceRecorder {
  private readonly pods: NewestObjects<RecordedPod>;
  private readonly jobs: NewestObjects<RecordedJob>;
  /** The last status of each CronJob. */
  private readonly cronJobs = new Map<string, CronJobStatus>();
  private readonly revisions: Newest<Trace['revisions'][number]>;
  private readonly cronJobRevisions: Newest<Trace['cronJobRevisions'][number]>;
  private readonly events: Newest<TraceEvent>;
  private readonly answers: TraceAnswer[] = [];
  private readonly queued: NonNullable<Trace['queued']>[number][] = [];
  /** The first Job of all. */
  private firstJob: RecordedJob | undefined;
  /** The first Job that is gone and was not Complete. */
  private firstLost: RecordedJob | undefined;
  /** What came under the name of the first Job. */
  private subject: Subject = { status: {} };
  private latestEnd: number | undefined;

  /** @param keepLast how much of the past is kept. */
  public constructor(private readonly begin: Instant, keepLast: number) {
    this.pods = new NewestObjects(keepLast);
    this.jobs = new NewestObjects(keepLast);
    this.revisions = new Newest(keepLast);
    this.cronJobRevisions = new Newest(keepLast);
    this.events = new Newest(keepLast);
  }

  /** Takes note of a change. */
  public note(change: ChangedAction, now: Instant): void {
    const { type, object } = change;
    const at = this.seconds(now);
    if (isChangeOf(change, 'Job')) this.noteJob(type, change.object, at);
    else if (isChangeOf(change, 'CronJob')) this.noteCronJob(type, change.object, at);
    else if (isChangeOf(change, 'Pod')) this.notePod(type, change.object, at);
    else if (type === 'DELETED') return;
    else if (isChangeOf(change, 'Event')) this.noteEvent(change.object, at);
    else if (isWorkload(object)) this.noteWait(object as StoredWorkload, at);
  }

  /** Takes note of a start of a container; only that of a pod's first regular container is kept. */
  public noteStart({ podUid, container }: ContainerStartedEvent, now: Instant): void {
    const pod = this.pods.get(podUid);
    if (pod?.main !== container || pod.trace.goneAt !== undefined) return;
    pod.starts.push(this.seconds(now));
  }

  /** Takes note of the answer to an action. */
  public noteAnswer(answer: Omit<TraceAnswer, 'at'>, now: Instant): void {
    this.answers.push({ at: this.seconds(now), ...answer });
  }

  /** The trace so far. */
  public trace({ kind, seed, findings, notStarted, isOneManifest }: TraceEnd): Trace {
    const isOne = isOneManifest && kind !== 'CronJob';
    const jobs = this.jobs.kept;
    const subject = isOne ? this.subject : this.decisive(notStarted.length > 0);
    const verdict = conditionOf(subject.status);
    const first = this.firstJob?.trace;
    const hasEnded = jobs.every(({ trace: { endedAt } }) => endedAt !== undefined);
    const end = isOne ? subject.endedAt : hasEnded ? this.latestEnd : undefined;
    const leftOut = this.leftOut();
    return {
      condition: verdict.condition,
      reason: verdict.reason,
      message: verdict.message,
      status: kind === 'CronJob' && isOneManifest ? this.cronJobRevisions.kept.at(-1)?.status ?? {} : subject.status,
      ...(end === undefined || first === undefined ? {} : { elapsed: round(end - first.createdAt) }),
      pods: this.pods.kept.map(({ trace }) => trace),
      jobs: jobs.map(({ trace }) => trace),
      notStarted,
      revisions: this.revisions.kept,
      cronJobRevisions: this.cronJobRevisions.kept,
      events: this.events.kept,
      ...(Object.values(leftOut).every((count) => count === 0) ? {} : { leftOut }),
      ...(this.queued.length === 0 ? {} : { queued: this.queued }),
      answers: this.answers,
      findings,
      seed,
    };
  }

  /** The Job that decides how several ended: the first that is not Complete. */
  private decisive(isPartial: boolean): Subject {
    const open = this.jobs.kept.find(({ trace: { condition } }) => condition !== 'Complete');
    return { status: (open ?? (isPartial ? undefined : this.firstJob))?.status ?? {} };
  }

  private leftOut(): NonNullable<Trace['leftOut']> {
    const { pods, jobs, revisions, cronJobRevisions, events } = this;
    return {
      pods: pods.leftOut,
      jobs: jobs.leftOut,
      revisions: revisions.leftOut,
      cronJobRevisions: cronJobRevisions.leftOut,
      events: events.leftOut,
    };
  }

  private noteJob(type: ChangedAction['type'], object: Job, at: number): void {
    const { uid = '', name = '' } = object.metadata ?? {};
    const job = this.jobs.get(uid) ?? this.addJob(uid, object, at);
    this.firstJob ??= job;
    if (type === 'DELETED') return this.loseJob(uid, job, at);
    if (object.metadata?.deletionTimestamp !== undefined) job.trace.deletingAt ??= at;
    const { status = {} } = object;
    if (!isNew(status, job.status)) return undefined;
    this.revisions.push({ at, job: name, status });
    job.status = status;
    const { condition, reason, message } = conditionOf(status);
    job.trace.condition = condition;
    job.trace.reason = reason;
    job.trace.message = message;
    const hasEnded = isFinished(status);
    if (hasEnded && job.trace.endedAt === undefined) {
      job.trace.endedAt = at;
      this.latestEnd = Math.max(this.latestEnd ?? at, at);
    }
    const endedAt = this.subject.endedAt ?? (hasEnded ? at : undefined);
    if (name === this.firstJob.trace.name) this.subject = { status, ...given({ endedAt }) };
    return undefined;
  }

  private addJob(uid: string, object: Job, at: number): RecordedJob {
    const job = recordedJob(object, at);
    this.jobs.set(uid, job);
    return job;
  }

  /** Notes that a Job is gone. The first one, and the first that was not Complete, are kept: the outcome of the whole depends on them. */
  private loseJob(uid: string, job: RecordedJob, at: number): void {
    job.trace.deletedAt = at;
    if (job.trace.condition !== 'Complete') this.firstLost ??= job;
    if (job !== this.firstJob && job !== this.firstLost) this.jobs.release(uid);
  }

  private noteCronJob(type: ChangedAction['type'], { metadata, status = {} }: CronJob, at: number): void {
    const { uid = '', name = '' } = metadata ?? {};
    if (type === 'DELETED' || !isNew(status, this.cronJobs.get(uid))) return;
    this.cronJobs.set(uid, status);
    this.cronJobRevisions.push({ at, cronJob: name, status });
  }

  private notePod(type: ChangedAction['type'], object: Pod, at: number): void {
    const { metadata, status = {} } = object;
    const { uid = '', deletionTimestamp } = metadata ?? {};
    const pod = this.pods.get(uid) ?? this.addPod(uid, object, at);
    if (deletionTimestamp !== undefined || type === 'DELETED') pod.trace.deletedAt ??= at;
    if (pod.status !== status) noteStatus(pod.trace, status, at);
    pod.status = type === 'DELETED' ? undefined : status;
    if (type !== 'DELETED') return;
    pod.trace.goneAt = at;
    this.pods.release(uid);
  }

  private addPod(uid: string, { metadata, spec }: Pod, createdAt: number): RecordedPod {
    const { name = '', labels = {}, annotations = {}, ownerReferences } = metadata ?? {};
    const index = annotations[completionIndexAnnotation];
    const starts: number[] = [];
    const trace = {
      name,
      job: ownerReferences?.[0]?.name ?? '',
      ...(index === undefined ? {} : { index: Number(index) }),
      createdAt,
      containerStarts: starts,
      labels,
      annotations,
    };
    const pod = { trace, starts, main: spec?.containers[0]?.name, status: undefined };
    this.pods.set(uid, pod);
    return pod;
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

  private seconds(now: Instant): number {
    return round((now - this.begin) / 1000);
  }
}

function isNew(status: object, before: object | undefined): boolean {
  return before === undefined || !isEqual(before, status);
}

function conditionOf({ conditions }: JobStatus): Pick<TraceJob, 'condition' | 'reason' | 'message'> {
  let verdict: JobCondition | undefined;
  for (const condition of conditions ?? []) if (condition.status === 'True' && verdicts.has(condition.type)) verdict = condition;
  return { condition: (verdict?.type ?? null) as Trace['condition'], reason: verdict?.reason ?? null, message: verdict?.message ?? null };
}

/** Notes in the trace of a pod what its new status says. */
function noteStatus(pod: Writable<TracePod>, status: PodStatus, at: number): void {
  if (status.phase === 'Succeeded' || status.phase === 'Failed') {
    pod.endedAt ??= at;
    Object.assign(pod, endOfTracePod(status));
    return;
  }
  const reason = waitOfTracePod(status);
  if (reason !== undefined) pod.reason = reason;
  else if (pod.reason !== undefined) delete pod.reason;
}

function recordedJob({ metadata }: Job, createdAt: number): RecordedJob {
  const { name = '', namespace = 'default', annotations = {} } = metadata ?? {};
  const place = namespace === 'default' ? {} : { namespace };
  return { trace: { name, ...place, createdAt, annotations, condition: null, reason: null, message: null }, status: undefined };
}

function isFinished({ conditions }: JobStatus): boolean {
  return conditions?.some(({ type, status }) => status === 'True' && (type === 'Complete' || type === 'Failed')) ?? false;
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
