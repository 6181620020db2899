import type { Command } from 'commander';
import { addClusterOptions, type ClusterFlags, withCluster } from '../cluster-call';
import type { CommandCall, CommandDefinition } from '../command';
import { loadObjects } from '../run-manifests';

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
    .option('--force-conflicts', 'take over fields that other tools own');
}

async function run({ args, options, context }: CommandCall): Promise<number> {
  const flags = options as ApplyFlags;
  const objects = await loadObjects(args[0] as readonly string[], context);
  return withCluster(flags, context, async (cluster) => {
    const { dryRun, forceConflicts } = flags;
    const applied = await cluster.apply(objects, {
      ...(dryRun === undefined ? {} : { dryRun }),
      ...(forceConflicts === undefined ? {} : { force: forceConflicts }),
    });
    const mark = dryRun === true ? ' (dry run)' : '';
    for (const { object: { kind = '', metadata }, result, warnings } of applied) {
      for (const warning of warnings) context.output.talk(`${context.output.paintTalk('yellow', 'warning')}: ${warning}`);
      context.output.line(`${kind.toLowerCase()}/${metadata?.name ?? ''} ${result}${mark}`);
    }
    return 0;
  });
}
