import { Option, type Command } from 'commander';
import { UsageError } from '../../core/errors';
import { given } from '../../core/given';
import { ClusterError, type KubernetesObject, type ObjectReference, type PropagationPolicy, type Resource } from '../../port/cluster-port';
import type { KubernetesCluster } from '../../runtime/connection/kubernetes-cluster';
import { deleteObject } from '../../runtime/jobs';
import type { CliContext, CommandCall, CommandDefinition } from '../command';
import { addClusterOptions, type ClusterFlags, withCluster } from '../input/cluster-call';
import { addFilename, type FileFlags } from '../input/manifest-words';
import { referenceOf } from '../input/reference-of';
import { loadLocatedObjects } from '../input/run-manifests';
import { checkAllNamespaces, jobsAndCronJobs, readSubjects } from '../input/subjects';
import { forEachObject } from '../run/each-object';
import { noneFound } from '../tables/none-found';
import { referenceName } from '../tables/object-name';

/** `delete`: Jobs and, unless told otherwise, their pods; CronJobs with their Jobs. */
export const deleteCommand: CommandDefinition = { define, run };

interface DeleteFlags extends ClusterFlags, FileFlags {
  readonly selector?: string;
  readonly allNamespaces?: boolean;
  readonly all?: boolean;
  readonly cascade: keyof typeof policies;
}

const policies = { background: 'Background', foreground: 'Foreground', orphan: 'Orphan' } as const satisfies Record<string, PropagationPolicy>;

function define(command: Command): void {
  command.argument('[jobs...]', 'names, job/NAME, cronjob/NAME; with -l or --all a kind: jobs (default), cronjobs, all');
  addClusterOptions(addFilename(command, 'what these manifests name, of any kind (repeatable)')
    .option('-l, --selector <labels>', 'those with these labels: a=b,c=d')
    .option('--all', 'all of the kind in the namespace')
    .option('-A, --all-namespaces', 'with -l or --all: in all namespaces'))
    .addOption(new Option('--cascade <policy>', 'background: what they have made too; foreground: that first; orphan: that stays')
      .choices(Object.keys(policies)).default('background'))
    .addHelpText('after', '\nA Job has made its pods, a CronJob its Jobs. Only one way to name what is deleted can be used at once.');
}

async function run({ args, options, context }: CommandCall): Promise<number> {
  const flags = options as unknown as DeleteFlags;
  const choose = await chosenBy(args[0] as readonly string[], flags, context);
  const cascade = policies[flags.cascade];
  return withCluster(flags, context, async (_, port) => forEachObject(await choose(port), context.output, async ({ uid, ...reference }) => {
    const name = referenceName(reference);
    try {
      await deleteObject(port, reference, { cascade, ...given({ uid }) });
      // The same name may be in several.
      return `${name} deleted${flags.allNamespaces === true ? ` from ${reference.namespace} namespace` : ''}`;
    } catch (error) {
      // What was in a list may have gone with what was deleted before it.
      if (uid === undefined || !(error instanceof ClusterError) || error.code !== 'NOT_FOUND') throw error;
      return `${name} is gone already`;
    }
  }));
}

/** What is to be deleted. */
interface Target extends ObjectReference {
  /** Known where it was found by a list. */
  readonly uid?: string;
}

/** Finds what a call names; all that is wrong with the call itself is said before there is a cluster. */
async function chosenBy(
  words: readonly string[], flags: DeleteFlags, context: CliContext,
): Promise<(port: KubernetesCluster) => Promise<readonly Target[]>> {
  checkWays(words, flags);
  const { filename, selector, allNamespaces = false, all } = flags;
  if (filename !== undefined) {
    const located = await loadLocatedObjects(filename, context);
    return (port) => Promise.all(located.map((one) => referenceOf('delete', one, port)));
  }
  const { kinds, named } = readSubjects(words, jobsAndCronJobs);
  if (selector === undefined && all !== true) return async () => named;
  return async (port) => {
    const lists = await Promise.all(kinds.map(async (resource) => (
      (await port.list(resource, given({ labelSelector: selector, namespace: allNamespaces ? '*' : undefined }))).items.map((item) => targetIn(resource, item))
    )));
    const place = allNamespaces ? 'any namespace' : `namespace ${port.namespace}`;
    if (lists.every(({ length }) => length === 0)) context.output.talk(noneFound(kinds, place, selector));
    return lists.flat();
  };
}

/** @throws {UsageError} for no way to name what is deleted, and for several at once. */
function checkWays(words: readonly string[], { filename, selector, allNamespaces, all, namespace }: DeleteFlags): void {
  const [first] = words;
  const isNamed = readSubjects(words, jobsAndCronJobs).named.length > 0;
  const ways = [
    ...filename === undefined ? [] : ['-f'],
    ...selector === undefined ? [] : ['-l'],
    ...all === true ? ['--all'] : [],
    ...isNamed ? ['a name'] : filename !== undefined && first !== undefined ? [first] : [],
  ];
  const [one, other] = ways;
  if (one === undefined && first === undefined) throw new UsageError('There is nothing named to be deleted', 'write names, -f FILE, -l LABELS or --all');
  if (one === undefined) throw new UsageError(`There is no name behind ${words.join(' ')}`, 'write names behind it, -l LABELS, or --all');
  if (other !== undefined) throw new UsageError(`${one} and ${other} exclude each other`, 'leave one of them out');
  checkAllNamespaces(allNamespaces, namespace, selector === undefined && all !== true ? one : undefined);
  if (selector?.trim() === '') throw new UsageError('Cannot delete by -l "": it chooses all', 'write labels, as in -l a=b; all are chosen by --all');
}

function targetIn(resource: Resource, { metadata: { name = '', namespace, uid } = {} }: KubernetesObject): Target {
  return { resource, name, ...given({ namespace, uid }) };
}
