import { failureCountAnnotations } from './indexes';
import type { StoredJob, StoredPod } from './objects';
import type { ClientObject } from './prepare';
import { preparePod } from '../api/create-strategy';
import type { Decoded } from '../api/decoded';
import type { Container, PodSpec } from '../api/kubernetes';
import { completionIndexAnnotation, trackingFinalizer } from '../api/labels';
import { copyJson, withFields } from '../core/copy-json';
import { rememberedFor } from '../core/remembered';

const longestPrefix = 58;

/**
 * The pod that a Job's template describes, for an index if one is given; it has no name yet.
 *
 * @source pkg/controller/controller_utils.go GetPodFromTemplate; pkg/controller/job/job_controller.go manageJob (v1.37)
 */
export function podFromTemplate(job: StoredJob, index?: number, lastFailed?: StoredPod): ClientObject {
  const { metadata: template = {}, spec: podSpec = { containers: [] } } = job.spec.template;
  const indexed = index === undefined ? {} : { [completionIndexAnnotation]: String(index) };
  const hasIndexLimit = index !== undefined && job.spec.backoffLimitPerIndex !== undefined;
  const counts = hasIndexLimit ? failureCountAnnotations(job.spec, lastFailed) : {};
  const annotations = withFields(template.annotations ?? {}, { ...indexed, ...counts });
  const finalizers = template.finalizers ?? [];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: namePrefix(job.metadata.name, index),
      namespace: job.metadata.namespace,
      labels: withFields(template.labels ?? {}, indexed),
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
      finalizers: finalizers.includes(trackingFinalizer) ? finalizers : [...finalizers, trackingFinalizer],
      ownerReferences: [{
        apiVersion: 'batch/v1', kind: 'Job', name: job.metadata.name, uid: job.metadata.uid, controller: true, blockOwnerDeletion: true,
      }],
    },
    spec: index === undefined ? podSpecOf(podSpec) : withFields(indexedPodSpecOf(podSpec), { hostname: `${job.metadata.name}-${index}` }),
    status: {},
  };
}

/** What the pods of a template are like that have no index: made and filled in once, all of them share it. */
const podSpecOf = rememberedFor((template: PodSpec) => withPodDefaults(template));

/** What the pods of a template that have an index are like, but for their host names. */
const indexedPodSpecOf = rememberedFor((template: PodSpec) => withPodDefaults(withIndexVariable(template)));

function withPodDefaults(template: PodSpec): PodSpec {
  const spec = copyJson(template);
  preparePod({ spec: spec as Decoded<PodSpec> });
  return spec;
}

/** @source pkg/controller/job/indexed_job_utils.go podGenerateNameWithIndex (v1.37) */
function namePrefix(job: string, index: number | undefined): string {
  const suffix = index === undefined ? '-' : `-${index}-`;
  return index === undefined ? `${job}${suffix}` : `${job.slice(0, longestPrefix - suffix.length)}${suffix}`;
}

/** @source pkg/controller/job/indexed_job_utils.go addCompletionIndexEnvVariables (v1.37) */
function withIndexVariable(spec: PodSpec): PodSpec {
  return {
    ...spec,
    ...(spec.initContainers === undefined ? {} : { initContainers: spec.initContainers.map(addIndexVariable) }),
    containers: spec.containers.map(addIndexVariable),
  };
}

function addIndexVariable(container: Container): Container {
  if (container.env?.some(({ name }) => name === 'JOB_COMPLETION_INDEX') ?? false) return container;
  const fieldRef = { apiVersion: 'v1', fieldPath: `metadata.labels['${completionIndexAnnotation}']` };
  return { ...container, env: [...container.env ?? [], { name: 'JOB_COMPLETION_INDEX', valueFrom: { fieldRef } }] };
}
