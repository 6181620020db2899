import { Option } from 'commander';
import { refuseOffline, withPlaces } from './located-errors';
import { warnOfPeers } from './peer-warnings';
import { isCronJob, isJob } from '../../api/kinds';
import { given } from '../../core/given';
import type { KubernetesObject } from '../../port/cluster-port';
import { ManifestsRefusedError } from '../../runtime/apply-errors';
import type { Applied } from '../../runtime/apply-object';
import type { Cluster } from '../../runtime/cluster';
import { planReplacement } from '../../runtime/replace';
import { jobFromCronJob } from '../../runtime/trigger';
import type { LocatedObject } from '../input/run-manifests';
import { changedFieldLines } from '../tables/changed-field-lines';
import { objectName } from '../tables/object-name';
import type { Output } from '../terminal/output';

/** The flag by which kubectl asks the server without storing anything, and the flags that go with it. */
export interface DryRunFlags {
  readonly dryRun?: 'server';
  readonly forceConflicts?: boolean;
  readonly replace?: boolean;
}

/**
 * Asks the cluster what it says to the objects of a run, and says what would be applied; nothing is stored, and nothing starts. For a
 * CronJob, sends the Job that a run of it would start; with `replace`, says which Jobs would be replaced, and what would change in them.
 *
 * @returns the exit status. @throws {UsageError} for what is refused, with its place.
 */
export async function dryRun(
  cluster: Cluster, located: readonly LocatedObject[], { forceConflicts, replace }: DryRunFlags, output: Output,
): Promise<number> {
  await refuseOffline('run', cluster, located, output);
  await warnOfPeers(cluster, located, output);
  const objects = located.map(({ object }): KubernetesObject => (isCronJob(object) ? jobFromCronJob(object, {}) : object));
  try {
    const { replaced, refused } = await planReplacement(cluster.port, replace === true ? objects.filter(isJob) : []);
    if (refused.size > 0) throw new ManifestsRefusedError([...refused].map(([object, error]) => ({ object, error })));
    const isNew = (object: KubernetesObject): boolean => !replaced.some(({ job }) => job === object);
    tellApplied(await cluster.apply(objects.filter(isNew), { dryRun: true, ...given({ force: forceConflicts }) }), true, output);
    for (const { job, changes } of replaced) {
      output.line(`${objectName(job)} replaced${dryRunMark}`);
      for (const line of changedFieldLines(changes)) output.talk(`  ${line}`);
    }
    output.talk('nothing was stored, and nothing was started');
    return 0;
  } catch (error) {
    throw withPlaces('run', error, located);
  }
}

/** kubectl's own words. */
const dryRunMark = ' (server dry run)';

/** The option `--dry-run=server`. */
export function dryRunOption(help: string): Option {
  return new Option('--dry-run <mode>', help).choices(['server']);
}

/** Says what has become of each object, as kubectl does. */
export function tellApplied(applied: readonly Applied[], isDryRun: boolean, output: Output): void {
  const mark = isDryRun ? dryRunMark : '';
  for (const { object, result, warnings } of applied) {
    for (const warning of warnings) output.warn(warning);
    output.line(`${objectName(object)} ${result}${mark}`);
  }
}
