import type { Construct } from 'constructs';
import { JobConstruct } from './job-construct';
import { jobObject } from './job-object';
import type { IndexedJobProps } from '../api/props/job-props';

/**
 * A Job in which every pod has an index from 0 to `completions` - 1, in the variable JOB_COMPLETION_INDEX; each index must succeed once.
 *
 * The type parameters are the literals in the props; there is no need to write them.
 *
 * @example
 * new IndexedJob(chart, 'shards', {
 *   completions: 8,
 *   parallelism: 4,
 *   backoffLimitPerIndex: 1,
 *   restartPolicy: 'Never',
 *   containers: [{ name: 'shard', image: 'registry.example/index:2', command: ['sh', '-c', 'index --shard "$JOB_COMPLETION_INDEX"'] }],
 * });
 */
export class IndexedJob<
  Name extends string = string,
  ContainerName extends string = string,
  VolumeName extends string = string,
  Restart extends string = 'Never' | 'OnFailure',
  Manual extends boolean = never,
  PerIndex extends number = never,
  Amount extends string = string,
  Count extends number = number,
  Word extends string = never,
> extends JobConstruct {
  /** A Job that the API server would refuse makes `app.synth()` throw: all findings at once, in the server's words. */
  public constructor(
    scope: Construct,
    id: string,
    props: IndexedJobProps<Restart, Name, ContainerName, VolumeName, Manual, PerIndex, Amount, Count, Word>,
  ) {
    super(scope, id, (self) => jobObject(self, 'Indexed', props));
  }
}
