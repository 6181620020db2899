import type { Construct } from 'constructs';
import { JobConstruct } from './job-construct';
import { jobObject } from './job-object';
import type { WorkQueueJobProps } from '../api/props/job-props';

/**
 * A Job whose pods share a queue outside Kubernetes: done when one has succeeded and all have ended.
 *
 * The type parameters are the literals in the props; there is no need to write them.
 *
 * @example
 * new WorkQueueJob(chart, 'drain', {
 *   parallelism: 3,
 *   restartPolicy: 'OnFailure',
 *   containers: [{ name: 'worker', image: 'registry.example/thumbs:7', command: ['thumbs', 'drain'] }],
 * });
 */
export class WorkQueueJob<
  Name extends string = string,
  ContainerName extends string = string,
  VolumeName extends string = string,
  Restart extends string = 'Never' | 'OnFailure',
  Manual extends boolean = never,
  Amount extends string = string,
  Count extends number = number,
  Word extends string = never,
> extends JobConstruct {
  /** A Job that the API server would refuse makes `app.synth()` throw: all findings at once, in the server's words. */
  public constructor(
    scope: Construct,
    id: string,
    props: WorkQueueJobProps<Restart, Name, ContainerName, VolumeName, Manual, Amount, Count, Word>,
  ) {
    super(scope, id, jobObject('WorkQueue', props));
  }
}
