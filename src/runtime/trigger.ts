import { randomBytes } from 'node:crypto';
import { instantiateAnnotation } from '../api/labels';
import { given } from '../core/given';
import type { KubernetesObject } from '../port/cluster-port';

/** What differs in a Job that is created from a CronJob. */
export interface TriggerOptions {
  readonly namespace?: string;
  /** The name of the new Job. Default: the CronJob's, `-manual-` and a random end. */
  readonly name?: string;
  /** Replaces the arguments of the first container. */
  readonly args?: readonly string[];
  /** Replaces the command of the first container. */
  readonly command?: readonly string[];
  /** Replaces the image of the first container. */
  readonly image?: string;
  /** Variables to set in all containers, replacing those of the same name. */
  readonly env?: Readonly<Record<string, string>>;
}

interface Container {
  readonly env?: ReadonlyArray<{ readonly name: string }>;
  readonly [field: string]: unknown;
}

interface JobTemplate {
  readonly metadata?: { readonly labels?: Record<string, string>; readonly annotations?: Record<string, string> };
  readonly spec?: { readonly template?: { readonly spec?: { readonly containers?: readonly Container[] } } };
}

/**
 * The Job that a CronJob would start now, marked as started by hand.
 *
 * Its owner reference does not block the CronJob's deletion, so that no right on its finalizers is needed.
 *
 * @source staging/src/k8s.io/kubectl/pkg/cmd/create/create_job.go createJobFromCronJob (v1.37)
 */
export function jobFromCronJob(cronJob: KubernetesObject, options: TriggerOptions): KubernetesObject {
  const { name: owner = 'job', namespace, uid } = cronJob.metadata ?? {};
  const { metadata = {}, spec = {} } = ((cronJob.spec as { jobTemplate?: JobTemplate } | undefined)?.jobTemplate ?? {});
  const name = options.name ?? `${owner.slice(0, longestOwner)}-manual-${randomBytes(3).toString('hex').slice(0, 5)}`;
  const owners = uid === undefined ? {} : { ownerReferences: [{ apiVersion: 'batch/v1', kind: 'CronJob', name: owner, uid, controller: true }] };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      ...given({ namespace }),
      annotations: { [instantiateAnnotation]: 'manual', ...metadata.annotations },
      ...given({ labels: metadata.labels }),
      ...owners,
    },
    spec: withOverrides(spec, options),
  };
}

/** The length of the prefix that keeps the whole name within 63 characters. */
const longestOwner = 63 - '-manual-'.length - 5;

function withOverrides(spec: NonNullable<JobTemplate['spec']>, options: TriggerOptions): NonNullable<JobTemplate['spec']> {
  const { args, command, image, env } = options;
  if (args === undefined && command === undefined && image === undefined && env === undefined) return spec;
  const pod = spec.template?.spec ?? {};
  const replaced = given({ args, command, image });
  const containers = (pod.containers ?? []).map((container, index) => ({
    ...container,
    ...(index === 0 ? replaced : {}),
    ...(env === undefined ? {} : { env: withEnv(container.env ?? [], env) }),
  }));
  return { ...spec, template: { ...spec.template, spec: { ...pod, containers } } };
}

type Variables = ReadonlyArray<{ readonly name: string }>;

function withEnv(before: Variables, env: Readonly<Record<string, string>>): Variables {
  const set = Object.entries(env).map(([name, value]) => ({ name, value }));
  return [...before.filter(({ name }) => !(name in env)), ...set];
}
