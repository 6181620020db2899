import type { Construct } from 'constructs';
import { JobConstruct } from './job-construct';
import { jobSetObject } from './job-set-object';
import type { JobSetProps } from '../api/props/job-set-props';

/**
 * Jobs that belong together, as a leader and its workers: made in an order, restarted together, their pods found by host names.
 *
 * It needs the JobSet controller in the cluster (v1alpha2 of jobset.x-k8s.io). `run` applies it and does not wait for it; `validate` judges
 * it as that controller does, and its Jobs as the API server does.
 *
 * @example
 * new JobSet(chart, 'train', {
 *   metadata: { name: 'train' },
 *   failurePolicy: { maxRestarts: 3 },
 *   replicatedJobs: [
 *     {
 *       name: 'leader',
 *       job: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'registry.example/train:4', args: ['lead'] }] },
 *     },
 *     {
 *       name: 'workers',
 *       dependsOn: [{ name: 'leader', status: 'Ready' }],
 *       job: {
 *         type: 'Indexed',
 *         completions: 4,
 *         parallelism: 4,
 *         restartPolicy: 'Never',
 *         containers: [{ name: 'main', image: 'registry.example/train:4', args: ['work', 'train-leader-0-0.train'] }],
 *       },
 *     },
 *   ],
 * });
 */
export class JobSet<Name extends string = string> extends JobConstruct {
  /** A JobSet that the controller or the API server would refuse makes `app.synth()` throw: all findings at once, in their words. */
  public constructor(scope: Construct, id: string, props: JobSetProps<Name>) {
    super(scope, id, jobSetObject(props));
  }
}
