import { type ApiServer, apiServer } from './api-server';
import type { Decoded } from './decoded';
import { setCronJobDefaults, setJobDefaults, setPodDefaults } from './defaults';
import type { CronJob, Job, JobSpec, ObjectMeta, PodSpec } from './kubernetes';
import { controllerUidLabel, generatedLabels } from './labels';
import { withFields } from '../core/copy-json';

/** What the API server assigns to a new object. */
interface Identity {
  /** The name, whether given or generated. */
  readonly name: string;
  readonly uid: string;
}

/**
 * Turns a decoded Job into what the API server validates and stores: adds defaults, selector and labels, and drops what feature gates turn
 * off. Changes `job`.
 *
 * @param server the API server that does it. Default: that of the default version.
 * @source pkg/registry/batch/job/strategy.go PrepareForCreate (v1.37), and registry/generic/registry/store.go createWithGenerateNameRetry
 */
export function prepareJob(job: Decoded<Job>, identity: Identity, server?: ApiServer): void {
  const hasOwnLabels = Object.keys(job.metadata?.labels ?? {}).length > 0;
  setJobDefaults(job);
  const metadata = job.metadata ??= {};
  dropRepeatedOwners(metadata);
  const spec = job.spec ??= {};
  if (spec.manualSelector !== true) {
    const template = spec.template ??= {};
    const templateMetadata = template.metadata ??= {};
    const hadLabels = templateMetadata.labels !== undefined;
    generateSelector(spec, templateMetadata, identity);
    // A Job without labels gets those of its template, the generated ones included; without them where the name is generated too, because
    // the API server then works on a copy.
    if (hadLabels && !hasOwnLabels && !isGenerated(identity.name, metadata)) metadata.labels = { ...templateMetadata.labels };
  }
  dropDisabled(spec, server);
}

/**
 * Turns a decoded CronJob into what the API server validates and stores; changes `cronJob`.
 *
 * @param server the API server that does it. Default: that of the default version.
 * @source pkg/registry/batch/cronjob/strategy.go PrepareForCreate (v1.37)
 */
export function prepareCronJob(cronJob: Decoded<CronJob>, server?: ApiServer): void {
  setCronJobDefaults(cronJob, server?.minor);
  dropRepeatedOwners(cronJob.metadata ??= {});
  dropDisabled(cronJob.spec?.jobTemplate?.spec, server);
}

/**
 * Fills in the defaults of a new pod, including those that a template does not get; changes `pod`.
 *
 * @source pkg/apis/core/v1/defaults.go SetDefaults_Pod (v1.37)
 */
export function preparePod(pod: { spec?: Decoded<PodSpec> }): void {
  const spec = pod.spec ??= {};
  setPodDefaults(spec);
  spec.enableServiceLinks ??= true;
}

/** Drops what the API server drops when a Job is created, and only then; changes `spec`. */
export function dropOnCreate(spec: Decoded<JobSpec> | undefined, { gates }: ApiServer): void {
  if (!gates.has('JobManagedBy')) delete spec?.managedBy;
}

/**
 * Drops what depends on a feature gate that is off, on create and on update alike; changes `spec`. Some of it may be gone already:
 * decoding drops what the version does not keep.
 *
 * @source pkg/api/job/util.go DropDisabledFields (v1.37); pkg/api/pod/util.go dropImageVolumes, dropContainerRestartRules (v1.34)
 */
export function dropDisabled(spec: Decoded<JobSpec> | undefined, { gates, minor }: ApiServer = apiServer()): void {
  if (spec === undefined) return;
  if (spec.scheduling !== undefined && !gates.has('WorkloadWithJob')) delete spec.scheduling;
  const pod = spec.template?.spec;
  if (pod === undefined) return;
  if (!gates.has('AtomicWriteVolumeUserFields')) for (const volume of pod.volumes ?? []) dropUsers(volume);
  if (!gates.has('ImageVolume')) dropImageVolumes(pod);
  // Versions that do not know the gate refuse a restart policy instead.
  if (minor >= 34 && !gates.has('ContainerRestartRules')) dropContainerRestartPolicies(pod);
}

/**
 * A name as the API server generates it: the prefix, shortened to leave room for the end.
 *
 * @param end the five characters that make it unique.
 * @source staging/src/k8s.io/apiserver/pkg/storage/names/generate.go GenerateName (v1.37)
 */
export function generatedName(generateName: string, end: string): string {
  return `${generateName.slice(0, 58)}${end}`;
}

function isGenerated(name: string, { generateName = '' }: Decoded<ObjectMeta>): boolean {
  return generateName !== '' && name === generatedName(generateName, name.slice(-5));
}

/**
 * Adds the selector and the labels by which the pods of a Job are found. What a user wrote under the same keys stays, and is refused later.
 *
 * @source pkg/registry/batch/job/strategy.go generateSelector (v1.37)
 */
function generateSelector(spec: Decoded<JobSpec>, templateMetadata: Decoded<ObjectMeta>, { name, uid }: Identity): void {
  const { labels } = templateMetadata;
  templateMetadata.labels = labels === undefined ? generatedLabels(name, uid) : withFields(generatedLabels(name, uid), labels);
  const selector = spec.selector ??= {};
  selector.matchLabels = { [controllerUidLabel]: uid, ...selector.matchLabels };
}

/** @source staging/src/k8s.io/apiserver/pkg/endpoints/handlers/rest.go dedupOwnerReferences (v1.37) */
function dropRepeatedOwners(metadata: Decoded<ObjectMeta>): void {
  const { ownerReferences } = metadata;
  if (ownerReferences === undefined || ownerReferences.length < 2) return;
  const texts = new Set<string>();
  metadata.ownerReferences = ownerReferences.filter((owner) => {
    const text = JSON.stringify(owner, Object.keys(owner).sort());
    return !texts.has(text) && texts.add(text);
  });
}

function dropImageVolumes(pod: Decoded<PodSpec>): void {
  if (pod.volumes?.some(({ image }) => image !== undefined) !== true) return;
  const images = new Set(pod.volumes.filter(({ image }) => image !== undefined).map(({ name }) => name));
  pod.volumes = pod.volumes.filter(({ image }) => image === undefined);
  for (const container of [...pod.initContainers ?? [], ...pod.containers ?? []]) {
    if (container.volumeMounts !== undefined) container.volumeMounts = container.volumeMounts.filter(({ name }) => !images.has(name));
  }
}

function dropContainerRestartPolicies(pod: Decoded<PodSpec>): void {
  for (const container of pod.containers ?? []) delete container.restartPolicy;
  for (const container of pod.initContainers ?? []) if (container.restartPolicy !== 'Always') delete container.restartPolicy;
}

/** The kinds of a projected source, in the order in which the API server looks for the one that loses its `user`. */
export const projectedKinds = ['secret', 'downwardAPI', 'configMap', 'serviceAccountToken', 'clusterTrustBundle', 'podCertificate'] as const;

/**
 * Drops the owners of files in a volume. Of several kinds in one volume or in one projected
 * source, which is refused anyway, only the first one loses them.
 *
 * @source pkg/api/pod/util.go dropDisabledFields (v1.37)
 */
function dropUsers(volume: NonNullable<Decoded<PodSpec>['volumes']>[number]): void {
  const first = volume.secret ?? volume.configMap ?? volume.downwardAPI;
  for (const item of first?.items ?? []) delete item.user;
  if (first !== undefined) return;
  for (const source of volume.projected?.sources ?? []) {
    const kind = projectedKinds.find((name) => source[name] !== undefined);
    const projection = kind === undefined ? undefined : source[kind];
    if (projection === undefined) continue;
    if ('user' in projection) delete projection.user;
    if ('items' in projection) for (const item of projection.items ?? []) delete item.user;
  }
}
