import type { Observation } from '../../src/verdict/observation';

type Fields = Readonly<Record<string, unknown>>;

/** Observations of a small invented Job, written one after another; later lines of an object replace its earlier state. */
export class Story {
  public readonly lines: Observation[] = [];
  private version = 100;
  private readonly known = new Set<string>();

  public constructor(private readonly spec: Fields = {}, private readonly metadata: Fields = {}) {}

  /** A request and its answer. */
  public action(at: number, action: { do: string; kind: string; name?: string }, answer: { code: number; [field: string]: unknown }): this {
    this.lines.push({ at, action, answer });
    return this;
  }

  /** A version of the Job. */
  public job(at: number, status: Fields = {}, change: { spec?: Fields; metadata?: Fields; type?: 'DELETED' } = {}): this {
    const metadata = { name: 'task', namespace: 'default', uid: 'job-1', ...this.metadata, ...change.metadata };
    const spec = { parallelism: 1, completions: 1, backoffLimit: 0, ...this.spec, ...change.spec };
    return this.line(at, 'jobs', { kind: 'Job', metadata, spec, status }, change.type);
  }

  /** A version of a pod of the Job. */
  public pod(at: number, name: string, status: Fields = {}, change: { spec?: Fields; metadata?: Fields; type?: 'DELETED' } = {}): this {
    const owner = { kind: 'Job', name: 'task', uid: 'job-1', controller: true };
    const metadata = { name, namespace: 'default', uid: `uid-${name}`, ownerReferences: [owner], ...change.metadata };
    const spec = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'app:1' }], ...change.spec };
    return this.line(at, 'pods', { kind: 'Pod', metadata, spec, status }, change.type);
  }

  /** An Event about the Job, about the CronJob, or about a pod. */
  public event(at: number, about: 'job' | 'cron' | string, reason: string, message: string, fieldPath?: string): this {
    const uid = { job: 'job-1', cron: 'cron-1' }[about] ?? `uid-${about}`;
    const metadata = { name: `event-${this.version}`, uid: `event-${this.version}`, namespace: 'default' };
    return this.line(at, 'events', { kind: 'Event', metadata, involvedObject: { uid, ...(fieldPath ? { fieldPath } : {}) }, reason, message });
  }

  /** A version of the Workload that Kueue keeps for the Job. */
  public workload(at: number, status: Fields = {}, spec: Fields = {}): this {
    const owner = { apiVersion: 'batch/v1', kind: 'Job', name: 'task', uid: 'job-1', controller: true };
    const metadata = { name: 'job-task-0a1b2', namespace: 'default', uid: 'workload-1', ownerReferences: [owner] };
    return this.line(at, 'workloads', { kind: 'Workload', metadata, spec, status });
  }

  /** A version of a CronJob. */
  public cronJob(at: number, spec: Fields = {}, change: { status?: Fields; metadata?: Fields } = {}): this {
    const metadata = { name: 'nightly', namespace: 'default', uid: 'cron-1', ...change.metadata };
    return this.line(at, 'cronjobs', { kind: 'CronJob', metadata, spec, status: change.status ?? {} });
  }

  /** The line with which the Job gives up. */
  public gaveUp(at: number, reason = 'BackoffLimitExceeded', message = ''): this {
    return this.job(at, { conditions: [isTrue('FailureTarget', reason, message)] });
  }

  /** The line in which the failure is final. */
  public failed(at: number, reason = 'BackoffLimitExceeded', message = '', change: { metadata?: Fields; type?: 'DELETED' } = {}): this {
    return this.job(at, { conditions: [isTrue('FailureTarget', reason, message), isTrue('Failed', reason, message)] }, change);
  }

  private line(at: number, watch: string, object: { metadata: Fields; [field: string]: unknown }, type?: 'DELETED'): this {
    const uid = String(object.metadata.uid);
    this.version += 1;
    const metadata = { ...object.metadata, resourceVersion: String(this.version) };
    this.lines.push({ at, watch, type: type ?? (this.known.has(uid) ? 'MODIFIED' : 'ADDED'), object: { ...object, metadata } });
    this.known.add(uid);
    return this;
  }
}

/** A condition that is True. */
export function isTrue(type: string, reason: string, message = ''): Fields {
  return { type, status: 'True', reason, message };
}

/** A pod whose main container waits. */
export function waiting(reason: string, message = '', more: Fields = {}): Fields {
  return { phase: 'Pending', containerStatuses: [{ name: 'main', state: { waiting: { reason, message } }, restartCount: 0, ...more }] };
}

/** A pod whose main container has ended. */
export function ended(exitCode: number, reason = exitCode === 0 ? 'Completed' : 'Error', more: { phase?: string; message?: string } = {}): Fields {
  const terminated = { exitCode, reason, message: more.message ?? '', startedAt: '2026-11-23T20:00:00Z', finishedAt: '2026-11-23T20:00:02Z', containerID: `containerd://${exitCode}${reason}` };
  return { phase: more.phase ?? (exitCode === 0 ? 'Succeeded' : 'Failed'), containerStatuses: [{ name: 'main', state: { terminated }, restartCount: 0 }] };
}

/** A pod whose main container works. */
export const running: Fields = { phase: 'Running', containerStatuses: [{ name: 'main', ready: true, started: true, state: { running: { startedAt: '2026-11-23T20:00:00Z' } }, restartCount: 0 }] };

/** Metadata of an object that was asked to go. */
export const going: Fields = { deletionTimestamp: '2026-11-23T20:00:40Z', deletionGracePeriodSeconds: 30 };

/** A pod that the scheduler cannot place. */
export function unplaced(message: string, reason = 'Unschedulable'): Fields {
  return { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason, message }] };
}
