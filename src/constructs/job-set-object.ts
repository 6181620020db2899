import type { JobObject } from './job-construct';
import { findKindFaults, isJobKind } from './kind-findings';
import { findSpoiledStrings } from './manifest-text';
import { joinFindings, nativeMetadata, nativeSpec } from './native-parts';
import { appliedServers, serverFor } from './scope-server';
import { jobSetVersion } from '../api/job-set';
import { queueNameLabel } from '../api/kueue';
import { toJobSetSpec } from '../api/to-job-set';
import type { Finding } from '../core/finding';
import { asObject, type JsonObject, ownFields } from '../core/json';
import { findErrors } from '../rules/validate-manifest';

/** What the object of a JobSet is made of. */
export function jobSetObject(written: unknown): JobObject {
  const props = ownFields(asObject(written));
  const metadata = nativeMetadata(props.metadata);
  const spec = nativeSpec(() => toJobSetSpec(props), 'jobset.JobSetSpec');
  return {
    apiVersion: jobSetVersion,
    kind: 'JobSet',
    metadata: metadata.value,
    spec: spec.value,
    live: spec.live || metadata.live,
    maxNameLength: maxNameLength(props),
    contentName: undefined,
    finish: (rendered) => rendered,
    revision: appliedServers,
    check: (manifest, object) => joinFindings(
      [findErrors(manifest, serverFor(object)), findSpoiledStrings(manifest)],
      [metadata.findings, spec.findings(), findFaultsOfJobs(asObject(asObject(manifest).spec), props)],
    ),
    addParts: () => undefined,
  };
}

/** What a Job of the rendered spec has that its kind does not have. */
function findFaultsOfJobs({ replicatedJobs }: JsonObject, props: JsonObject): Finding[] {
  return entriesOf(replicatedJobs).flatMap((entry, position) => {
    const job = asObject(entriesOf(props.replicatedJobs)[position]?.job);
    const path = `spec.replicatedJobs[${position}].template.spec`;
    if (job.type !== undefined && !isJobKind(job.type)) {
      const message = 'supported values: "NonParallel", "FixedCompletion", "Indexed", "WorkQueue"';
      return [{ rule: 'kind-of-job', field: `replicatedJobs[${position}].job.type`, type: 'NotSupported', message, value: job.type, severity: 'error' } as const];
    }
    return [...findQueue(job, position), ...findPeers(job, position), ...findKindFaults(isJobKind(job.type) ? job.type : 'NonParallel', asObject(entry.template).spec, job, path)];
  });
}

/** A queue takes a JobSet as a whole. */
function findQueue({ queue }: JsonObject, position: number): Finding[] {
  if (queue === undefined) return [];
  const message = `a JobSet waits as a whole: write the label ${queueNameLabel} into its metadata`;
  return [{ rule: 'queue-props', field: `replicatedJobs[${position}].job.queue`, type: 'Forbidden', message, severity: 'error' }];
}

/** A JobSet makes a Service for all its Jobs. */
function findPeers({ peers }: JsonObject, position: number): Finding[] {
  if (peers === undefined || peers === false) return [];
  const message = 'the pods of a JobSet have host names without it, SET-NAME-JOB-INDEX.SUBDOMAIN: see network; leave it out';
  return [{ rule: 'peers-props', field: `replicatedJobs[${position}].job.peers`, type: 'Forbidden', message, severity: 'error' }];
}

/** The names of Jobs and pods begin with that of the JobSet, and end with indexes; pods get six more characters. */
function maxNameLength({ replicatedJobs }: JsonObject): number {
  const added = entriesOf(replicatedJobs).map(({ name, replicas, job }) => {
    const { completions } = asObject(job);
    return String(name).length + digits(replicas) + digits(completions) + '---'.length + '-abcde'.length;
  });
  return 63 - Math.max(0, ...added);
}

function digits(count: unknown): number {
  return String(typeof count === 'number' ? Math.max(count - 1, 0) : 0).length;
}

function entriesOf(list: unknown): readonly JsonObject[] {
  return Array.isArray(list) ? list.map(asObject) : [];
}
