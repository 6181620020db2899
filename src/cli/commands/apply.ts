import type { Command } from 'commander';
import { JobsError } from '../../core/errors';
import { given } from '../../core/given';
import { PartlyAppliedError } from '../../runtime/apply-errors';
import type { Applied } from '../../runtime/apply-object';
import { exitStatuses } from '../../verdict/exit-status';
import type { CliContext, CommandCall, CommandDefinition } from '../command';
import { addClusterOptions, type ClusterFlags, withCluster } from '../input/cluster-call';
import { folderHelp } from '../input/find-manifests';
import { loadLocatedObjects } from '../input/run-manifests';
import { refuseTwins } from '../run/check-run';
import { refuseOffline, withPlaces } from '../run/located-errors';
import { objectName } from '../tables/object-name';

/** `apply`: server-side apply, and no waiting. */
export const applyCommand: CommandDefinition = { define, run };

interface ApplyFlags extends ClusterFlags {
  readonly dryRun?: boolean;
  readonly forceConflicts?: boolean;
}

function define(command: Command): void {
  command.argument('<manifests...>', 'manifests, folders, apps (.ts, .js), folders with a cdk8s.yaml, or - for stdin');
  addClusterOptions(command)
    .option('--dry-run', 'let the server decide, and store nothing')
    .option('--force-conflicts', 'take over fields that other tools own')
    .addHelpText('after', `\nSeveral objects are checked first, here and as a dry run on the cluster: when one is refused, none is written.\n${folderHelp}`);
}

async function run({ args, options, context }: CommandCall): Promise<number> {
  const flags = options as ApplyFlags;
  const located = await loadLocatedObjects(args[0] as readonly string[], context);
  refuseTwins('apply', located);
  return withCluster(flags, context, async (cluster) => {
    await refuseOffline('apply', cluster, located, context.output);
    const { dryRun, forceConflicts } = flags;
    try {
      tell(await cluster.apply(located.map(({ object }) => object), given({ dryRun, force: forceConflicts })), flags, context);
      return 0;
    } catch (error) {
      const placed = withPlaces('apply', error, located);
      if (!(error instanceof PartlyAppliedError) || !JobsError.is(placed)) throw placed;
      tell(error.applied, flags, context);
      context.output.error(placed.message, placed.hint);
      context.output.talk(`not applied: ${error.notApplied.map(objectName).join(', ')}`);
      return exitStatuses.error;
    }
  });
}

function tell(applied: readonly Applied[], { dryRun }: ApplyFlags, { output }: CliContext): void {
  const mark = dryRun === true ? ' (dry run)' : '';
  for (const { object, result, warnings } of applied) {
    for (const warning of warnings) output.talk(`${output.paintTalk('yellow', 'warning')}: ${warning}`);
    output.line(`${objectName(object)} ${result}${mark}`);
  }
}
