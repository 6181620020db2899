import type { Construct } from 'constructs';
import { JobConstruct } from './job-construct';
import { jobObject } from './job-object';
import { peersId } from './peers';
import { hostName } from '../api/peers';
import type { CheckedJobName, CheckedLabelName } from '../api/props/checked-name';
import type { CheckedMount } from '../api/props/container-props';
import type { CheckedCount, CheckedCountIfAny, CheckedInteger } from '../api/props/count-props';
import type { IndexedJobProps } from '../api/props/job-props';
import type { CheckedInRule } from '../api/props/policy-props';
import type { CheckedQuantity } from '../api/props/quantity-props';
import { UsageError } from '../core/errors';
import { asObject, type JsonObject } from '../core/json';

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
  Mounted extends string = never,
  InRule extends string = never,
> extends JobConstruct {
  private readonly ofHosts: JsonObject;

  /** A Job that the API server would refuse makes `app.synth()` throw: all findings at once, in the server's words. */
  public constructor(
    scope: Construct,
    id: string,
    props: IndexedJobProps<
      Restart, CheckedJobName<Name>, CheckedLabelName<ContainerName>, CheckedLabelName<VolumeName>, Manual, CheckedCountIfAny<PerIndex>,
      CheckedQuantity<Amount>, CheckedCount<Count>, Word, CheckedMount<Mounted, VolumeName>, CheckedInRule<InRule, ContainerName>,
      CheckedInteger<Count>
    >,
  ) {
    super(scope, id, jobObject('Indexed', props));
    const { completions, metadata, subdomain } = asObject(props);
    this.ofHosts = { completions, metadata, subdomain };
  }

  /**
   * The host name of a pod, as pods of its namespace find it: `ring-0.ring`. It needs `peers`, or a `subdomain` with a Service of your own.
   *
   * @throws {UsageError} for an index that the Job does not have, and where there are no host names that are known.
   */
  public hostOf(index: number): string {
    const { completions, metadata, subdomain } = this.ofHosts;
    const { name, generateName } = asObject(metadata);
    const service = this.node.tryFindChild(peersId) === undefined ? subdomain : asObject(this.node.findChild(peersId)).name;
    const subject = `Cannot name the host of index ${index} of ${this.node.path}`;
    if (typeof service !== 'string') throw new UsageError(subject, 'its pods do not find one another: add peers: true');
    if (name === undefined && generateName !== undefined) {
      throw new UsageError(subject, 'the Job gets its name in the cluster, and its pods have it in JOB_NAME');
    }
    if (!Number.isInteger(index) || index < 0 || index >= Number(completions)) {
      throw new UsageError(subject, `its indexes are 0 to ${Number(completions) - 1}`);
    }
    return hostName(this.name, index, service);
  }
}
