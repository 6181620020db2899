import type { SimulatedJob } from './simulated-jobs';
import { isJob, kindOf, kinds } from '../api/kinds';
import type { CronJobSpec, OwnerReference } from '../api/kubernetes';
import { completionIndexAnnotation, instantiateAnnotation } from '../api/labels';
import { given } from '../core/given';
import { valueAt } from '../core/json';
import type { Instant } from '../core/time';
import { type Event, type World, findObject, listObjects } from '../engine/world';
import { mergePatch } from '../local/merge';
import type { KubernetesObject, PropagationPolicy, Resource } from '../port/cluster-port';
import { configMaps, cronJobs, jobs, pods } from '../port/resources';

/** Something that a client does in a simulation, some seconds after it begins. */
export interface Action {
  /** Seconds since the beginning. */
  readonly at: number;
  readonly op: ActionName;
  /** The ops of a Job and of pods: a Job, meant as by `job` of a run, the newest of several. Pods are then counted in that Job. */
  readonly job?: string | number;
  /** `patch`, `patchCron`, `patchPod`, and the `annotate`s: a JSON merge patch. */
  readonly patch?: object;
  /** The ops of pods: a pod by its place in the order of creation, or by its name. Default the first. */
  readonly pod?: number | string;
  /** The ops of pods: the newest pod of an index. */
  readonly index?: number;
  /** `deletePod`, `evictPod`: 0 removes it at once. */
  readonly gracePeriodSeconds?: number;
  /** `deletePod`: the short name of `gracePeriodSeconds`. */
  readonly grace?: number;
  /** `deletePod`: as `gracePeriodSeconds: 0`. */
  readonly force?: boolean;
  /** `deletePod`, `patchPodStatus`: a condition that the pod gets first, as from whoever deletes it; its status is True by default. */
  readonly condition?: { readonly type: string; readonly status?: string; readonly reason?: string; readonly message?: string };
  /** `patchPodStatus`: the phase that the pod gets. */
  readonly phase?: 'Failed' | 'Succeeded';
  /** `patchPodStatus`: the reason of that phase. */
  readonly reason?: string;
  /** `patchPodStatus`: the message of that phase. */
  readonly message?: string;
  /** `delete`, `deleteCron`: default as for a bare REST call. */
  readonly policy?: PropagationPolicy;
  /** `delete`, `deleteCron`: the API's name of `policy`. */
  readonly propagationPolicy?: PropagationPolicy;
  /** `delete`, `deleteCron`: kubectl's name of `policy`. */
  readonly cascade?: 'background' | 'foreground' | 'orphan';
  /** `createJob`, `createCron`, `createPod`: its name. For changes and deletions: an object other than the one in the manifest. */
  readonly name?: string;
  /** `createJob`: takes the name that the CronJob will use in the n-th minute after the beginning. */
  readonly tick?: number;
  /** `createJob`: `cronjob` or `configmap`, the controller of the new Job. Default none. */
  readonly owner?: string;
  /** `createJob`, `createCron`, `createPod`: fields of its spec. */
  readonly spec?: object;
  /** `createJob`, `createPod`: its labels. */
  readonly labels?: Readonly<Record<string, string>>;
  /** `createJob`, `createPod`: its finalizers. */
  readonly finalizers?: readonly string[];
  /** `patchCronStatus`: how many seconds ago the last schedule was. */
  readonly lastScheduleAgo?: number;
}

/** What a client can do in a simulation. */
export type ActionName =
  | 'patch' | 'suspend' | 'resume' | 'annotate' | 'delete' | 'deleteJob' | 'replaceJob' | 'createJob' | 'createConfigMap'
  | 'deletePod' | 'deletePods' | 'evictPod' | 'patchPod' | 'patchPodStatus' | 'createPod'
  | 'patchCron' | 'suspendCron' | 'resumeCron' | 'annotateCron' | 'patchCronStatus' | 'deleteCron' | 'createCron' | 'createJobFromCron';

/** A world, and the object that the simulation is about. */
interface Scene {
  readonly world: World;
  readonly manifest: KubernetesObject;
  readonly begin: Instant;
  /** Names of the pods, those of `job` if there is one, in the order of their creation. */
  readonly podNames: readonly string[];
  /** The Job that the action names. */
  readonly job?: SimulatedJob;
}

/** The events that an action means now; none when its object is not there. */
export function eventsOf(action: Action, scene: Scene, now: Instant): readonly Event[] {
  switch (action.op) {
    case 'patch': return patch(scene, jobs, action, action.patch);
    case 'suspend': return patch(scene, jobs, action, { spec: { suspend: true } });
    case 'resume': return patch(scene, jobs, action, { spec: { suspend: false } });
    case 'annotate': return patch(scene, jobs, action, action.patch ?? note(now));
    case 'patchCron': return patch(scene, cronJobs, action, action.patch);
    case 'suspendCron': return patch(scene, cronJobs, action, { spec: { suspend: true } });
    case 'resumeCron': return patch(scene, cronJobs, action, { spec: { suspend: false } });
    case 'annotateCron': return patch(scene, cronJobs, action, action.patch ?? note(now));
    case 'patchCronStatus': return patchCronStatus(scene, action, now);
    case 'delete': case 'deleteJob': return remove(scene, jobs, action);
    case 'deleteCron': return remove(scene, cronJobs, action);
    case 'replaceJob': return [...remove(scene, jobs, { ...action, policy: 'Background' }), { event: 'create', object: scene.manifest }];
    case 'createJob': return [{ event: 'create', object: newJob(scene, action) }];
    case 'createJobFromCron': return [{ event: 'create', object: newJobFromCron(scene, action) }];
    case 'createCron': return [{ event: 'create', object: newCronJob(scene, action) }];
    case 'createConfigMap': return [{ event: 'create', object: newConfigMap(scene, action) }];
    default: return podEventsOf(action, scene);
  }
}

function podEventsOf(action: Action, scene: Scene): readonly Event[] {
  switch (action.op) {
    case 'deletePod': case 'evictPod': return endPod(scene, action);
    case 'deletePods': return alivePods(scene).flatMap((name) => endPod(scene, { ...action, op: 'deletePod', pod: name }));
    case 'patchPod': return patchPod(scene, action);
    case 'patchPodStatus': return patchPodStatus(scene, action);
    case 'createPod': return [{ event: 'create', object: newPod(scene, action) }];
    default: return [];
  }
}

function patch(scene: Scene, resource: Resource, { name }: Action, change: object | undefined): readonly Event[] {
  const object = target(scene, resource, name);
  return object === undefined ? [] : [{ event: 'update', object: mergePatch(object, change ?? {}) as KubernetesObject }];
}

function remove(scene: Scene, resource: Resource, action: Action): readonly Event[] {
  const name = target(scene, resource, action.name)?.metadata?.name;
  if (name === undefined) return [];
  const policy = action.policy ?? action.propagationPolicy ?? (action.cascade === undefined ? undefined : policies[action.cascade]);
  const reference = { resource, namespace: namespaceOf(scene), name };
  return [{ event: 'delete', reference, ...given({ propagationPolicy: policy }) }];
}

const policies: Readonly<Record<NonNullable<Action['cascade']>, PropagationPolicy>> = {
  background: 'Background', foreground: 'Foreground', orphan: 'Orphan',
};

function patchCronStatus(scene: Scene, { lastScheduleAgo = 0, patch: change }: Action, now: Instant): readonly Event[] {
  const object = target(scene, cronJobs);
  if (object === undefined) return [];
  const lastScheduleTime = `${new Date(Math.floor((now - lastScheduleAgo * 1000) / 1000) * 1000).toISOString().slice(0, 19)}Z`;
  const status = mergePatch(object.status ?? {}, change ?? { lastScheduleTime });
  return [{ event: 'update', object: { ...object, status }, subresource: 'status' }];
}

function endPod(scene: Scene, action: Action): readonly Event[] {
  const name = podNameOf(scene, action);
  if (name === undefined) return [];
  const reference = { resource: pods, namespace: namespaceOf(scene), name };
  const seconds = action.force === true ? 0 : action.gracePeriodSeconds ?? action.grace;
  const grace = given({ gracePeriodSeconds: seconds });
  const podUid = findObject(scene.world, reference)?.metadata?.uid;
  const { condition } = action;
  return [
    ...(condition === undefined || podUid === undefined ? [] : [{ event: 'pod-patch' as const, podUid, conditions: [{ status: 'True', ...condition }] }]),
    { event: action.op === 'evictPod' ? 'evict' : 'delete', reference, ...grace },
  ];
}

function patchPod(scene: Scene, action: Action): readonly Event[] {
  const pod = podOf(scene, action);
  return pod === undefined ? [] : [{ event: 'update', object: mergePatch(pod, action.patch ?? {}) as KubernetesObject }];
}

function patchPodStatus(scene: Scene, action: Action): readonly Event[] {
  const podUid = podOf(scene, action)?.metadata?.uid;
  const { phase, reason, message, condition } = action;
  return podUid === undefined ? [] : [{
    event: 'pod-patch',
    podUid,
    ...given({ phase, reason, message }),
    ...(condition === undefined ? {} : { conditions: [{ status: 'True', ...condition }] }),
  }];
}

function podOf(scene: Scene, action: Action): KubernetesObject | undefined {
  const name = podNameOf(scene, action);
  return name === undefined ? undefined : findObject(scene.world, { resource: pods, namespace: namespaceOf(scene), name });
}

function podNameOf(scene: Scene, { pod = 0, index }: Action): string | undefined {
  if (index !== undefined) return newestOfIndex(scene, index);
  return typeof pod === 'string' ? pod : scene.podNames[pod];
}

function alivePods(scene: Scene): readonly string[] {
  const names = new Set(listObjects(scene.world, pods, namespaceOf(scene)).map(({ metadata }) => metadata?.name ?? ''));
  return scene.podNames.filter((name) => names.has(name));
}

function newestOfIndex(scene: Scene, index: number): string | undefined {
  const names = listObjects(scene.world, pods, namespaceOf(scene))
    .filter(({ metadata }) => metadata?.annotations?.[completionIndexAnnotation] === String(index))
    .map(({ metadata }) => metadata?.name ?? '');
  return scene.podNames.filter((name) => names.includes(name)).at(-1);
}

function newJob(scene: Scene, { name, tick, owner, spec, labels, finalizers }: Action): KubernetesObject {
  const template = valueAt(scene.manifest, (kindOf(scene.manifest) ?? kinds.Job).jobSpec) as object | undefined;
  const minute = Math.floor(scene.begin / 60_000) + (tick ?? 0);
  const owners = ownersOf(scene, owner);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: name ?? `${nameOf(scene)}-${minute}`,
      namespace: namespaceOf(scene),
      ...given({ labels, finalizers, ownerReferences: owners }),
    },
    spec: { ...template, ...spec },
  };
}

/** @source staging/src/k8s.io/kubectl/pkg/cmd/create/create_job.go createJobFromCronJob (v1.37) */
function newJobFromCron(scene: Scene, { name = `${nameOf(scene)}-manual`, spec }: Action): KubernetesObject {
  const { metadata, spec: template } = (scene.manifest.spec as CronJobSpec | undefined)?.jobTemplate ?? {};
  const owners = ownersOf(scene, 'cronjob');
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      namespace: namespaceOf(scene),
      ...given({ labels: metadata?.labels }),
      annotations: { ...metadata?.annotations, [instantiateAnnotation]: 'manual' },
      ...given({ ownerReferences: owners }),
    },
    spec: { ...template, ...spec },
  };
}

function newCronJob(scene: Scene, { name, spec = {} }: Action): KubernetesObject {
  return mergePatch(scene.manifest, { ...(name === undefined ? {} : { metadata: { name } }), spec }) as KubernetesObject;
}

function newConfigMap(scene: Scene, { name }: Action): KubernetesObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: name ?? nameOf(scene), namespace: namespaceOf(scene) } };
}

/** A pod without a controller. */
function newPod(scene: Scene, { name, labels, finalizers, spec }: Action): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: name ?? `${nameOf(scene)}-pod`,
      namespace: namespaceOf(scene),
      ...given({ labels, finalizers }),
    },
    spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 5, containers: [{ name: 'main', image: 'x' }], ...spec },
  };
}

function ownersOf(scene: Scene, owner: string | undefined): readonly OwnerReference[] | undefined {
  if (owner === undefined) return undefined;
  const resource = owner.toLowerCase().startsWith('cron') ? cronJobs : configMaps;
  const uid = findObject(scene.world, { resource, namespace: namespaceOf(scene), name: nameOf(scene) })?.metadata?.uid;
  const { apiVersion, kind } = resource;
  return uid === undefined ? undefined : [{ apiVersion, kind, name: nameOf(scene), uid, controller: true }];
}

/** The Job or CronJob of the manifest; in a simulation of a CronJob, Job actions mean its newest Job. */
function target(scene: Scene, resource: Resource, name?: string): KubernetesObject | undefined {
  const { job, world } = scene;
  if (job !== undefined && isJob(resource)) return findObject(world, { resource, namespace: job.namespace, name: job.name });
  const own = findObject(scene.world, { resource, namespace: namespaceOf(scene), name: name ?? nameOf(scene) });
  return own ?? (name !== undefined ? undefined : newestJob(scene, resource));
}

function newestJob(scene: Scene, resource: Resource): KubernetesObject | undefined {
  return isJob(resource) ? listObjects(scene.world, jobs, namespaceOf(scene)).at(-1) : undefined;
}

function note(now: Instant): object {
  return { metadata: { annotations: { 'example.com/noted-at': String(now) } } };
}

function nameOf({ manifest }: Scene): string {
  return manifest.metadata?.name ?? '';
}

function namespaceOf({ manifest, job }: Scene): string {
  return job?.namespace ?? manifest.metadata?.namespace ?? 'default';
}
