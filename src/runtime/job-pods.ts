import { controllerUidLabel, jobNameLabel, legacyControllerUidLabel } from '../api/labels';
import type { Selector } from '../api/selector';
import type { Requirement } from '../api/selector-text';
import type { KubernetesObject } from '../port/cluster-port';

/** How the pods of a Job are found. */
interface PodSelector {
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly matchExpressions: readonly Requirement[];
  /** Whether the API server generated it from the Job's UID. */
  readonly isGenerated: boolean;
}

const controllerUidLabels = [controllerUidLabel, legacyControllerUidLabel];

/** The selector of a Job as the API server returned it. */
export function jobPodsSelector(job: KubernetesObject): PodSelector {
  const spec = job.spec as { readonly selector?: Selector } | undefined;
  const { matchLabels = {}, matchExpressions = [] } = spec?.selector ?? {};
  if (Object.keys(matchLabels).length === 0 && matchExpressions.length === 0) {
    return { matchLabels: { [jobNameLabel]: job.metadata?.name ?? '' }, matchExpressions, isGenerated: true };
  }
  return { matchLabels, matchExpressions, isGenerated: controllerUidLabels.some((label) => label in matchLabels) };
}

/** The UID of the object that controls a pod. */
export function controllerUid({ metadata }: KubernetesObject): string | undefined {
  return metadata?.ownerReferences?.find(({ controller }) => controller === true)?.uid;
}
