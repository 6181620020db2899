import { retryableJob } from './retryable-job';
import { type IndexSet, parseIndexSet } from '../api/index-set';
import type { Container, JobSpec, PodFailurePolicy } from '../api/kubernetes';
import { completionIndexAnnotation, retryOfLabel, retryOfUidAnnotation } from '../api/labels';
import { given } from '../core/given';
import type { KubernetesObject } from '../port/cluster-port';

/** The indexes of an Indexed Job that have not succeeded: those that failed, and those that its end cut short. */
export function unfinishedIndexes({ spec, status }: KubernetesObject): IndexSet {
  const { completions = 0 } = (spec ?? {}) as Partial<JobSpec>;
  const { completedIndexes = '' } = (status ?? {}) as { readonly completedIndexes?: string };
  return without({ first: 0, last: completions - 1 }, parseIndexSet(completedIndexes, completions));
}

function without({ first, last }: IndexSet[number], taken: IndexSet): IndexSet {
  const gaps: Array<IndexSet[number]> = [];
  let next = first;
  for (const span of taken) {
    if (span.first > next) gaps.push({ first: next, last: span.first - 1 });
    next = span.last + 1;
  }
  return next > last ? gaps : [...gaps, { first: next, last }];
}

/** The name of the Job that runs an index again; cut where it would be too long for a label. */
export function indexJobName(name: string, index: number): string {
  const end = `-index-${index}`;
  return `${name.slice(0, longestName - end.length).replace(/[-.]+$/, '')}${end}`;
}

const longestName = 63;

/**
 * The Job that runs one index of an Indexed Job again: its pods are told the index as those of the old Job were, by variable, annotation,
 * label and hostname. What limits an index limits this Job.
 *
 * @source pkg/controller/job/job_controller.go manageJob, pkg/controller/job/indexed_job_utils.go addCompletionIndexEnvVariable (v1.37)
 */
export function indexJob(job: KubernetesObject, index: number): KubernetesObject {
  const { name = '', uid = '' } = job.metadata ?? {};
  const again = retryableJob(job, indexJobName(name, index));
  const { ownerReferences: _owners, annotations = {}, labels, ...metadata } = again.metadata ?? {};
  const { [lastApplied]: _applied, ...kept } = annotations;
  const mark = { [completionIndexAnnotation]: String(index) };
  const owners = ownersOf(job);
  return {
    ...again,
    metadata: {
      ...metadata,
      labels: { ...labels, [retryOfLabel]: name, ...mark },
      annotations: { ...kept, [retryOfUidAnnotation]: uid },
      ...(owners.length === 0 ? {} : { ownerReferences: owners }),
    },
    spec: specOf(again.spec as JobSpec, `${name}-${index}`, { [retryOfLabel]: name }, mark),
  };
}

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

type Owners = NonNullable<NonNullable<KubernetesObject['metadata']>['ownerReferences']>;

/**
 * The old Job, so that both are deleted together. One that is taken away by itself, by its ttl or by the history of a CronJob, would take
 * the new one with it while it runs: then the old one's owners, who do not control the new one.
 */
function ownersOf({ metadata, spec }: KubernetesObject): Owners {
  const { name = '', uid = '', ownerReferences = [] } = metadata ?? {};
  const { ttlSecondsAfterFinished } = (spec ?? {}) as Partial<JobSpec>;
  if (ttlSecondsAfterFinished === undefined && ownerReferences.length === 0) return [{ apiVersion: 'batch/v1', kind: 'Job', name, uid } as Owners[number]];
  return ownerReferences.map((owner) => ({ ...owner, controller: false, blockOwnerDeletion: false }));
}

type Labels = Readonly<Record<string, string>>;

function specOf(spec: JobSpec, hostname: string, group: Labels, mark: Labels): object {
  const { maxFailedIndexes: _most, successPolicy: _success, selector: _selector, manualSelector: _manual, ...rest } = spec;
  const { backoffLimitPerIndex, backoffLimit, podFailurePolicy, template, ...common } = rest;
  const { metadata, spec: pod } = template;
  const limit = backoffLimitPerIndex ?? backoffLimit;
  return {
    ...common,
    completionMode: 'NonIndexed',
    completions: 1,
    parallelism: 1,
    ...given({ backoffLimit: limit }),
    ...(podFailurePolicy === undefined ? {} : { podFailurePolicy: withoutIndexes(podFailurePolicy) }),
    template: {
      ...template,
      metadata: { ...metadata, labels: { ...metadata?.labels, ...group, ...mark }, annotations: { ...metadata?.annotations, ...mark } },
      spec: {
        ...pod,
        hostname,
        ...(pod?.initContainers === undefined ? {} : { initContainers: pod.initContainers.map((one) => withIndex(one, mark)) }),
        containers: (pod?.containers ?? []).map((one) => withIndex(one, mark)),
      },
    },
  };
}

/** An index that is a Job of its own fails with it. */
function withoutIndexes({ rules }: PodFailurePolicy): PodFailurePolicy {
  return { rules: rules.map((rule) => (rule.action === 'FailIndex' ? { ...rule, action: 'FailJob' } : rule)) };
}

/** Where the Job controller would add the variable: at the end, and not where the container has it already. */
function withIndex(container: Container, { [completionIndexAnnotation]: value = '' }: Labels): Container {
  const { env = [] } = container;
  return env.some(({ name }) => name === indexVariable) ? container : { ...container, env: [...env, { name: indexVariable, value }] };
}

const indexVariable = 'JOB_COMPLETION_INDEX';
