import { objectKey } from './keys';
import type { EventGroup, RecorderRecord, WrittenEvent } from './memory';
import type { StoredMetadata, StoredObject, Writable } from './objects';
import type { Store } from './store';
import { Table } from './table';
import { createOwn } from './writes';
import type { CoreEvent, EventSubject } from '../api/pod-manifest';
import { type Instant, formatTime } from '../core/time';
import { events } from '../port/resources';

/** An object as an event refers to it. */
interface Subject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: StoredMetadata;
}

/** What an event says about an object. */
export interface Remark {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  /** `spec.containers{main}` if it is about a container. */
  readonly fieldPath?: string;
}

const burst = 25;
const refillSeconds = 300;
const mostSimilar = 10;
const similarSeconds = 600;

/**
 * Writes an event. Repeats raise its count, similar events share one from the tenth on, and after 25 in a row the rest are dropped.
 *
 * @source staging/src/k8s.io/client-go/tools/record/events_cache.go EventCorrelator.EventCorrelate (v1.37)
 */
export function recordEvent(store: Store, component: string, subject: Subject, remark: Remark): void {
  const { uid } = subject.metadata;
  const { recorders } = store.memory;
  const all = recorders.get(uid) ?? [];
  const known = all.find((record) => record.component === component) ?? { component, tokens: burst, countedAt: store.now, groups: [] };
  const { type, reason } = remark;
  const place = known.groups.findIndex((group) => group.type === type && group.reason === reason);
  const group = (place < 0 ? undefined : known.groups[place])
    ?? { type, reason, messages: [], at: -Infinity, written: Table.empty(), combined: undefined };
  const { messages, isCombined } = combine(group, remark.message, store.now);
  const message = isCombined ? `(combined from similar events): ${remark.message}` : remark.message;
  const earlier = isCombined ? group.combined : group.written.get(remark.message);
  const tokens = Math.min(burst, known.tokens + (store.now - known.countedAt) / 1000 / refillSeconds);
  const event = { name: earlier?.name ?? `${subject.metadata.name}.${uniqueSuffix(store)}`, count: (earlier?.count ?? 0) + 1 };
  const changed: EventGroup = {
    type,
    reason,
    messages,
    at: store.now,
    written: isCombined ? group.written : group.written.with(remark.message, event),
    combined: isCombined ? event : group.combined,
  };
  const groups = place < 0 ? [...known.groups, changed] : known.groups.map((one) => (one === group ? changed : one));
  const left: RecorderRecord = { component, tokens: tokens >= 1 ? tokens - 1 : tokens, countedAt: store.now, groups };
  recorders.set(uid, all.includes(known) ? all.map((one) => (one === known ? left : one)) : [...all, left]);
  if (tokens >= 1) write(store, component, subject, remark, message, event);
}

/** Forgets the events of an object that is gone. */
export function forgetEvents(store: Store, component: string, uid: string): void {
  const { recorders } = store.memory;
  const others = recorders.get(uid)?.filter((record) => record.component !== component) ?? [];
  if (others.length === 0) recorders.delete(uid);
  else recorders.set(uid, others);
}

/** @source staging/src/k8s.io/client-go/tools/record/events_cache.go EventAggregator.EventAggregate (v1.37) */
function combine(
  similar: EventGroup, message: string, now: Instant,
): { readonly messages: readonly string[]; readonly isCombined: boolean } {
  const isRecent = now - similar.at <= similarSeconds * 1000;
  const before = isRecent ? similar.messages : [];
  const messages = before.includes(message) ? before : [...before, message];
  return messages.length < mostSimilar ? { messages, isCombined: false } : { messages: messages.slice(1), isCombined: true };
}

function write(store: Store, component: string, subject: Subject, remark: Remark, message: string, { name, count }: WrittenEvent): void {
  const { metadata, apiVersion, kind } = subject;
  const time = formatTime(store.now);
  const earlier = count === 1 ? undefined : store.get(objectKey(events, metadata.namespace, name));
  if (earlier !== undefined) {
    const repeated: Writable<CoreEvent & StoredObject> = { ...earlier as CoreEvent & StoredObject };
    repeated.count = count;
    repeated.message = message;
    repeated.lastTimestamp = time;
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
  };
  const event = {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace: metadata.namespace },
    involvedObject: remark.fieldPath === undefined ? involvedObject : { ...involvedObject, fieldPath: remark.fieldPath },
    reason: remark.reason,
    message,
    type: remark.type,
    source: { component },
    reportingComponent: component,
    reportingInstance: '',
    firstTimestamp: time,
    lastTimestamp: time,
    count,
    eventTime: null,
  } satisfies CoreEvent;
  createOwn(store, event);
}

function uniqueSuffix(store: Store): string {
  return `${hexadecimal(Math.floor(store.now))}${store.text('0123456789abcdef', 5)}`;
}

/** A number in hexadecimal, in two parts if it is large: V8 writes only small ones fast. */
function hexadecimal(value: number): string {
  if (value < small) return value.toString(16);
  const low = value % small;
  return `${((value - low) / small).toString(16)}${low.toString(16).padStart(6, '0')}`;
}

const small = 2 ** 24;
