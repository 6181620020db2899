import type { Construct } from 'constructs';
import { JobConstruct } from './job-construct';
import { cronJobObject } from './job-object';
import type { CheckedCronJobName, CheckedLabelName } from '../api/props/checked-name';
import type { CheckedMount } from '../api/props/container-props';
import type { CheckedCount, CheckedInteger } from '../api/props/count-props';
import type { KindNeeds, ScheduledFields, ScheduleFields } from '../api/props/cron-job-props';
import type { CheckedInRule } from '../api/props/policy-props';
import type { CheckedQuantity } from '../api/props/quantity-props';
import type { CheckedCron } from '../schedule/cron-text';

/**
 * A CronJob: starts a Job whenever the schedule says so.
 *
 * The type parameters are the literals in the props; there is no need to write them.
 *
 * @example
 * new ScheduledJob(chart, 'nightly', {
 *   schedule: '30 2 * * *',
 *   timeZone: 'Europe/Berlin',
 *   concurrencyPolicy: 'Forbid',
 *   job: { restartPolicy: 'Never', containers: [{ name: 'report', image: 'registry.example/report:3' }] },
 * });
 */
export class ScheduledJob<
  Schedule extends string = string,
  Name extends string = string,
  ContainerName extends string = string,
  VolumeName extends string = string,
  Restart extends string = 'Never' | 'OnFailure',
  Type extends 'NonParallel' | 'FixedCompletion' | 'Indexed' | 'WorkQueue' = 'NonParallel' | 'FixedCompletion' | 'Indexed' | 'WorkQueue',
  Amount extends string = string,
  Count extends number = number,
  Word extends string = never,
  Mounted extends string = never,
  InRule extends string = never,
> extends JobConstruct {
  /** A CronJob that the API server would refuse makes `app.synth()` throw: all findings at once, in the server's words. */
  public constructor(
    scope: Construct,
    id: string,
    props: ScheduleFields<
      CheckedCron<Schedule>, CheckedCronJobName<Name>, CheckedCount<Count>, Word, ScheduledFields<
        CheckedLabelName<ContainerName>, CheckedLabelName<VolumeName>, Restart, Type, CheckedQuantity<Amount>, CheckedCount<Count>,
        Word, CheckedMount<Mounted, VolumeName>, CheckedInRule<InRule, ContainerName>, CheckedInteger<Count>
      > & KindNeeds[Type]
    >,
  ) {
    super(scope, id, cronJobObject(props));
  }
}
