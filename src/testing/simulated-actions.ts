import type { Instant } from '../core/time';
import { type Event, type World, findObject, listObjects } from '../engine/world';
import { mergePatch } from '../local/merge';
import type { KubernetesObject, PropagationPolicy, Resource } from '../spec/cluster-port';
import type { CronJob, OwnerReference } from '../spec/kubernetes';
import { configMaps, cronJobs, jobs, pods } from '../spec/resources';

/** Something that a client does in a simulation, at a second after its begin. */
export interface Action {
  /** Seconds since the begin. */
  readonly at: number;
  readonly op: ActionName;
  /** `patch`, `patchCron`: a JSON merge patch. */
  readonly patch?: object;
  /** `deletePod`, `evictPod`: a pod by its place in the order of creation. */
  readonly pod?: number;
  /** `deletePod`, `evictPod`: the newest pod of an index. */
  readonly index?: number;
  /** `deletePod`, `evictPod`: 0 removes it at once. */
  readonly gracePeriodSeconds?: number;
  /** `deletePod`: the short name of `gracePeriodSeconds`. */
  readonly grace?: number;
  /** `deletePod`: as `gracePeriodSeconds: 0`. */
  readonly force?: boolean;
  /** `deletePod`: a condition that the pod gets first, as from whoever deletes it; status True unless said. */
  readonly condition?: { readonly type: string; readonly status?: string; readonly reason?: string };
  /** `delete`, `deleteCron`: default as for a bare REST call. */
  readonly policy?: PropagationPolicy;
  /** `createJob`: its name. */
  readonly name?: string;
  /** `createJob`: takes the name that the CronJob will use in the n-th minute after the begin. */
  readonly tick?: number;
  /** `createJob`: `cronjob` or `configmap`, the controller of the new Job. Default none. */
  readonly owner?: string;
  /** `createJob`, `createCron`: fields of its spec. */
  readonly spec?: object;
  /** `createJob`: its finalizers. */
  readonly finalizers?: readonly string[];
  /** `patchCronStatus`: how many seconds ago the last schedule was. */
  readonly lastScheduleAgo?: number;
}

/** What a client can do in a simulation. */
export type ActionName =
  | 'patch' | 'suspend' | 'resume' | 'annotate' | 'delete' | 'deleteJob' | 'replaceJob' | 'createJob' | 'createConfigMap'
  | 'deletePod' | 'evictPod'
  | 'patchCron' | 'suspendCron' | 'resumeCron' | 'annotateCron' | 'patchCronStatus' | 'deleteCron' | 'createCron';

/** A world, and the object that the simulation is about. */
export interface Scene {
  readonly world: World;
  readonly manifest: KubernetesObject;
  readonly begin: Instant;
  /** Names of the pods in the order of their creation. */
  readonly podNames: readonly string[];
}

/** The events that an action means now; none when its object is not there. */
export function eventsOf(action: Action, scene: Scene, now: Instant): readonly Event[] {
  switch (action.op) {
    case 'patch': return patch(scene, jobs, action.patch);
    case 'suspend': return patch(scene, jobs, { spec: { suspend: true } });
    case 'resume': return patch(scene, jobs, { spec: { suspend: false } });
    case 'annotate': return patch(scene, jobs, action.patch ?? note(now));
    case 'patchCron': return patch(scene, cronJobs, action.patch);
    case 'suspendCron': return patch(scene, cronJobs, { spec: { suspend: true } });
    case 'resumeCron': return patch(scene, cronJobs, { spec: { suspend: false } });
    case 'annotateCron': return patch(scene, cronJobs, action.patch ?? note(now));
    case 'patchCronStatus': return patchCronStatus(scene, action, now);
    case 'delete': case 'deleteJob': return remove(scene, jobs, action.policy);
    case 'deleteCron': return remove(scene, cronJobs, action.policy);
    case 'replaceJob': return [...remove(scene, jobs, 'Background'), { event: 'create', object: scene.manifest }];
    case 'createJob': return [{ event: 'create', object: newJob(scene, action) }];
    case 'createCron': return [{ event: 'create', object: mergePatch(scene.manifest, { spec: action.spec ?? {} }) as KubernetesObject }];
    case 'createConfigMap': return [{ event: 'create', object: newConfigMap(scene) }];
    case 'deletePod': case 'evictPod': return endPod(scene, action);
    default: return [];
  }
}

function patch(scene: Scene, resource: Resource, change: object | undefined): readonly Event[] {
  const object = target(scene, resource);
  return object === undefined ? [] : [{ event: 'update', object: mergePatch(object, change ?? {}) as KubernetesObject }];
}

function remove(scene: Scene, resource: Resource, policy: PropagationPolicy | undefined): readonly Event[] {
  const name = target(scene, resource)?.metadata?.name;
  if (name === undefined) return [];
  const reference = { resource, namespace: namespaceOf(scene), name };
  return [{ event: 'delete', reference, ...(policy === undefined ? {} : { propagationPolicy: policy }) }];
}

function patchCronStatus(scene: Scene, { lastScheduleAgo = 0, patch: change }: Action, now: Instant): readonly Event[] {
  const object = target(scene, cronJobs);
  if (object === undefined) return [];
  const lastScheduleTime = `${new Date(Math.floor((now - lastScheduleAgo * 1000) / 1000) * 1000).toISOString().slice(0, 19)}Z`;
  const status = mergePatch(object.status ?? {}, change ?? { lastScheduleTime });
  return [{ event: 'update', object: { ...object, status }, subresource: 'status' }];
}

function endPod(scene: Scene, action: Action): readonly Event[] {
  const name = action.index === undefined ? scene.podNames[action.pod ?? 0] : newestOfIndex(scene, action.index);
  if (name === undefined) return [];
  const reference = { resource: pods, namespace: namespaceOf(scene), name };
  const seconds = action.force === true ? 0 : action.gracePeriodSeconds ?? action.grace;
  const grace = seconds === undefined ? {} : { gracePeriodSeconds: seconds };
  const podUid = findObject(scene.world, reference)?.metadata?.uid;
  const { condition } = action;
  return [
    ...(condition === undefined || podUid === undefined ? [] : [{ event: 'pod-patch' as const, podUid, conditions: [{ status: 'True', ...condition }] }]),
    { event: action.op === 'evictPod' ? 'evict' : 'delete', reference, ...grace },
  ];
}

function newestOfIndex(scene: Scene, index: number): string | undefined {
  const names = listObjects(scene.world, pods, namespaceOf(scene))
    .filter(({ metadata }) => metadata?.annotations?.['batch.kubernetes.io/job-completion-index'] === String(index))
    .map(({ metadata }) => metadata?.name ?? '');
  return scene.podNames.filter((name) => names.includes(name)).at(-1);
}

function newJob(scene: Scene, { name, tick, owner, spec, finalizers }: Action): KubernetesObject {
  const isCronJob = scene.manifest.kind === 'CronJob';
  const template = isCronJob ? (scene.manifest as unknown as CronJob).spec?.jobTemplate : { spec: scene.manifest.spec as object };
  const minute = Math.floor(scene.begin / 60_000) + (tick ?? 0);
  const owners = ownersOf(scene, owner);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: name ?? `${nameOf(scene)}-${minute}`,
      namespace: namespaceOf(scene),
      ...(finalizers === undefined ? {} : { finalizers }),
      ...(owners === undefined ? {} : { ownerReferences: owners }),
    },
    spec: { ...template?.spec, ...spec },
  };
}

function newConfigMap(scene: Scene): KubernetesObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: nameOf(scene), namespace: namespaceOf(scene) } };
}

function ownersOf(scene: Scene, owner: string | undefined): readonly OwnerReference[] | undefined {
  if (owner === undefined) return undefined;
  const resource = owner.toLowerCase() === 'cronjob' ? cronJobs : configMaps;
  const uid = findObject(scene.world, { resource, namespace: namespaceOf(scene), name: nameOf(scene) })?.metadata?.uid;
  const { apiVersion, kind } = resource;
  return uid === undefined ? undefined : [{ apiVersion, kind, name: nameOf(scene), uid, controller: true }];
}

/** The Job or CronJob of the manifest; in a simulation of a CronJob, Job actions mean its newest Job. */
function target(scene: Scene, resource: Resource): KubernetesObject | undefined {
  const own = findObject(scene.world, { resource, namespace: namespaceOf(scene), name: nameOf(scene) });
  return own ?? (resource.kind === 'Job' ? listObjects(scene.world, jobs, namespaceOf(scene)).at(-1) : undefined);
}

function note(now: Instant): object {
  return { metadata: { annotations: { 'example.com/noted-at': String(now) } } };
}

function nameOf({ manifest }: Scene): string {
  return manifest.metadata?.name ?? '';
}

function namespaceOf({ manifest }: Scene): string {
  return manifest.metadata?.namespace ?? 'default';
}
