import { controllerUidLabel, jobNameLabel, legacyControllerUidLabel } from '../api/labels';
import type { KubernetesObject } from '../port/cluster-port';

/** How the pods of a Job are found. */
export interface PodSelector {
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly matchExpressions: readonly Requirement[];
  /** Whether the API server generated it from the Job's UID. */
  readonly isGenerated: boolean;
}

interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

const controllerUidLabels = [controllerUidLabel, legacyControllerUidLabel];

/** The selector of a Job as the API server returned it. */
export function jobPodsSelector(job: KubernetesObject): PodSelector {
  const spec = job.spec as { selector?: { matchLabels?: Record<string, string>; matchExpressions?: Requirement[] } } | undefined;
  const { matchLabels = {}, matchExpressions = [] } = spec?.selector ?? {};
  if (Object.keys(matchLabels).length === 0 && matchExpressions.length === 0) {
    return { matchLabels: { [jobNameLabel]: job.metadata?.name ?? '' }, matchExpressions, isGenerated: true };
  }
  return { matchLabels, matchExpressions, isGenerated: controllerUidLabels.some((label) => label in matchLabels) };
}

/** A selector as a query parameter: `a=b,c in (d,e)`. */
export function labelSelectorText({ matchLabels, matchExpressions }: PodSelector): string {
  const equal = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`);
  return [...equal, ...matchExpressions.map(requirementText)].join(',');
}

function requirementText({ key, operator, values = [] }: Requirement): string {
  switch (operator) {
    case 'Exists': return key;
    case 'DoesNotExist': return `!${key}`;
    case 'NotIn': return `${key} notin (${values.join(',')})`;
    default: return `${key} in (${values.join(',')})`;
  }
}

/** The UID of the object that controls a pod. */
export function controllerUid({ metadata }: KubernetesObject): string | undefined {
  return metadata?.ownerReferences?.find(({ controller }) => controller === true)?.uid;
}
