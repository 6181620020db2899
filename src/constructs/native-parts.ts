import { Lazy } from 'cdk8s';
import { findServerSetFields } from './kind-findings';
import { toNative } from './plus';
import { findingsOf, type WayFault } from './props-way';
import type { Finding } from '../core/finding';
import { asObject, type JsonObject } from '../core/json';

type Lists = ReadonlyArray<readonly Finding[]>;

/** What the API server says, what the writer would spoil, and what the kind does not have, list by list; no field is blamed twice. */
export function joinFindings(found: Lists, ofKind: Lists): readonly Finding[] {
  const [all, more] = [oneList(found), oneList(ofKind)];
  if (more.length === 0) return all;
  const blamed = new Set(all.map(({ field }) => field));
  return [...all, ...more.filter(({ field }) => !blamed.has(field))];
}

/** Lists in one; there is nothing in most of them. */
export function oneList(lists: Lists): readonly Finding[] {
  return lists.every(({ length }) => length === 0) ? none : lists.flat();
}

const none: readonly Finding[] = [];

/** Metadata as the user wrote it, and what keeps it from being read. */
interface NativeMetadata {
  readonly value: JsonObject;
  readonly live: boolean;
  readonly findings: readonly Finding[];
}

/** cdk8s reads metadata by itself: it gets what was written, unless that has no end. */
export function nativeMetadata(written: unknown): NativeMetadata {
  if (written === undefined) return noMetadata;
  const fields = asObject(written);
  const { value, live, faults } = toNative(fields, 'ObjectMeta');
  return { value: faults.length === 0 ? fields : asObject(value), live, findings: [...findingsOf(faults, 'metadata'), ...findServerSetFields(fields)] };
}

const noMetadata: NativeMetadata = { value: Object.freeze({}), live: false, findings: none };

/** A spec as it will be rendered, and what kept it from being read the last time. */
export interface NativeSpec {
  readonly value: unknown;
  readonly live: boolean;
  readonly findings: () => readonly Finding[];
}

/** The spec as data; where it holds objects that may change, as a Lazy that asks them at every rendering. */
export function nativeSpec(make: () => JsonObject, type: string): NativeSpec {
  const { live, value, faults } = toNative(make(), type);
  if (live) return liveSpec(make, type, faults);
  // What the user wrote is let go of: only the copy is kept.
  return { live, value, findings: faults.length === 0 ? nothing : () => findingsOf(faults, 'spec') };
}

const nothing = (): readonly Finding[] => none;

function liveSpec(make: () => JsonObject, type: string, first: readonly WayFault[]): NativeSpec {
  let faults = first;
  const produce = (): unknown => {
    const native = toNative(make(), type);
    faults = native.faults;
    return native.value;
  };
  return { live: true, value: Lazy.any({ produce }), findings: () => findingsOf(faults, 'spec') };
}
