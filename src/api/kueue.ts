import { given } from '../core/given';
import { asObject, isObject, valueAt } from '../core/json';

/** The API group of Kueue, which holds Jobs suspended until their queue has room for them. */
export const kueueGroup = 'kueue.x-k8s.io';

/** The versions of Kueue's API in which Workloads can be read, newest first. */
export const kueueVersions = ['v1beta2', 'v1beta1'] as const;

/** The field manager under which Kueue writes into Jobs. */
const kueueManager = 'kueue';

/** The label of a Job that waits in a queue: the name of a LocalQueue of its namespace. */
export const queueNameLabel = `${kueueGroup}/queue-name`;

/** The label of a Job with the WorkloadPriorityClass that orders it in its queue. */
export const queuePriorityLabel = `${kueueGroup}/priority-class`;

/** The annotation of a Job with the number of pods at once with which it is content. */
export const minParallelismAnnotation = `${kueueGroup}/job-min-parallelism`;

/** The reason of the Event with which Kueue takes a Job into a queue. */
export const createdWorkloadReason = 'CreatedWorkload';

/**
 * What Kueue writes into a pod template when it admits the Job: in the template of another Job it names the wrong Workload.
 *
 * @source kueue pkg/controller/jobframework/reconciler.go startJob (0.17)
 */
const writtenOnAdmission: ReadonlySet<string> = new Set(
  ['workload', 'workload-slice-name', 'podset', 'local-queue-name', 'cluster-queue-name', 'tas'].map((name) => `${kueueGroup}/${name}`),
);

/** Whether Kueue wrote a label or an annotation into a pod template when it admitted the Job. */
function isWrittenOnAdmission(name: string): boolean {
  return writtenOnAdmission.has(name);
}

/** The LocalQueue that a Job names, undefined if it names none. */
export function queueOf(job: unknown): string | undefined {
  const name = asObject(asObject(asObject(job).metadata).labels)[queueNameLabel];
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** Who lets a suspended Job go on, when that is not the user. */
interface Resumer {
  /** A queue of Kueue, the controller that `managedBy` names, the controller that removes a scheduling gate, or the controlling owner. */
  readonly by: 'queue' | 'controller' | 'gate' | 'owner';
  /** The name of the queue, the controller or the gate; of an owner its kind and name: `JobSet train`. */
  readonly name: string;
}

/** The controller that works on a Job unless `spec.managedBy` names another. */
export const ownController = 'kubernetes.io/job-controller';

/** Who lets a suspended Job go on; undefined if only its user does. A CronJob makes Jobs and leaves them alone. */
export function resumerOf(job: unknown): Resumer | undefined {
  const queue = queueOf(job);
  if (queue !== undefined) return { by: 'queue', name: queue };
  const { metadata, spec } = asObject(job);
  const { managedBy, template } = asObject(spec);
  if (typeof managedBy === 'string' && managedBy !== ownController) return { by: 'controller', name: managedBy };
  const { kind, name } = objectsOf(asObject(metadata).ownerReferences).find(({ controller }) => controller === true) ?? {};
  if (typeof kind === 'string' && kind !== 'CronJob') return { by: 'owner', name: `${kind} ${String(name)}` };
  const [gate] = objectsOf(asObject(asObject(template).spec).schedulingGates);
  return gate === undefined ? undefined : { by: 'gate', name: String(gate.name) };
}

/** The uid of the Job that a Workload was made for. */
export function jobUidOf(workload: unknown): string | undefined {
  const owners = objectsOf(asObject(asObject(workload).metadata).ownerReferences);
  const owner = owners.find(({ kind, uid }) => kind === 'Job' && typeof uid === 'string');
  return owner?.uid as string | undefined;
}

/**
 * A manifest of a Job that is in a queue already, without what the queue decides.
 *
 * A Job that waits is sent suspended: to leave the field out would let it start around the queue. Of one that runs, `suspend` stays
 * Kueue's, and `parallelism` too where Kueue has lowered it.
 */
export function besideKueue<Manifest extends object>(manifest: Manifest, live: unknown): Manifest {
  if (queueOf(live) === undefined) return manifest;
  const { suspend: _suspend, parallelism, ...rest } = asObject(asObject(manifest).spec);
  const isWaiting = asObject(asObject(live).spec).suspend === true;
  const kept = isPartlyAdmitted(live) ? undefined : parallelism;
  return { ...manifest, spec: { ...rest, ...(isWaiting ? { suspend: true } : {}), ...given({ parallelism: kept }) } };
}

/** Whether Kueue has admitted a Job with fewer pods at once than were asked for. */
export function isPartlyAdmitted(job: unknown): boolean {
  return fieldsOfKueue(job).includes('f:parallelism');
}

/** A Job as it was before Kueue admitted it, but for `parallelism`: what that was only the Workload tells. */
export function beforeAdmission<Job extends object>(job: Job): Job & { readonly spec: object } {
  const { template, ...spec } = asObject(asObject(job).spec);
  const { metadata, spec: podSpec, ...rest } = asObject(template);
  const { labels, annotations, ...others } = asObject(metadata);
  const ofFlavor = new Set(fieldsOfKueue(job, 'f:template', 'f:spec', 'f:nodeSelector'));
  const { nodeSelector, ...pod } = asObject(podSpec);
  const clean = {
    ...rest,
    metadata: { ...others, ...without('labels', labels, isWrittenOnAdmission), ...without('annotations', annotations, isWrittenOnAdmission) },
    spec: { ...pod, ...without('nodeSelector', nodeSelector, (key) => ofFlavor.has(`f:${key}`)) },
  };
  return { ...job, spec: { ...spec, template: clean } };
}

/** An object of texts without some of its keys, under its name; nothing when none is left. */
function without(field: string, value: unknown, isDropped: (key: string) => boolean): Record<string, object> {
  const kept = Object.entries(asObject(value)).filter(([key]) => !isDropped(key));
  return kept.length === 0 ? {} : { [field]: Object.fromEntries(kept) };
}

/** The fields below a path of the spec that Kueue was the last to write, as managed fields name them. */
function fieldsOfKueue(job: unknown, ...path: readonly string[]): readonly string[] {
  const entries = objectsOf(asObject(asObject(job).metadata).managedFields).filter(({ manager }) => manager === kueueManager);
  return entries.flatMap(({ fieldsV1 }) => Object.keys(asObject(valueAt(fieldsV1, ['f:spec', ...path]))));
}

function objectsOf(value: unknown): ReadonlyArray<Readonly<Record<string, unknown>>> {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
