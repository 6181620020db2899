import { isStale, text } from './read';
import { createdWorkloadReason } from '../api/kueue';
import type { JsonObject } from '../core/json';

/** One Event as far as the judge reads it, with every time at which it was reported. */
export interface EventFact {
  readonly reason: string;
  readonly message: string;
  /** `spec.containers{main}`, or empty. */
  readonly fieldPath: string;
  /** When it, or its count, arrived; ascending. */
  readonly sightings: readonly number[];
}

interface StoredEvent extends EventFact {
  readonly sightings: number[];
  version: string | undefined;
  /** Its place in the order of arrival. */
  readonly place: number;
}

/** The reasons of the Events that are read: of each pod there are some more, and each of them is an Event of its Job as well. */
const readReasons = [
  'Created', 'FailedAttachVolume', 'FailedCreate', 'FailedCreatePodSandBox', 'FailedMapVolume', 'FailedMount', 'FailedPostStartHook',
  'FailedToRetrieveImagePullSecret', 'Killing', 'NodeNotReady', 'Pulled', 'Started', 'Stopped', 'SuccessfulDelete', 'Unhealthy',
  createdWorkloadReason,
] as const;

type ReadReason = (typeof readReasons)[number];

/** The Events of one object, by its UID. */
export class EventFacts {
  private readonly events = new Map<string, StoredEvent>();
  private readonly byReason = new Map<string, StoredEvent[]>();

  /** Takes in one change of an Event. A deleted Event has expired; what it said stays true. */
  public observe(at: number, type: string | undefined, object: JsonObject): void {
    if (type === 'DELETED') return;
    const version = text(object, 'metadata', 'resourceVersion');
    const reason = text(object, 'reason') ?? '';
    // The newer Event API calls the message `note` and the object `regarding`.
    const message = (text(object, 'message') ?? text(object, 'note') ?? '').replace(/^\(combined from similar events\): /, '');
    const fieldPath = text(object, 'involvedObject', 'fieldPath') ?? text(object, 'regarding', 'fieldPath') ?? '';
    // A repeat is a higher count, or another object with the newer API.
    const key = keyOf(reason, message, fieldPath);
    const known = this.events.get(key);
    if (known === undefined) {
      const event = { reason, message, fieldPath, sightings: [at], version, place: this.events.size };
      const alike = this.byReason.get(reason);
      if (alike === undefined) this.byReason.set(reason, [event]);
      else alike.push(event);
      this.events.set(key, event);
    } else if (!isStale(version, known.version)) {
      known.sightings.push(at);
      known.version = version;
    }
  }

  /** Whether an Event about the object as a whole said this. */
  public has(reason: ReadReason, message: string): boolean {
    return this.events.has(keyOf(reason, message, ''));
  }

  /** The Events of some reasons, in order of arrival. */
  public of(...reasons: readonly ReadReason[]): readonly EventFact[] {
    const found = reasons.flatMap((reason) => this.byReason.get(reason) ?? []);
    return reasons.length === 1 ? found : found.sort((one, other) => one.place - other.place);
  }
}

function keyOf(reason: string, message: string, fieldPath: string): string {
  return `${reason}\n${message}\n${fieldPath}`;
}

/** The UID of the object that an Event is about; undefined for Events that nobody reads. */
export function eventSubject(object: JsonObject): string | undefined {
  if (!(readReasons as readonly unknown[]).includes(object.reason)) return undefined;
  return text(object, 'involvedObject', 'uid') ?? text(object, 'regarding', 'uid');
}
