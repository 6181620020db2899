import type { ApiObject } from 'cdk8s';
import { ContentName } from './content-name';
import type { JobObject } from './job-construct';
import { JobIntentions } from './job-intentions';
import { findKindFaults, findScheduleFaults, isJobKind } from './kind-findings';
import { findSpoiledStrings } from './manifest-text';
import { joinFindings, nativeMetadata, type NativeSpec, nativeSpec } from './native-parts';
import { afterItsOutputs } from './output-order';
import { JobPeers } from './peers';
import { JobQueue } from './queue';
import { appliedIntentions } from './scope-intentions';
import { appliedServers } from './scope-server';
import { changesOfWaves } from './sync-waves';
import { type KindName } from '../api/kinds';
import { toCronJobSpec, toJobSpec, type JobKind } from '../api/to-manifest';
import type { Finding } from '../core/finding';
import { asObject, type JsonObject, ownFields } from '../core/json';

/** What the object of a Job is made of. */
export function jobObject(kind: JobKind, written: unknown): JobObject {
  const props = ownFields(asObject(written));
  return new BatchObject({
    kind: 'Job',
    metadata: props.metadata,
    spec: nativeSpec(() => toJobSpec(kind, props), 'v1.JobSpec'),
    maxNameLength: maxJobNameLength(kind, props),
    rerun: props.rerun,
    gitops: props.gitops,
    queue: props.queue,
    peers: new JobPeers('Job', props.peers, props.subdomain, kind === 'Indexed'),
    ofKind: faultsOfKind(kind, props),
  });
}

/** Finds in a spec what the kind does not have; of the props only what is read is kept. */
function faultsOfKind(kind: JobKind, { template, completionMode, peers }: JsonObject): BatchObjectOptions['ofKind'] {
  return (spec) => findKindFaults(kind, spec, { template, completionMode, peers }, 'spec');
}

/** What the object of a CronJob is made of. */
export function cronJobObject(written: unknown): JobObject {
  const props = ownFields(asObject(written));
  const job = asObject(props.job);
  const kind = isJobKind(job.type) ? job.type : 'NonParallel';
  return new BatchObject({
    kind: 'CronJob',
    metadata: props.metadata,
    spec: nativeSpec(() => toCronJobSpec(kind, props), 'v1.CronJobSpec'),
    maxNameLength: 52,
    rerun: undefined,
    gitops: props.gitops,
    queue: job.queue,
    peers: new JobPeers('CronJob', job.peers, job.subdomain, kind === 'Indexed'),
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
  /** The queue of the Job, or of the Jobs of the CronJob, as the user wrote it. */
  readonly queue: unknown;
  readonly peers: JobPeers;
  /** Finds in a rendered spec what the construct does not have. */
  readonly ofKind: (spec: unknown) => readonly Finding[];
}

/** A batch/v1 object: its parts, each of which writes something into the manifest and checks that. */
class BatchObject implements JobObject {
  public readonly apiVersion = 'batch/v1';
  public readonly kind: KindName;
  public readonly metadata: JsonObject;
  public readonly spec: unknown;
  public readonly live: boolean;
  public readonly maxNameLength: number;
  public readonly contentName: ContentName | undefined;
  private readonly queue: JobQueue;
  private readonly peers: JobPeers;
  private readonly intentions: JobIntentions;
  private readonly ofKind: BatchObjectOptions['ofKind'];
  private readonly findingsOfMetadata: readonly Finding[];
  private readonly findingsOfSpec: NativeSpec['findings'];

  public constructor({ kind, metadata, spec, maxNameLength, rerun, gitops, queue, peers, ofKind }: BatchObjectOptions) {
    const { value, live, findings } = nativeMetadata(metadata);
    this.kind = kind;
    this.metadata = value;
    this.spec = spec.value;
    this.live = spec.live || live;
    this.maxNameLength = maxNameLength;
    this.contentName = rerun === undefined ? undefined : new ContentName(rerun, maxNameLength);
    this.queue = new JobQueue(kind, queue);
    this.peers = peers;
    this.intentions = new JobIntentions(kind, gitops, rerun !== undefined);
    this.ofKind = ofKind;
    this.findingsOfMetadata = findings;
    this.findingsOfSpec = spec.findings;
  }

  public finish(rendered: unknown, object: ApiObject): unknown {
    const whole = this.peers.write(this.queue.write(rendered));
    return this.intentions.write(afterItsOutputs(this.contentName?.rename(whole, object) ?? whole), object);
  }

  public revision(): number {
    return appliedIntentions() + changesOfWaves() + appliedServers();
  }

  public check(manifest: unknown): readonly Finding[] {
    const { intentions, queue, peers, contentName } = this;
    return joinFindings(
      [intentions.findErrors(manifest), findSpoiledStrings(manifest), queue.findErrors(manifest), peers.findErrors(manifest)],
      [this.findingsOfMetadata, this.findingsOfSpec(), this.ofKind(asObject(manifest).spec), contentName?.findings(manifest) ?? []],
    );
  }

  public addParts(object: ApiObject, givenName: string): void {
    this.peers.addService(object, this.metadata, givenName);
  }
}

const maxLabelLength = 63;

/** An Indexed Job's pods are called by name and index, which must fit a host name. */
function maxJobNameLength(kind: JobKind, { completions }: JsonObject): number {
  const hasIndexes = kind === 'Indexed' && typeof completions === 'number' && completions > 0;
  return hasIndexes ? maxLabelLength - 1 - String(completions - 1).length : maxLabelLength;
}
