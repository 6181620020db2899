import { isTrue, seconds, text } from './read';
import type { JsonObject } from '../core/json';

/** A CronJob as far as the judge reads it. */
export interface CronJobFacts {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  readonly seenAt: number;
  readonly suspendedAt: number | undefined;
  /** When it was created, in seconds since 1970. */
  readonly createdAt: number | undefined;
  /** When its last Job had been due as it was first seen, in seconds since 1970. */
  readonly scheduledAt: number | undefined;
  /** `Allow`, `Forbid`, `Replace`. */
  readonly concurrencyPolicy: string;
}

/** What is known of a CronJob after one more version of it, and what was known before. */
export function cronJobFacts(at: number, uid: string, json: JsonObject, known: CronJobFacts | undefined): CronJobFacts {
  return {
    uid,
    name: text(json, 'metadata', 'name') ?? '',
    namespace: text(json, 'metadata', 'namespace') ?? '',
    seenAt: known?.seenAt ?? at,
    suspendedAt: isTrue(json, 'spec', 'suspend') ? known?.suspendedAt ?? at : undefined,
    createdAt: seconds(json, 'metadata', 'creationTimestamp'),
    scheduledAt: known === undefined ? seconds(json, 'status', 'lastScheduleTime') : known.scheduledAt,
    concurrencyPolicy: text(json, 'spec', 'concurrencyPolicy') ?? 'Allow',
  };
}
