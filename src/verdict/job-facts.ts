import { isSet, isStale, isTrue, number, record, text, trueCondition } from './read';
import type { JsonObject } from '../core/json';

/** When a condition was first seen True, and what it said. */
interface ConditionFact {
  readonly at: number;
  readonly reason: string | null;
  readonly message: string;
}

/** A period in which the Job was suspended; without `to` while it still is. */
interface Suspension {
  readonly from: number;
  readonly to: number;
}

const watched = ['Complete', 'Failed', 'SuccessCriteriaMet', 'FailureTarget', 'Suspended'] as const;

/** A condition type that the judge reads. */
type WatchedCondition = (typeof watched)[number];

/** What is known about one Job, by UID: its latest version, and when each fact was first seen. */
export class JobFacts {
  /** The newest version seen. */
  public latest: JsonObject;
  /** When its deletionTimestamp was first seen. */
  public deletingAt: number | undefined;
  /** When its deletion was seen. */
  public deletedAt: number | undefined;
  /** Whether it was gone when it was first seen. */
  public wasGoneAtFirst = false;
  /** The resource version in which it was first seen. */
  public readonly firstVersion: string | undefined;
  /** Since when its spec has asked for no pods. */
  public parallelismZeroAt: number | undefined;
  /** The periods in which its spec said `suspend: true`, oldest first. */
  public readonly suspensions: Suspension[] = [];
  private readonly conditions = new Map<WatchedCondition, ConditionFact>();
  private version: string | undefined;
  private isUnseen = true;

  public constructor(public readonly uid: string, public readonly seenAt: number, object: JsonObject) {
    this.latest = object;
    this.firstVersion = text(object, 'metadata', 'resourceVersion');
  }

  /** The name, or an empty text. */
  public get name(): string {
    return text(this.latest, 'metadata', 'name') ?? '';
  }

  /** The namespace, or an empty text. */
  public get namespace(): string {
    return text(this.latest, 'metadata', 'namespace') ?? '';
  }

  /** The spec of the newest version. */
  public get spec(): JsonObject {
    return record(this.latest, 'spec');
  }

  /** The status of the newest version. */
  public get status(): JsonObject {
    return record(this.latest, 'status');
  }

  /** A condition that is True, with the time at which it was first seen so. */
  public condition(type: WatchedCondition): ConditionFact | undefined {
    return this.conditions.get(type);
  }

  /** The final condition, or the one that announces it: neither is ever taken back. */
  public get decision(): { readonly verdict: 'Complete' | 'Failed'; readonly at: number; readonly reason: string | null; readonly message: string } | undefined {
    const failed = this.condition('FailureTarget') ?? this.condition('Failed');
    const complete = this.condition('SuccessCriteriaMet') ?? this.condition('Complete');
    if (failed !== undefined && this.condition('Complete') === undefined) return { verdict: 'Failed', ...failed };
    return complete === undefined ? undefined : { verdict: 'Complete', ...complete };
  }

  /** Whether the final condition was seen. */
  public get finished(): boolean {
    return this.condition('Complete') !== undefined || this.condition('Failed') !== undefined;
  }

  /** Whether its spec says `suspend: true` now; the condition lags behind. */
  public get isSuspended(): boolean {
    return isTrue(this.latest, 'spec', 'suspend');
  }

  /** Since when its spec says `suspend: true`; undefined when it does not. */
  public get suspendedAt(): number | undefined {
    return this.isSuspended ? this.suspensions.at(-1)?.from : undefined;
  }

  /** Whether the spec said `suspend: true` at a moment. */
  public wasSuspendedAt(moment: number): boolean {
    return this.suspensions.some(({ from, to }) => from <= moment && moment <= to);
  }

  /** Takes in one change of the Job. Older versions and versions seen before change nothing. */
  public observe(at: number, type: string | undefined, object: JsonObject): void {
    if (type === 'DELETED') {
      this.wasGoneAtFirst ||= this.isUnseen;
      this.deletedAt ??= at;
    }
    this.isUnseen = false;
    const version = text(object, 'metadata', 'resourceVersion');
    if (isStale(version, this.version)) return;
    this.version = version ?? this.version;
    this.latest = object;
    if (isSet(object, 'metadata', 'deletionTimestamp')) this.deletingAt ??= at;
    this.noteConditions(at);
    this.noteSuspension(at);
    if (number(object, 'spec', 'parallelism') !== 0) this.parallelismZeroAt = undefined;
    else this.parallelismZeroAt ??= at;
  }

  private noteConditions(at: number): void {
    for (const type of watched) {
      const found = trueCondition(this.latest, type);
      if (found === undefined) {
        if (type === 'Suspended') this.conditions.delete(type);
        continue;
      }
      if (!this.conditions.has(type)) this.conditions.set(type, { at, reason: text(found, 'reason') ?? null, message: text(found, 'message') ?? '' });
    }
  }

  private noteSuspension(at: number): void {
    const open = this.suspensions.at(-1);
    const isOpen = open !== undefined && open.to === Infinity;
    if (isTrue(this.latest, 'spec', 'suspend')) {
      if (!isOpen) this.suspensions.push({ from: at, to: Infinity });
    } else if (isOpen) {
      this.suspensions[this.suspensions.length - 1] = { from: open.from, to: at };
    }
  }
}
