import { beforeAdmission, queueOf } from '../api/kueue';
import { isGeneratedLabel, trackingFinalizer } from '../api/labels';
import { given } from '../core/given';
import type { KubernetesObject } from '../port/cluster-port';

interface JobSpec {
  readonly manualSelector?: boolean;
  readonly selector?: unknown;
  readonly suspend?: boolean;
  readonly template?: { readonly metadata?: { readonly labels?: Record<string, string> } };
  readonly [field: string]: unknown;
}

/**
 * The manifest that makes a Job again: without its status, its UID, what the API server derived from that, and what Kueue wrote into it.
 *
 * One of a queue begins suspended: without Kueue's webhook it would start, and be stopped to wait for its turn.
 */
export function retryableJob(job: KubernetesObject, name: string): KubernetesObject {
  const { namespace, labels, annotations, ownerReferences } = job.metadata ?? {};
  const { selector, suspend: _, template, ...spec } = (beforeAdmission(job).spec ?? {}) as JobSpec;
  const { labels: podLabels, ...podMetadata } = template?.metadata ?? {};
  const { creationTimestamp: _created, ...rest } = podMetadata as { creationTimestamp?: unknown };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      ...given({ namespace }),
      ...withoutGenerated('labels', labels),
      ...(annotations === undefined ? {} : { annotations: withoutTracking(annotations) }),
      ...given({ ownerReferences }),
    },
    spec: {
      ...spec,
      ...(spec.manualSelector === true ? { selector } : {}),
      ...(queueOf(job) === undefined ? {} : { suspend: true }),
      template: { ...template, metadata: { ...rest, ...withoutGenerated('labels', podLabels) } },
    },
  };
}

function withoutGenerated(field: string, labels: Readonly<Record<string, string>> | undefined): Record<string, Record<string, string>> {
  const own = Object.entries(labels ?? {}).filter(([label]) => !isGeneratedLabel(label));
  return own.length === 0 ? {} : { [field]: Object.fromEntries(own) };
}

/** The annotation that marks Jobs tracked with finalizers belongs to the controller. */
function withoutTracking({ [trackingFinalizer]: _, ...annotations }: Readonly<Record<string, string>>): Record<string, string> {
  return annotations;
}
