import { Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { CheckedObject } from './checked-object';
import { ContentName } from './content-name';
import { JobIntentions } from './job-intentions';
import { findKindFaults, findScheduleFaults, findServerSetFields, isJobKind } from './kind-findings';
import { toNative } from './plus';
import { findingsOf, type WayFault } from './props-way';
import { appliedIntentions } from './scope-intentions';
import { changesOfWaves } from './sync-waves';
import { type KindName } from '../api/kinds';
import { toCronJobSpec, toJobSpec, type JobKind } from '../api/to-manifest';
import type { Finding } from '../core/finding';
import { asObject, type JsonObject } from '../core/json';
import { findUnsafeStrings } from '../yaml/on-demand';

/** The Job object of a construct. */
export function jobObject(scope: Construct, kind: JobKind, written: unknown): CheckedObject {
  const props = asObject(written);
  return batchObject(scope, {
    kind: 'Job',
    metadata: props.metadata,
    spec: nativeSpec(() => toJobSpec(kind, props), 'v1.JobSpec'),
    maxNameLength: maxJobNameLength(kind, props),
    rerun: props.rerun,
    gitops: props.gitops,
    ofKind: (spec) => findKindFaults(kind, spec, props, 'spec'),
  });
}

/** The CronJob object of a construct. */
export function cronJobObject(scope: Construct, written: unknown): CheckedObject {
  const props = asObject(written);
  const job = asObject(props.job);
  const kind = isJobKind(job.type) ? job.type : 'NonParallel';
  return batchObject(scope, {
    kind: 'CronJob',
    metadata: props.metadata,
    spec: nativeSpec(() => toCronJobSpec(kind, props), 'v1.CronJobSpec'),
    maxNameLength: 52,
    rerun: undefined,
    gitops: props.gitops,
    ofKind: (spec) => [
      ...findScheduleFaults(props),
      ...findKindFaults(kind, asObject(asObject(spec).jobTemplate).spec, job, 'spec.jobTemplate.spec'),
    ],
  });
}

/** What a batch/v1 object is made of. */
interface BatchObjectOptions {
  readonly kind: KindName;
  /** As the user wrote it. */
  readonly metadata: unknown;
  readonly spec: NativeSpec;
  readonly maxNameLength: number;
  /** When the Job runs again, as the user wrote it. */
  readonly rerun: unknown;
  /** What a tool shall do with it, as the user wrote it. */
  readonly gitops: unknown;
  /** Finds in a rendered spec what the construct does not have. */
  readonly ofKind: (spec: unknown) => readonly Finding[];
}

function batchObject(scope: Construct, options: BatchObjectOptions): CheckedObject {
  const { kind, spec, maxNameLength, rerun, gitops, ofKind } = options;
  const metadata = nativeMetadata(options.metadata);
  const name = rerun === undefined ? undefined : new ContentName(rerun, maxNameLength);
  const intentions = new JobIntentions(kind, gitops, rerun !== undefined);
  return new CheckedObject(scope, 'Resource', {
    kind,
    metadata: metadata.value,
    spec: spec.value,
    live: spec.live || metadata.live,
    maxNameLength,
    finish: {
      manifest: (rendered, object) => intentions.write(name?.rename(rendered, object) ?? rendered, object),
      revision: () => appliedIntentions() + changesOfWaves(),
      name: name === undefined ? undefined : (render) => name.tell(render),
    },
    check: (manifest) => joinFindings([...intentions.findErrors(manifest), ...findUnsafeStrings(manifest)], [
      ...metadata.findings, ...spec.findings(), ...ofKind(asObject(manifest).spec), ...name?.findings(manifest) ?? [],
    ]),
  });
}

/** What the API server says, what the writer would spoil, and what the kind does not have; no field is blamed twice. */
function joinFindings(found: readonly Finding[], ofKind: readonly Finding[]): readonly Finding[] {
  if (ofKind.length === 0) return found;
  const blamed = new Set(found.map(({ field }) => field));
  return [...found, ...ofKind.filter(({ field }) => !blamed.has(field))];
}

/** Metadata as the user wrote it, and what keeps it from being read. */
interface NativeMetadata {
  readonly value: JsonObject;
  readonly live: boolean;
  readonly findings: readonly Finding[];
}

/** cdk8s reads metadata by itself: it gets what was written, unless that has no end. */
function nativeMetadata(written: unknown): NativeMetadata {
  const fields = asObject(written);
  const { value, live, faults } = toNative(fields, 'ObjectMeta');
  return { value: faults.length === 0 ? fields : asObject(value), live, findings: [...findingsOf(faults, 'metadata'), ...findServerSetFields(fields)] };
}

/** A spec as it will be rendered, and what kept it from being read the last time. */
interface NativeSpec {
  readonly value: unknown;
  readonly live: boolean;
  readonly findings: () => readonly Finding[];
}

/** The spec as data; where it holds objects that may change, as a Lazy that asks them at every rendering. */
function nativeSpec(make: () => JsonObject, type: string): NativeSpec {
  const first = toNative(make(), type);
  let faults: readonly WayFault[] = first.faults;
  const produce = (): unknown => {
    const native = toNative(make(), type);
    faults = native.faults;
    return native.value;
  };
  return { live: first.live, value: first.live ? Lazy.any({ produce }) : first.value, findings: () => findingsOf(faults, 'spec') };
}

const maxLabelLength = 63;

/** An Indexed Job's pods are called by name and index, which must fit a host name. */
function maxJobNameLength(kind: JobKind, { completions }: JsonObject): number {
  const hasIndexes = kind === 'Indexed' && typeof completions === 'number' && completions > 0;
  return hasIndexes ? maxLabelLength - 1 - String(completions - 1).length : maxLabelLength;
}
