import type { StoredMetadata } from './objects';
import type { Store } from './store';
import { objectKey } from './world';
import { createObject } from './writes';
import type { CoreEvent, EventSubject } from '../api/pod-manifest';
import { type Instant, formatTime } from '../core/time';
import { events } from '../port/resources';

/** The parts of an object that an event names. */
interface Subject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: StoredMetadata;
}

/** What a controller says about an object. */
export interface Remark {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  /** `spec.containers{main}` where it is about a container. */
  readonly fieldPath?: string;
}

/** What a recorder remembers of the events of one object. */
interface Correlation {
  /** How many more events may be written, and when that was counted. */
  readonly tokens: number;
  readonly countedAt: Instant;
  /** By type and reason: the last messages, and when the last one came. */
  readonly similar: Readonly<Record<string, { readonly messages: readonly string[]; readonly at: Instant }>>;
  /** By type, reason and message: the event that holds them. */
  readonly written: Readonly<Record<string, { readonly name: string; readonly count: number }>>;
}

const burst = 25;
const refillSeconds = 300;
const mostSimilar = 10;
const similarSeconds = 600;

/**
 * Writes an event. Repeats raise the count, from the tenth similar one on they share one event, and after 25 in a row the rest is dropped.
 *
 * @source staging/src/k8s.io/client-go/tools/record/events_cache.go EventCorrelator.EventCorrelate (v1.37)
 */
export function recordEvent(store: Store, component: string, subject: Subject, remark: Remark): void {
  const memoryKey = `events ${component} ${subject.metadata.uid}`;
  const fresh: Correlation = { tokens: burst, countedAt: store.now, similar: {}, written: {} };
  const known = (store.memory.get(memoryKey) as Correlation | undefined) ?? fresh;
  const { group, messages, isCombined } = combine(known, remark, store.now);
  const message = isCombined ? `(combined from similar events): ${remark.message}` : remark.message;
  const key = isCombined ? group : `${group} ${remark.message}`;
  const earlier = known.written[key];
  const count = (earlier?.count ?? 0) + 1;
  const tokens = Math.min(burst, known.tokens + (store.now - known.countedAt) / 1000 / refillSeconds);
  const name = earlier?.name ?? `${subject.metadata.name}.${uniqueSuffix(store)}`;
  store.memory.set(memoryKey, {
    tokens: tokens >= 1 ? tokens - 1 : tokens,
    countedAt: store.now,
    similar: { ...known.similar, [group]: { messages, at: store.now } },
    written: { ...known.written, [key]: { name, count } },
  } satisfies Correlation);
  if (tokens >= 1) write(store, component, subject, { ...remark, message }, name, count);
}

/** Forgets what was remembered of the events of an object that is gone. */
export function forgetEvents(store: Store, component: string, uid: string): void {
  store.memory.delete(`events ${component} ${uid}`);
}

/** @source staging/src/k8s.io/client-go/tools/record/events_cache.go EventAggregator.EventAggregate (v1.37) */
function combine(
  known: Correlation, { type, reason, message }: Remark, now: Instant,
): { readonly group: string; readonly messages: readonly string[]; readonly isCombined: boolean } {
  const group = `${type} ${reason}`;
  const similar = known.similar[group];
  const isRecent = similar !== undefined && now - similar.at <= similarSeconds * 1000;
  const before = isRecent ? similar.messages : [];
  const messages = before.includes(message) ? before : [...before, message];
  const isCombined = messages.length >= mostSimilar;
  return { group, messages: isCombined ? messages.slice(1) : messages, isCombined };
}

function write(store: Store, component: string, subject: Subject, remark: Remark, name: string, count: number): void {
  const { metadata, apiVersion, kind } = subject;
  const time = formatTime(store.now);
  const earlier = store.get(objectKey(events, metadata.namespace, name));
  if (earlier !== undefined) {
    const repeated = { ...earlier, count, message: remark.message, lastTimestamp: time };
    store.replace(repeated);
    return;
  }
  const involvedObject: EventSubject = {
    kind,
    namespace: metadata.namespace,
    name: metadata.name,
    uid: metadata.uid,
    apiVersion,
    resourceVersion: metadata.resourceVersion,
    ...(remark.fieldPath === undefined ? {} : { fieldPath: remark.fieldPath }),
  };
  const event: CoreEvent = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace: metadata.namespace },
    involvedObject,
    reason: remark.reason,
    message: remark.message,
    type: remark.type,
    source: { component },
    reportingComponent: component,
    reportingInstance: '',
    firstTimestamp: time,
    lastTimestamp: time,
    count,
    eventTime: null,
  };
  createObject(store, event);
}

function uniqueSuffix(store: Store): string {
  return `${Math.floor(store.now).toString(16)}${store.text('0123456789abcdef', 5)}`;
}
