import { keepsName, namespaceOf, withoutFixedName } from './exported-job';
import { isCronJob, isJob } from '../api/kinds';
import { queueNameLabel } from '../api/kueue';
import type { Finding } from '../core/finding';
import { asObject, valueAt } from '../core/json';
import { missingJob, orderOf } from '../rules/order';
import { noteOutputs } from '../rules/outputs';
import { findErrors } from '../rules/validate-manifest';

/** Something that keeps an object out of a Workflow, or that is otherwise in it than elsewhere. */
interface ExportFault {
  /** The position of the object. */
  readonly position: number;
  readonly finding: Finding;
}

/** Argo looks every five seconds, or later when much is to be done. */
const shortestTtl = 60;

/** What Argo would misread in objects, and what their order needs that a Workflow does not have. */
export function findArgoFaults(objects: readonly object[]): ExportFault[] {
  const { before, faults, outside } = orderOf(objects);
  const [home] = objects.filter((object) => isJob(object)).map(namespaceOf);
  const awaited = new Set(before.flat());
  const ofObjects = objects.flatMap((object, position) => {
    const isOrdered = awaited.has(position) || before[position]?.length !== 0;
    const findings = isJob(object) ? findJobFaults(object, home ?? '') : findOtherFaults(object, isOrdered);
    return findings.map((finding) => ({ position, finding }));
  });
  const missing = outside.map((job) => ({
    position: job.position,
    finding: missingJob(job, 'there is no such Job among what is exported, and a task waits only for tasks of its Workflow'),
  }));
  return [...ofObjects, ...faults, ...missing];
}

function findJobFaults(job: object, home: string): Finding[] {
  // A Workflow hands no outputs on: the Job would start with the text that stands for one.
  const found = [...findErrors(withoutFixedName(job, home)), ...noteOutputs(job, true)];
  const { suspend, ttlSecondsAfterFinished } = asObject(asObject(job).spec);
  if (suspend === true && valueAt(job, ['metadata', 'labels', queueNameLabel]) === undefined) {
    found.push(fault({ rule: 'argo-job-starts', field: 'spec.suspend', type: 'Forbidden', message: 'Argo waits for ever for a suspended Job that no queue resumes: leave it out' }));
  }
  if (typeof ttlSecondsAfterFinished === 'number' && ttlSecondsAfterFinished < shortestTtl) {
    const message = `Argo looks every 5 seconds or later, and a Job that is gone by then fails its step: write ${shortestTtl} or more, or leave it out`;
    found.push(fault({ rule: 'argo-sees-the-end', field: 'spec.ttlSecondsAfterFinished', type: 'Invalid', message, value: ttlSecondsAfterFinished }));
  }
  if (namespaceOf(job) !== home) {
    const message = `the first Job is in ${home === '' ? 'no namespace that is written' : home}: a Workflow owns its Jobs, so all of them are in its namespace`;
    found.push(fault({ rule: 'argo-one-namespace', field: 'metadata.namespace', type: 'Invalid', message, value: namespaceOf(job) }));
  }
  if (keepsName(job)) {
    const message = 'stays as it is, because the host names of its pods begin with it: two runs at once, or a step that is tried again, meet a Job of this name';
    found.push({ rule: 'argo-name-stays', field: 'metadata.name', type: 'Invalid', message, severity: 'warning' });
  }
  return found;
}

function findOtherFaults(object: object, isOrdered: boolean): Finding[] {
  if (!isCronJob(object) || !isOrdered) return [];
  return [fault({ rule: 'argo-orders-jobs', field: 'kind', type: 'Invalid', message: 'a CronJob starts its Jobs by its schedule and is no step of a Workflow: write a Job', value: 'CronJob' })];
}

function fault(finding: Omit<Finding, 'severity'>): Finding {
  return { ...finding, severity: 'error' };
}
