import type { Observation } from '../verdict/observation';

/**
 * What was seen of Jobs, and of pods by the name of their Job, while nobody asked for that Job: the last state of each object.
 *
 * What is gone, and what was seen of Jobs, is kept only while a Job is being applied: it may be about that one.
 */
export class Unclaimed {
  private readonly byJob = new Map<string, Map<string, Observation>>();
  /** What is forgotten when nothing is being applied. */
  private passing: Array<readonly [job: string, uid: string]> = [];
  private holds = 0;

  /** Whether a Job is being applied. */
  public get isHeld(): boolean {
    return this.holds > 0;
  }

  /** Keeps everything from now on, until the function that is returned is called. */
  public hold(): () => void {
    this.holds += 1;
    return () => {
      this.holds -= 1;
      if (this.holds > 0) return;
      for (const [job, uid] of this.passing) if (isPassing(this.byJob.get(job)?.get(uid))) this.forget(job, uid);
      this.passing = [];
    };
  }

  /** Keeps an observation in the place of an earlier one of the same object. */
  public note(job: string, uid: string, observation: Observation): void {
    if (isPassing(observation)) {
      if (!this.isHeld) return this.forget(job, uid);
      this.passing.push([job, uid]);
    }
    const ofJob = this.byJob.get(job) ?? new Map<string, Observation>();
    this.byJob.set(job, ofJob.set(uid, observation));
  }

  /** Hands out what was kept for the name of a Job. */
  public take(job: string): readonly Observation[] {
    const kept = [...this.byJob.get(job)?.values() ?? []];
    this.byJob.delete(job);
    return kept;
  }

  private forget(job: string, uid: string): void {
    const ofJob = this.byJob.get(job);
    if (ofJob?.delete(uid) === true && ofJob.size === 0) this.byJob.delete(job);
  }
}

function isPassing(observation: Observation | undefined): boolean {
  return observation?.watch === 'jobs' || observation?.type === 'DELETED';
}
