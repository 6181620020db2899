import { condition, isStale, number, text } from './read';
import type { JsonObject } from '../core/json';

/** A condition of a Workload, and since when it has said the same. */
interface WorkloadCondition {
  readonly at: number;
  readonly isTrue: boolean;
  readonly reason: string;
  readonly message: string;
}

/** What is known about the Workload that Kueue keeps for a Job. */
export class WorkloadFacts {
  /** The newest version seen. */
  public latest: JsonObject = {};
  /** When it was seen to make room for another. */
  public readonly preemptedAt: number[] = [];
  private readonly conditions = new Map<string, WorkloadCondition>();
  private version: string | undefined;

  public constructor(public readonly seenAt: number) {}

  /** Takes in one version. Older ones change nothing. */
  public observe(at: number, object: JsonObject): void {
    const version = text(object, 'metadata', 'resourceVersion');
    if (isStale(version, this.version)) return;
    this.version = version ?? this.version;
    this.latest = object;
    for (const type of watched) this.note(at, type);
  }

  /** A condition, whether it is True or not; undefined before Kueue has set it. */
  public condition(type: (typeof watched)[number]): WorkloadCondition | undefined {
    return this.conditions.get(type);
  }

  /** How long its Job ran before it was stopped, over all its admissions, in seconds. */
  public get ranBefore(): number {
    return number(this.latest, 'status', 'accumulatedPastExecutionTimeSeconds') ?? 0;
  }

  private note(at: number, type: (typeof watched)[number]): void {
    const found = condition(this.latest, type);
    if (found === undefined) return void this.conditions.delete(type);
    const now = { isTrue: found.status === 'True', reason: text(found, 'reason') ?? '', message: text(found, 'message') ?? '' };
    const known = this.conditions.get(type);
    const isSame = known !== undefined && known.isTrue === now.isTrue && known.reason === now.reason && known.message === now.message;
    if (!isSame) this.conditions.set(type, { at, ...now });
    if (type === 'Preempted' && now.isTrue && known?.isTrue !== true) this.preemptedAt.push(at);
  }
}

const watched = ['QuotaReserved', 'Admitted', 'Evicted', 'Preempted', 'Finished'] as const;
