import type { Job } from '../api/kubernetes';
import { scheduledTimestampAnnotation } from '../api/labels';
import { ChangingMap } from '../core/changing-map';
import { given } from '../core/given';
import { type Instant, tryParseTime } from '../core/time';

/** A Job of a simulation, with all by which scripts and actions can mean it. */
export interface SimulatedJob {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  /** The name of the CronJob that owns it. */
  readonly cronJob?: string;
  /** Its place among the Jobs of its CronJob, or of its own name, from 0. */
  readonly place: number;
  /** The time for which its CronJob made it. */
  readonly scheduledAt?: Instant;
}

/** How closely a word means a Job: its name before its place or its time, and these before the name of its CronJob; 0 when it does not. */
export function closenessOf(word: number | string, { name, cronJob, place, scheduledAt }: SimulatedJob): number {
  const text = String(word);
  if (text === name) return 3;
  if (/^\d+$/.test(text)) return Number(text) === place ? 2 : 0;
  if (scheduledAt !== undefined && tryParseTime(text) === scheduledAt) return 2;
  return text === cronJob ? 1 : 0;
}

/** The Jobs of a simulation that are there, in the order of their creation. */
export class SimulatedJobs {
  private readonly jobs = new ChangingMap<string, SimulatedJob>();
  private readonly counts = new Map<string, number>();

  /** Takes note of a new Job. */
  public note({ metadata }: Job): void {
    const { uid = '', name = '', namespace = 'default', ownerReferences, annotations } = metadata ?? {};
    const cronJob = ownerReferences?.find(({ kind }) => kind === 'CronJob')?.name;
    const series = `${namespace}/${cronJob === undefined ? `job ${name}` : `cronjob ${cronJob}`}`;
    const place = this.counts.get(series) ?? 0;
    this.counts.set(series, place + 1);
    const scheduledAt = tryParseTime(annotations?.[scheduledTimestampAnnotation]);
    this.jobs.set(uid, { uid, name, namespace, place, ...given({ cronJob, scheduledAt }) });
  }

  /** Forgets a Job that is gone; its place stays taken. */
  public forget(uid: string): void {
    this.jobs.delete(uid);
  }

  /** The Job with a uid. */
  public of(uid: string): SimulatedJob | undefined {
    return this.jobs.get(uid);
  }

  /**
   * The Job that an action means, the newest of several. A place or a time alone is one of a certain object.
   *
   * @param owner the name of that Job or CronJob.
   */
  public find(word: number | string, owner: string): SimulatedJob | undefined {
    let found: { readonly job: SimulatedJob; readonly closeness: number } | undefined;
    for (const job of this.jobs.values()) {
      const closeness = closenessOf(word, job);
      const isMeant = closeness === 2 ? (job.cronJob ?? job.name) === owner : closeness > 0;
      if (isMeant && closeness >= (found?.closeness ?? 0)) found = { job, closeness };
    }
    return found?.job;
  }
}
