import { jobSetVersion } from '../../api/job-set';
import { minimalPod } from '../rule/wrap';

/** A template that is accepted in a JobSet. */
export const minimalTemplate = { spec: { template: { spec: minimalPod } } };

/** Two entries that are accepted, with changes to the second. */
export function inSecondEntry(changes: object): object {
  return { replicatedJobs: [{ name: 'leader', template: minimalTemplate }, { name: 'workers', template: minimalTemplate, ...changes }] };
}

/** A JobSet with two entries, with changes to its spec. */
export function inJobSet(spec: object): object {
  return { apiVersion: jobSetVersion, kind: 'JobSet', metadata: { name: 'train' }, spec: { ...inSecondEntry({}), ...spec } };
}
