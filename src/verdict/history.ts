import { type CreateRefusal, createRefusal } from './admission';
import { type CronJobFacts, cronJobFacts } from './cron-job-facts';
import { EventFacts, eventSubject } from './event-facts';
import { JobFacts } from './job-facts';
import { JobPods } from './job-pods';
import type { Observation } from './observation';
import { inOrderOfWriting } from './order-of-writing';
import { PodFacts } from './pod-facts';
import { isSet, record, records, text } from './read';
import { nothing, withEntry, withoutEntry } from './sparse-map';
import { WorkloadFacts } from './workload-facts';
import { type KindName, kindMeantBy } from '../api/kinds';
import { jobUidOf } from '../api/kueue';
import { controllerUidLabel, legacyControllerUidLabel } from '../api/labels';
import type { JsonObject } from '../core/json';

/** Which Job is judged; by default the first that the observer created, or else the first that was seen. */
export interface Subject {
  readonly uid?: string;
  readonly name?: string;
  readonly namespace?: string;
}

/** A create request of the observer for a Job or a CronJob. */
interface Request {
  readonly kind: KindName;
  /** Whether it may only make a new object, and not change one that is there. */
  readonly isCreate: boolean;
  readonly name: string | undefined;
  readonly uid: string | undefined;
  readonly sentAt: number;
  readonly answeredAt: number;
  readonly refusal: CreateRefusal | undefined;
}

/** A pod, and its place among those of its Job. */
interface KnownPod {
  readonly facts: PodFacts;
  readonly ofJob: JobPods;
  readonly place: number;
}

/** The last lines of a container's output. */
interface Output {
  readonly attempt: number;
  readonly text: string;
}

/**
 * Everything that was observed, sorted by what it is about.
 *
 * Objects are told apart by UID, never by name: labels and Events of a Job outlive it when a new one takes its name.
 */
export class History {
  private readonly jobs = new Map<string, JobFacts>();
  private pods: ReadonlyMap<string, KnownPod> = nothing;
  private jobPods: ReadonlyMap<string, JobPods> = nothing;
  private events: ReadonlyMap<string, EventFacts> = nothing;
  private cronJobs: ReadonlyMap<string, CronJobFacts> = nothing;
  private workloads: ReadonlyMap<string, WorkloadFacts> = nothing;
  private outputs: ReadonlyMap<string, Output> = nothing;
  private deletedNamespaces: readonly string[] = [];
  private created: readonly string[] = [];
  private request: Request | undefined;
  private moment: Observation[] = [];

  public constructor(private readonly wanted: Subject) {}

  /** Takes in one observation; whatever it cannot read is ignored. */
  public observe(observation: Observation): void {
    if (typeof observation !== 'object' || observation === null || !Number.isFinite(observation.at)) return;
    if (this.moment.length > 0 && this.moment[0]?.at !== observation.at) this.settle();
    this.moment.push(observation);
  }

  /**
   * Takes in what arrived in the same instant, in the order in which the cluster wrote it: streams are not ordered among each other, and
   * a batch of lines may come in any order.
   */
  public settle(): void {
    const moment = this.moment.length > 1 ? inOrderOfWriting(this.moment) : this.moment;
    this.moment = [];
    for (const observation of moment) this.take(observation);
  }

  private take(observation: Observation): void {
    const { at } = observation;
    if (observation.watch !== undefined) this.observeObject(at, observation);
    else if (observation.action !== undefined) this.observeAction(at, observation);
    else if (observation.log !== undefined) this.observeOutput(observation);
  }

  /** The Job that is judged, once it has been seen. */
  public get job(): JobFacts | undefined {
    const { uid, name, namespace } = this.wanted;
    if (uid !== undefined) return this.jobs.get(uid);
    if (name !== undefined && this.request?.uid !== undefined) return this.jobs.get(this.request.uid);
    if (name !== undefined) return this.firstJob((job) => job.name === name && (namespace === undefined || job.namespace === namespace));
    if (this.request?.kind === 'CronJob') return this.jobOfCronJob(this.request);
    if (this.request?.uid !== undefined) return this.jobs.get(this.request.uid);
    if (this.request !== undefined) return this.firstJob((job) => this.isOfRequest(job));
    const { cronJob } = this;
    return (cronJob === undefined ? undefined : this.firstJob((job) => isOwnedBy(job, cronJob.uid))) ?? this.firstJob(() => true);
  }

  /** The name of the Job that the observer created: it is known before the Job has been seen. */
  public get createdName(): string | undefined {
    return this.request?.kind === 'Job' ? this.request.name : undefined;
  }

  /** The answer that refused to create the Job, if that is what happened. */
  public get refusal(): { readonly name: string | undefined; readonly at: number; readonly refusal: CreateRefusal } | undefined {
    if (this.request?.refusal === undefined) return undefined;
    return { name: this.request.name, at: this.request.answeredAt, refusal: this.request.refusal };
  }

  /** The CronJob that the observer created, or the first that was seen, when no Job was asked for. */
  public get cronJob(): CronJobFacts | undefined {
    if (this.wanted.uid !== undefined || this.wanted.name !== undefined) return undefined;
    const first = this.request?.kind === 'CronJob' && this.request.uid !== undefined ? this.cronJobs.get(this.request.uid) : undefined;
    return first ?? this.cronJobs.values().next().value;
  }

  /** The CronJob with a UID, once it has been seen. */
  public cronJobOf(uid: string | undefined): CronJobFacts | undefined {
    return uid === undefined ? undefined : this.cronJobs.get(uid);
  }

  /** All Jobs, in the order in which they were first seen. */
  public get allJobs(): readonly JobFacts[] {
    return [...this.jobs.values()];
  }

  /** The pods of a Job. Orphans stay its pods. */
  public podsOf({ uid }: JobFacts): JobPods {
    return this.jobPods.get(uid) ?? noPodsOfJob;
  }

  /** The Events about an object. */
  public eventsOf(uid: string): EventFacts {
    return this.events.get(uid) ?? noEvents;
  }

  /** The Workload that Kueue keeps for a Job, the newest that was seen. */
  public workloadOf(job: JobFacts): WorkloadFacts | undefined {
    return this.workloads.get(job.uid);
  }

  /** The last lines of output of a container, the newest run that was read. */
  public outputOf(pod: string, container: string): string {
    return this.outputs.get(`${pod}\n${container}`)?.text ?? '';
  }

  /** Whether the observer itself deleted a namespace, or saw it going. */
  public isNamespaceDeleted(namespace: string): boolean {
    return this.deletedNamespaces.includes(namespace);
  }

  private firstJob(fits: (job: JobFacts) => boolean): JobFacts | undefined {
    for (const job of this.jobs.values()) if (fits(job)) return job;
    return undefined;
  }

  /** Whether a request whose answer names no UID can have made a Job: what was there before, `create` did not make. */
  private isOfRequest({ name, seenAt }: JobFacts): boolean {
    return this.request !== undefined && name === this.request.name && (!this.request.isCreate || seenAt >= this.request.sentAt);
  }

  /** The first Job that the CronJob, or the observer in its stead, has made. */
  private jobOfCronJob({ uid }: Request): JobFacts | undefined {
    return this.firstJob((job) => uid === undefined || isOwnedBy(job, uid) || this.created.includes(job.uid));
  }

  private observeObject(at: number, { watch, type, object }: Observation): void {
    const json = withoutManagedFields(record(object));
    const uid = text(json, 'metadata', 'uid');
    if (uid === undefined) return;
    switch (watch) {
      case 'jobs': return this.observeJob(at, uid, type, json);
      case 'pods': return this.observePod(at, uid, type, json);
      case 'events': return this.observeEvent(at, type, json);
      case 'cronjobs': return this.observeCronJob(at, uid, json);
      case 'workloads': return this.observeWorkload(at, type, json);
      case 'namespaces': return this.observeNamespace(json);
      default: return undefined;
    }
  }

  private observeJob(at: number, uid: string, type: string | undefined, json: JsonObject): void {
    const known = this.jobs.get(uid) ?? new JobFacts(uid, at, json);
    this.jobs.set(uid, known);
    known.observe(at, type, json);
  }

  private observePod(at: number, uid: string, type: string | undefined, json: JsonObject): void {
    let known = this.pods.get(uid);
    if (known === undefined) {
      const owner = ownerOf(json);
      if (owner === undefined || (this.wanted.uid !== undefined && owner !== this.wanted.uid)) return;
      const facts = new PodFacts(uid, at, json);
      const ofJob = this.jobPods.get(owner) ?? new JobPods(this);
      known = { facts, ofJob, place: ofJob.add(facts) };
      this.jobPods = withEntry(this.jobPods, owner, ofJob);
      this.pods = withEntry(this.pods, uid, known);
    }
    known.facts.observe(at, type, json);
    known.ofJob.note(known.place);
  }

  private observeEvent(at: number, type: string | undefined, json: JsonObject): void {
    const subject = eventSubject(json);
    if (subject === undefined) return;
    const known = this.events.get(subject) ?? new EventFacts();
    this.events = withEntry(this.events, subject, known);
    known.observe(at, type, json);
    const pod = this.pods.get(subject);
    pod?.ofJob.note(pod.place);
  }

  private observeCronJob(at: number, uid: string, json: JsonObject): void {
    this.cronJobs = withEntry(this.cronJobs, uid, cronJobFacts(at, uid, json, this.cronJobs.get(uid)));
  }

  private observeWorkload(at: number, type: string | undefined, json: JsonObject): void {
    const job = jobUidOf(json);
    if (job === undefined) return;
    if (type === 'DELETED') {
      this.workloads = withoutEntry(this.workloads, job);
      return;
    }
    const known = this.workloads.get(job) ?? new WorkloadFacts(at);
    this.workloads = withEntry(this.workloads, job, known);
    known.observe(at, json);
  }

  private observeNamespace(json: JsonObject): void {
    const name = text(json, 'metadata', 'name');
    if (name !== undefined && isSet(json, 'metadata', 'deletionTimestamp')) this.deletedNamespaces = [...this.deletedNamespaces, name];
  }

  private observeAction(at: number, { action, answer }: Observation): void {
    const kind = kindMeantBy(action ?? {})?.kind;
    const verb = text(action, 'do');
    const name = text(action, 'name');
    const code = typeof answer?.code === 'number' ? answer.code : 0;
    if (verb === 'delete' && text(action, 'kind') === 'Namespace' && name !== undefined && code < 300) this.deletedNamespaces = [...this.deletedNamespaces, name];
    if ((verb !== 'create' && verb !== 'apply') || kind === undefined) return;
    if (this.wanted.name !== undefined && (kind !== 'Job' || this.wanted.name !== name)) return;
    const uid = text(answer, 'uid') ?? text(answer, 'body', 'metadata', 'uid');
    if (this.wanted.uid !== undefined && this.wanted.uid !== uid) return;
    if (uid !== undefined) this.created = [...this.created, uid];
    const took = typeof answer?.seconds === 'number' ? answer.seconds : 0;
    const refusal = answer === undefined ? undefined : createRefusal({ ...answer, code });
    const request = { kind, isCreate: verb === 'create', name, uid, sentAt: at, answeredAt: at + took, refusal };
    if (this.isTheRequest(request)) this.request = request;
  }

  /** Set-up has negative times: it counts only until something else is asked for. A second try that succeeds makes up for a refusal. */
  private isTheRequest({ kind, name, sentAt, refusal }: Request): boolean {
    const before = this.request;
    if (before === undefined || (before.sentAt < 0 && sentAt >= 0)) return true;
    return before.refusal !== undefined && refusal === undefined && before.kind === kind && before.name === name;
  }

  private observeOutput(observation: Observation): void {
    const { log, container, text: written, attempt } = observation;
    if (typeof log !== 'string' || typeof container !== 'string' || typeof written !== 'string' || written === '') return;
    const run = typeof attempt === 'number' ? attempt : 0;
    const key = `${log}\n${container}`;
    if (run < (this.outputs.get(key)?.attempt ?? 0)) return;
    this.outputs = withEntry(this.outputs, key, { attempt: run, text: written.slice(-longestOutput) });
  }
}

const noEvents = new EventFacts();
const noPodsOfJob = new JobPods({ eventsOf: () => noEvents });

/** Whether a CronJob owns a Job, as the Job says itself. */
export function isOwnedBy({ latest }: JobFacts, uid: string): boolean {
  return records(latest, 'metadata', 'ownerReferences').some((owner) => owner.uid === uid);
}

/** How much of a container's output is kept, in UTF-16 units. */
const longestOutput = 4096;

/** Drops managedFields: they are half of an object and not needed here. */
function withoutManagedFields(object: JsonObject): JsonObject {
  const metadata = record(object, 'metadata');
  if (metadata.managedFields === undefined) return object;
  const { managedFields: _unread, ...rest } = metadata;
  return { ...object, metadata: rest };
}

/** The UID of the Job that controls a pod; the label stands in when the reference is already gone. */
function ownerOf(pod: JsonObject): string | undefined {
  const owner = records(pod, 'metadata', 'ownerReferences').find((candidate) => kindMeantBy(candidate)?.kind === 'Job');
  return text(owner, 'uid') ?? text(pod, 'metadata', 'labels', controllerUidLabel) ?? text(pod, 'metadata', 'labels', legacyControllerUidLabel);
}
