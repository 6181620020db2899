import type { Construct } from 'constructs';
import { JobConstruct } from './job-construct';
import { jobObject } from './job-object';
import type { CheckedJobName, CheckedLabelName } from '../api/props/checked-name';
import type { CheckedMount } from '../api/props/container-props';
import type { CheckedCount, CheckedInteger } from '../api/props/count-props';
import type { FixedCompletionJobProps } from '../api/props/job-props';
import type { CheckedInRule } from '../api/props/policy-props';
import type { CheckedQuantity } from '../api/props/quantity-props';

/**
 * A Job that is done when `completions` pods have succeeded, up to `parallelism` of them at a time.
 *
 * The type parameters are the literals in the props; there is no need to write them.
 *
 * @example
 * new FixedCompletionJob(chart, 'render', {
 *   completions: 5,
 *   parallelism: 2,
 *   restartPolicy: 'Never',
 *   containers: [{ name: 'render', image: 'registry.example/render:3' }],
 * });
 */
export class FixedCompletionJob<
  Name extends string = string,
  ContainerName extends string = string,
  VolumeName extends string = string,
  Restart extends string = 'Never' | 'OnFailure',
  Manual extends boolean = never,
  Amount extends string = string,
  Count extends number = number,
  Word extends string = never,
  Mounted extends string = never,
  InRule extends string = never,
> extends JobConstruct {
  /** A Job that the API server would refuse makes `app.synth()` throw: all findings at once, in the server's words. */
  public constructor(
    scope: Construct,
    id: string,
    props: FixedCompletionJobProps<
      Restart, CheckedJobName<Name>, CheckedLabelName<ContainerName>, CheckedLabelName<VolumeName>, Manual, CheckedQuantity<Amount>,
      CheckedCount<Count>, Word, CheckedMount<Mounted, VolumeName>, CheckedInRule<InRule, ContainerName>, CheckedInteger<Count>
    >,
  ) {
    super(scope, id, jobObject('FixedCompletion', props));
  }
}
