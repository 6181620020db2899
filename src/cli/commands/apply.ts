import type { Command } from 'commander';
import { JobsError } from '../../core/errors';
import { given } from '../../core/given';
import { PartlyAppliedError } from '../../runtime/apply-errors';
import { exitStatuses } from '../../verdict/exit-status';
import type { CommandCall, CommandDefinition } from '../command';
import { addClusterOptions, type ClusterFlags, withCluster } from '../input/cluster-call';
import { folderHelp } from '../input/find-manifests';
import { addManifests, manifestWords } from '../input/manifest-words';
import { loadLocatedObjects } from '../input/run-manifests';
import { refuseTwins } from '../run/check-run';
import { dryRunOption, tellApplied } from '../run/dry-run';
import { refuseOffline, withPlaces } from '../run/located-errors';
import { objectName } from '../tables/object-name';

/** `apply`: server-side apply, without waiting. */
export const applyCommand: CommandDefinition = { define, run };

interface ApplyFlags extends ClusterFlags {
  readonly dryRun?: 'server';
  readonly forceConflicts?: boolean;
}

function define(command: Command): void {
  addClusterOptions(addManifests(command))
    .addOption(dryRunOption('server: the cluster checks them and stores nothing'))
    .option('--force-conflicts', 'take over fields that other tools own')
    .addHelpText('after', `\nSeveral objects are checked first, here and as a dry run on the cluster: when one is refused, none is written.\n${folderHelp}`);
}

async function run(call: CommandCall): Promise<number> {
  const { options, context } = call;
  const flags = options as ApplyFlags;
  const located = await loadLocatedObjects(manifestWords(call), context);
  refuseTwins('apply', located);
  return withCluster(flags, context, async (cluster) => {
    await refuseOffline('apply', cluster, located, context.output);
    const { dryRun, forceConflicts } = flags;
    const isDryRun = dryRun !== undefined;
    try {
      const applied = await cluster.apply(located.map(({ object }) => object), { dryRun: isDryRun, ...given({ force: forceConflicts }) });
      tellApplied(applied, isDryRun, context.output);
      return 0;
    } catch (error) {
      const placed = withPlaces('apply', error, located);
      if (!(error instanceof PartlyAppliedError) || !JobsError.is(placed)) throw placed;
      tellApplied(error.applied, isDryRun, context.output);
      context.output.error(placed.message, placed.hint);
      context.output.talk(`not applied: ${error.notApplied.map(objectName).join(', ')}`);
      return exitStatuses.error;
    }
  });
}
