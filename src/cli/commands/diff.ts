import { Option, type Command } from 'commander';
import { UsageError } from '../../core/errors';
import type { CliContext, CommandCall, CommandDefinition } from '../command';
import { addClusterOptions, type ClusterFlags, withCluster } from '../input/cluster-call';
import { folderHelp } from '../input/find-manifests';
import { addFilename, type FileFlags } from '../input/manifest-words';
import { loadLocatedObjects, loadObjects } from '../input/run-manifests';
import { addReviewOptions, isReview, type ReviewFlags, reviewHelp, runReview } from '../review/review-command';
import { refuseTwins } from '../run/check-run';
import { compareManifests, compareWithCluster, isRefused, isSame, leftAlone, type ObjectChanges } from '../run/compare-objects';
import { columns } from '../tables/columns';
import { findingLines } from '../tables/validation-report';
import type { Output } from '../terminal/output';

/** `diff`: what would change from one manifest to another, or in a cluster, and whether it may. */
export const diffCommand: CommandDefinition = { define, run };

interface DiffFlags extends ClusterFlags, FileFlags, ReviewFlags {}

function define(command: Command): void {
  command
    .argument('[old]', 'the manifests as deployed; with --git or --from, what to review')
    .argument('[new]', 'the manifests to come; more to review')
    .argument('[more...]', 'more to review');
  addClusterOptions(addFilename(command, 'compare these manifests with what is in the cluster, as kubectl does (repeatable)'))
    .addOption(new Option('-o, --output <format>', 'text or json; of a review also github (annotations) or markdown (a comment)')
      .choices(['text', 'json', 'github', 'markdown']).default('text'));
  addReviewOptions(command)
    .addHelpText('after', [
      '',
      'With -f the cluster is asked for a dry run; two manifests are compared without a cluster.',
      ...reviewHelp,
      folderHelp,
      'Exit status: 0 nothing changes or all of it can be applied; 2 something cannot be changed in place, the new manifest is refused,',
      'or (in a review) a Job would run for ever or comes to what --fail-on names; 125 something could not be read, or wrong usage.',
    ].join('\n'));
}

async function run({ args, options, context }: CommandCall): Promise<number> {
  const flags = options as unknown as DiffFlags;
  const words = args.flat().filter((word) => word !== undefined);
  if (isReview(flags)) return runReview([...words, ...flags.filename ?? []], flags, context);
  const [before, after, more] = words;
  if (more !== undefined) throw new UsageError(`Cannot compare more than two manifests: ${more}`, 'only a review takes more: --git BASE PATHS…');
  const found = flags.filename === undefined
    ? await compareFiles(before, after, context)
    : await compareDeployed(flags.filename, before, flags, context);
  if (flags.output === 'json') context.output.line(JSON.stringify({ apiVersion: 'cdk8s-jobs/v1', kind: 'Diff', objects: found }, null, 2));
  else tell(found, context.output);
  return found.some(isRefused) ? refusedStatus : 0;
}

/** Exit status when the new manifests cannot be applied as they are. */
const refusedStatus = 2;

async function compareFiles(
  oldWord: string | undefined, newWord: string | undefined, context: CliContext,
): Promise<readonly ObjectChanges[]> {
  if (oldWord === undefined || newWord === undefined) {
    const what = oldWord === undefined ? 'compare' : `compare ${oldWord} with`;
    throw new UsageError(`There is nothing to ${what}`, 'write OLD and NEW, -f NEW to compare it with what is in the cluster, or --git BASE to review a change');
  }
  const before = await loadObjects([oldWord], context);
  const after = await loadLocatedObjects([newWord], context);
  refuseTwins('compare', after);
  return [
    ...after.map((located) => compareManifests(before.find((old) => isSame(old, located.object)), located, context.programName)),
    ...before.filter((old) => !after.some(({ object }) => isSame(old, object))).map(leftAlone),
  ];
}

async function compareDeployed(
  filename: readonly string[], word: string | undefined, flags: DiffFlags, context: CliContext,
): Promise<readonly ObjectChanges[]> {
  if (word !== undefined) throw new UsageError(`-f and ${word} exclude each other`, 'leave one of them out');
  const located = await loadLocatedObjects(filename, context);
  refuseTwins('compare', located);
  return withCluster(flags, context, (_, port) => Promise.all(located.map((one) => compareWithCluster(port, one, context.programName))));
}

function tell(reports: readonly ObjectChanges[], output: Output): void {
  for (const { name, changes, findings } of reports) {
    if (reports.length > 1) output.line(name);
    if (changes.length === 0) output.line('no difference');
    for (const line of columns(changes.map(({ field, from, to, verdict }) => [field, `${from} → ${to}`, verdict]))) output.line(line);
    for (const line of findingLines(findings, output)) output.line(line);
  }
}
