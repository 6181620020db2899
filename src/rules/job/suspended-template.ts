import { type Decoded } from '../../api/decoded';
import { type Container, type Job, type PodTemplateSpec } from '../../api/kubernetes';
import { given } from '../../core/given';
import { type Scope } from '../rule/rule';

/** Whether the pods of a Job may be placed differently when it is resumed. */
export function mayChangePlacement(job: Decoded<Job>, scope: Scope): boolean {
  if (scope.has('MutableSchedulingDirectivesForSuspendedJobs')) return isAtRest(job);
  return job.spec?.suspend === true && job.status?.startTime === undefined;
}

/** Whether the containers of a Job may get other resources when it is resumed. */
export function mayChangeResources(job: Decoded<Job>, scope: Scope): boolean {
  return scope.has('MutablePodResourcesForSuspendedJobs') && isAtRest(job);
}

/**
 * Whether the Job is suspended and not at work.
 *
 * @source pkg/registry/batch/job/strategy.go shouldAllowMutablePodTemplate (v1.37)
 */
function isAtRest({ spec, status }: Decoded<Job>): boolean {
  if (spec?.suspend !== true) return false;
  const isSuspended = status?.conditions?.some((condition) => condition.type === 'Suspended' && condition.status === 'True') === true;
  return (status?.startTime === undefined || isSuspended) && (status?.active ?? 0) === 0;
}

/** The old template as if it had always had the placement of the new one. */
export function withPlacement(old: Decoded<PodTemplateSpec>, template: Decoded<PodTemplateSpec>): Decoded<PodTemplateSpec> {
  const { nodeSelector, tolerations, schedulingGates, affinity } = template.spec ?? {};
  const { nodeAffinity: _, ...oldAffinity } = old.spec?.affinity ?? {};
  const hasRest = Object.keys(oldAffinity).length > 0;
  const merged = affinity === undefined && !hasRest
    ? undefined
    : { ...oldAffinity, ...given({ nodeAffinity: affinity?.nodeAffinity }) };
  return {
    ...old,
    metadata: { ...old.metadata, labels: template.metadata?.labels ?? {}, annotations: template.metadata?.annotations ?? {} },
    spec: {
      ...old.spec,
      nodeSelector: nodeSelector ?? {},
      tolerations: tolerations ?? [],
      schedulingGates: schedulingGates ?? [],
      ...merged === undefined ? { affinity: undefined } : { affinity: merged },
    } as Decoded<PodTemplateSpec>['spec'] & object,
  };
}

/** The old template as if its containers had always had the resources of the new ones, where these are the same containers. */
export function withResources(old: Decoded<PodTemplateSpec>, template: Decoded<PodTemplateSpec>): Decoded<PodTemplateSpec> {
  const spec = old.spec ?? {};
  return {
    ...old,
    spec: {
      ...spec,
      containers: adopt(spec.containers ?? [], template.spec?.containers ?? []),
      initContainers: adopt(spec.initContainers ?? [], template.spec?.initContainers ?? []),
    },
  };
}

function adopt(old: readonly Decoded<Container>[], containers: readonly Decoded<Container>[]): Decoded<Container>[] {
  const areSame = old.length === containers.length && old.every(({ name }, position) => name === containers[position]?.name);
  return old.map((container, position) => (areSame ? { ...container, resources: containers[position]?.resources ?? {} } : container));
}
