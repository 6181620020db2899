import { Option, type Command } from 'commander';
import { type JobsError, UsageError } from '../../core/errors';
import { given } from '../../core/given';
import type { ClusterPort, KubernetesObject, ObjectReference, Selection } from '../../port/cluster-port';
import { writeYaml } from '../../yaml/write-yaml';
import type { CliContext, CommandCall, CommandDefinition } from '../command';
import { statusOfError } from '../exit-status';
import { addClusterOptions, type ClusterFlags, parseSeconds, withCluster } from '../input/cluster-call';
import { addFilename, type FileFlags } from '../input/manifest-words';
import { referenceOf } from '../input/reference-of';
import { loadLocatedObjects } from '../input/run-manifests';
import { checkAllNamespaces, jobsAndCronJobs, readSubjects, type Subjects } from '../input/subjects';
import { isOfOneObject } from '../run/each-object';
import { watchObjects } from '../run/watch-objects';
import { GrowingTable } from '../tables/growing-table';
import { noneFound } from '../tables/none-found';
import { objectName } from '../tables/object-name';
import { objectTables } from '../tables/object-table';

/** `get`: Jobs and CronJobs as they are now, and as they change. */
export const getCommand: CommandDefinition = { define, run };

interface GetFlags extends ClusterFlags, FileFlags {
  readonly output: 'text' | 'wide' | 'json' | 'yaml' | 'name';
  readonly selector?: string;
  readonly allNamespaces?: boolean;
  readonly watch?: boolean;
  readonly timeout?: number;
}

function define(command: Command): void {
  command.argument('[jobs...]', 'names, job/NAME, cronjob/NAME, or a kind: jobs, cronjobs, all; default: jobs');
  addClusterOptions(addFilename(command, 'what these manifests name, of any kind (repeatable)'))
    .option('-l, --selector <labels>', 'only those with these labels: a=b,c=d')
    .option('-A, --all-namespaces', 'of all namespaces')
    .option('-w, --watch', 'then a line for every change, of one kind or one name, until Ctrl-C')
    .option('--timeout <time>', 'stop watching after 90, 90s, 10m, 1h30m (exit 124)', parseSeconds)
    .addOption(new Option('-o, --output <format>', 'text, wide, json, yaml or name').choices(['text', 'wide', 'json', 'yaml', 'name']).default('text'));
}

async function run({ args, options, context }: CommandCall): Promise<number> {
  const flags = options as unknown as GetFlags;
  const words = args[0] as readonly string[];
  const { kinds, named } = readSubjects(words, jobsAndCronJobs);
  checkFlags(flags, words, { kinds, named });
  const located = flags.filename === undefined ? [] : await loadLocatedObjects(flags.filename, context);
  checkWatch(flags, kinds, [...named, ...located]);
  const show = flags.watch === true ? watch : list;
  return withCluster(flags, context, async (_, port) => {
    const inFiles = await Promise.all(located.map((one) => referenceOf('get', one, port)));
    return show(port, { kinds, named: [...named, ...inFiles] }, flags, context);
  });
}

/** What is shown: some objects, or all of some kinds. */
interface Shown extends Pick<Subjects, 'kinds'> {
  readonly named: readonly ObjectReference[];
}

async function list(port: ClusterPort, { kinds, named }: Shown, flags: GetFlags, { output }: CliContext): Promise<number> {
  const { selector, allNamespaces = false } = flags;
  if (named.length > 0) {
    const { there, errors } = await readThere(port, named);
    if (errors.length < named.length) for (const line of render(there, flags, named.length === 1)) output.line(line);
    for (const { message, hint } of errors) output.error(message, hint);
    return errors.length === 0 ? 0 : statusOfError(errors[0], 'run');
  }
  const lists = await Promise.all(kinds.map(async (kind) => (
    (await port.list(kind, selectionOf(flags))).items.map((item) => ({ apiVersion: kind.apiVersion, kind: kind.kind, ...item }))
  )));
  const found = lists.flat();
  for (const line of render(found, flags, false, kinds.length > 1)) output.line(line);
  if (found.length === 0) output.talk(noneFound(kinds, allNamespaces ? 'any namespace' : `namespace ${port.namespace}`, selector));
  return 0;
}

/** The objects of one kind, and a line for each that changes. */
async function watch(port: ClusterPort, { kinds, named: [subject] }: Shown, flags: GetFlags, { output }: CliContext): Promise<number> {
  // A watch waits for what comes; a name that is not there is a mistake.
  if (subject !== undefined) await port.get(subject);
  const { output: format, allNamespaces = false, timeout } = flags;
  const selection = { ...selectionOf(flags), ...subject === undefined ? {} : { fieldSelector: `metadata.name=${subject.name}`, ...given({ namespace: subject.namespace }) } };
  const table = new GrowingTable({ wide: format === 'wide', allNamespaces });
  return watchObjects(port, subject?.resource ?? kinds[0], { selection, ...given({ timeout }) }, output, (objects, isDeleted) => {
    const lines = format === 'text' || format === 'wide' ? table.add(objects, isDeleted) : objects.flatMap((object) => documentOf(object, format));
    for (const line of lines) output.line(line);
  });
}

/** One object of several, as a text of its own. */
function documentOf(object: KubernetesObject, format: 'json' | 'yaml' | 'name'): string[] {
  switch (format) {
    case 'json': return [JSON.stringify(object, null, 2)];
    case 'yaml': return ['---', writeYaml(object).trimEnd()];
    case 'name': return [objectName(object)];
  }
}

function selectionOf({ selector, allNamespaces }: GetFlags): Selection {
  return given({ labelSelector: selector, namespace: allNamespaces === true ? '*' : undefined });
}

/** What is there of what was named, and why the rest is not. @throws {JobsError} when the cluster cannot be asked. */
async function readThere(
  port: ClusterPort, named: readonly ObjectReference[],
): Promise<{ readonly there: readonly KubernetesObject[]; readonly errors: readonly JobsError[] }> {
  const answers = await Promise.allSettled(named.map((subject) => port.get(subject)));
  const reasons = answers.flatMap((answer): unknown[] => (answer.status === 'rejected' ? [answer.reason] : []));
  const errors = reasons.filter(isOfOneObject);
  if (errors.length < reasons.length) throw reasons.find((reason) => !isOfOneObject(reason));
  return { there: answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : [])), errors };
}

/** @throws {UsageError} for flags that choose among all beside a name, and for several ways to name what is shown. */
function checkFlags(
  { filename, selector, allNamespaces, namespace, watch: isWatch = false, timeout }: GetFlags,
  [first]: readonly string[],
  { named }: Subjects,
): void {
  if (filename !== undefined && first !== undefined) throw new UsageError(`-f and ${named.length > 0 ? 'a name' : first} exclude each other`, 'leave one of them out');
  const one = filename === undefined ? named.length > 0 ? 'a name' : undefined : '-f';
  checkAllNamespaces(allNamespaces, namespace, one);
  if (one !== undefined && selector !== undefined) throw new UsageError(`-l and ${one} exclude each other`, 'leave one of them out');
  if (!isWatch && timeout !== undefined) throw new UsageError('--timeout needs -w: without it get does not wait', 'add -w');
}

/** @throws {UsageError} for more than can be watched. */
function checkWatch({ watch: isWatch = false }: GetFlags, kinds: Subjects['kinds'], named: readonly unknown[]): void {
  if (!isWatch) return;
  if (kinds.length > 1) throw new UsageError('Cannot watch several kinds in one table', 'name one of them: jobs or cronjobs');
  if (named.length > 1) throw new UsageError('Cannot watch several names', 'name one, or watch all with these labels: -w -l a=b');
}

function render(found: readonly KubernetesObject[], flags: GetFlags, isOne: boolean, withKind = false): string[] {
  const { output: format, allNamespaces = false } = flags;
  const whole = isOne ? found[0] : { apiVersion: 'v1', kind: 'List', items: found };
  switch (format) {
    case 'json': return [JSON.stringify(whole, null, 2)];
    case 'yaml': return [writeYaml(whole).trimEnd()];
    case 'name': return found.map(objectName);
    default: return objectTables(found, { wide: format === 'wide', allNamespaces, withKind });
  }
}
