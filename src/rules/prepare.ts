import { generatedUid } from './job/selector';
import { type Decoded } from '../api/decoded';
import { setCronJobDefaults, setJobDefaults } from '../api/defaults';
import { type CronJob, type Job, type ObjectMeta, type PodSpec } from '../api/kubernetes';
import { controllerUidLabel, generatedLabels } from '../api/labels';

/**
 * Makes of a decoded Job what the API server validates on create: defaults filled in, name, labels and selector generated; changes `job`.
 *
 * @source pkg/registry/batch/job/strategy.go PrepareForCreate (v1.37)
 */
export function prepareJob(job: Decoded<Job>, minor: number): void {
  const hasOwnLabels = Object.keys(job.metadata?.labels ?? {}).length > 0;
  setJobDefaults(job);
  const metadata = job.metadata ??= {};
  prepareMetadata(metadata);
  const spec = job.spec ??= {};
  if (spec.manualSelector !== true) {
    const template = spec.template ??= {};
    const templateMetadata = template.metadata ??= {};
    // A Job without labels has those of its template: the same ones, with what is generated into them.
    const isShared = templateMetadata.labels !== undefined && !hasOwnLabels;
    templateMetadata.labels = { ...generatedLabels(metadata.name ?? '', generatedUid), ...templateMetadata.labels };
    if (isShared) metadata.labels = templateMetadata.labels;
    const selector = spec.selector ??= {};
    selector.matchLabels = { ...selector.matchLabels, [controllerUidLabel]: generatedUid };
  }
  dropDisabled(spec.template?.spec, minor);
}

/** Drops what the API server drops when a Job is created, and only then; changes `job`. */
export function dropOnCreate({ spec }: Decoded<Job>, minor: number): void {
  if (minor < 32) delete spec?.managedBy;
}

/** Makes of a decoded CronJob what the API server validates on create; changes `cronJob`. */
export function prepareCronJob(cronJob: Decoded<CronJob>, minor: number): void {
  setCronJobDefaults(cronJob, minor);
  prepareMetadata(cronJob.metadata ??= {});
  dropDisabled(cronJob.spec?.jobTemplate?.spec?.template?.spec, minor);
}

/** A name as the API server generates it: cut, with five characters more. */
export function generatedName(generateName: string): string {
  return `${generateName.slice(0, 58)}00000`;
}

/** A generated name is checked like a given one: repeated owners are one. */
function prepareMetadata(metadata: Decoded<ObjectMeta>): void {
  const { name = '', generateName = '', ownerReferences } = metadata;
  if (name === '' && generateName !== '') metadata.name = generatedName(generateName);
  if (ownerReferences !== undefined && ownerReferences.length > 1) {
    const texts = new Set<string>();
    metadata.ownerReferences = ownerReferences.filter((owner) => {
      const text = JSON.stringify(owner, Object.keys(owner).sort());
      return !texts.has(text) && texts.add(text);
    });
  }
}

/**
 * Drops what depends on a feature gate and is more than one field.
 *
 * @source pkg/api/pod/util.go dropImageVolumes, dropContainerRestartRules (v1.34)
 */
export function dropDisabled(pod: Decoded<PodSpec> | undefined, minor: number): void {
  if (pod === undefined || minor >= 35) return;
  const containers = [...pod.initContainers ?? [], ...pod.containers ?? []];
  if (pod.volumes?.some(({ image }) => image !== undefined) === true) {
    const images = new Set(pod.volumes.filter(({ image }) => image !== undefined).map(({ name }) => name));
    pod.volumes = pod.volumes.filter(({ image }) => image === undefined);
    for (const container of containers) {
      if (container.volumeMounts !== undefined) container.volumeMounts = container.volumeMounts.filter(({ name }) => !images.has(name));
    }
  }
  if (minor === 34) {
    for (const container of pod.containers ?? []) delete container.restartPolicy;
    for (const container of pod.initContainers ?? []) if (container.restartPolicy !== 'Always') delete container.restartPolicy;
  }
}
