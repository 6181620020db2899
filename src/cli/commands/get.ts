import { Option, type Command } from 'commander';
import type { JobSpec, JobStatus } from '../../api/kubernetes';
import { type JobsError, UsageError } from '../../core/errors';
import { given } from '../../core/given';
import { tableOf } from '../../local/api-columns';
import { humanAge, humanDuration } from '../../local/human-duration';
import type { ClusterPort, KubernetesObject, ObjectReference, Resource, Selection } from '../../port/cluster-port';
import { writeYaml } from '../../yaml/write-yaml';
import type { CommandCall, CommandDefinition } from '../command';
import { statusOfError } from '../exit-status';
import { addClusterOptions, type ClusterFlags, withCluster } from '../input/cluster-call';
import { jobsAndCronJobs, readSubjects } from '../input/subjects';
import { isOfOneJob } from '../run/each-job';
import { columns } from '../tables/columns';
import { groupJobs } from '../tables/job-groups';
import { objectName } from '../tables/object-name';

/** `get`: Jobs and CronJobs as they are now. */
export const getCommand: CommandDefinition = { define, run };

type Format = 'text' | 'wide' | 'json' | 'yaml' | 'name';

interface GetFlags extends ClusterFlags {
  readonly output: Format;
  readonly selector?: string;
  readonly allNamespaces?: boolean;
}

function define(command: Command): void {
  command.argument('[jobs...]', 'names, job/NAME, cronjob/NAME, or a kind: jobs, cronjobs, all; default: jobs');
  addClusterOptions(command)
    .option('-l, --selector <labels>', 'only those with these labels: a=b,c=d')
    .option('-A, --all-namespaces', 'of all namespaces')
    .addOption(new Option('-o, --output <format>', 'text, wide, json, yaml or name').choices(['text', 'wide', 'json', 'yaml', 'name']).default('text'));
}

async function run({ args, options, context }: CommandCall): Promise<number> {
  const flags = options as unknown as GetFlags;
  const { output: format, selector, allNamespaces = false } = flags;
  const { kinds, named } = readSubjects(args[0] as readonly string[], jobsAndCronJobs);
  checkFlags(flags, named.length > 0);
  return withCluster(flags, context, async (_, port) => {
    const list = async (kind: Resource, selection: Selection): Promise<KubernetesObject[]> => (
      (await port.list(kind, selection)).items.map((item) => ({ apiVersion: kind.apiVersion, kind: kind.kind, ...item }))
    );
    const selection = given({ labelSelector: selector, namespace: allNamespaces ? '*' : undefined });
    const { there, errors } = await readThere(port, named);
    const found = named.length > 0
      ? there
      : (await Promise.all(kinds.map((kind) => list(kind, selection)))).flat();
    const scope = { isOne: named.length === 1, isOfSeveralKinds: kinds.length > 1, allNamespaces };
    if (errors.length < named.length || named.length === 0) for (const line of render(found, format, scope)) context.output.line(line);
    for (const { message, hint } of errors) context.output.error(message, hint);
    const place = allNamespaces ? 'any namespace' : `namespace ${port.namespace}`;
    if (named.length === 0 && found.length === 0) context.output.talk(`no ${kinds.map(({ kind }) => `${kind}s`).join(' or ')} in ${place}`);
    return errors.length === 0 ? 0 : statusOfError(errors[0], 'run');
  });
}

/** What is there of what was named, and why the rest is not. @throws {JobsError} when the cluster cannot be asked. */
async function readThere(
  port: ClusterPort, named: readonly ObjectReference[],
): Promise<{ readonly there: readonly KubernetesObject[]; readonly errors: readonly JobsError[] }> {
  const answers = await Promise.allSettled(named.map((subject) => port.get(subject)));
  const reasons = answers.flatMap((answer): unknown[] => (answer.status === 'rejected' ? [answer.reason] : []));
  const errors = reasons.filter(isOfOneJob);
  if (errors.length < reasons.length) throw reasons.find((reason) => !isOfOneJob(reason));
  return { there: answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : [])), errors };
}

/** @throws {UsageError} for flags that choose among all, beside a name. */
function checkFlags({ selector, allNamespaces, namespace }: GetFlags, isNamed: boolean): void {
  if (allNamespaces === true && namespace !== undefined) throw new UsageError('-A and -n exclude each other', 'leave one of them out');
  const [flag] = [...allNamespaces === true ? ['-A'] : [], ...selector === undefined ? [] : ['-l']];
  if (isNamed && flag !== undefined) throw new UsageError(`${flag} and a name exclude each other`, 'leave one of them out');
}

/** What a table must tell apart. */
interface Scope {
  /** Whether one object was asked for by its name. */
  readonly isOne: boolean;
  /** Whether a name must carry its kind. */
  readonly isOfSeveralKinds: boolean;
  readonly allNamespaces: boolean;
}

function render(found: readonly KubernetesObject[], format: Format, scope: Scope): string[] {
  const whole = scope.isOne ? found[0] : { apiVersion: 'v1', kind: 'List', items: found };
  switch (format) {
    case 'json': return [JSON.stringify(whole, null, 2)];
    case 'yaml': return [writeYaml(whole).trimEnd()];
    case 'name': return found.map(objectName);
    default: return tables(found, format, scope);
  }
}

/** A table for each kind, with a blank line between them. */
function tables(found: readonly KubernetesObject[], format: Format, { isOfSeveralKinds, allNamespaces }: Scope): string[] {
  const kinds = [...new Set(found.map(({ kind }) => kind))];
  const withKind = isOfSeveralKinds || kinds.length > 1;
  return kinds.flatMap((kind, position) => {
    const grouped = groupJobs(found.filter((object) => object.kind === kind));
    const objects = grouped.map(({ job }) => job);
    const [head, ...rows] = kind === 'CronJob' ? cronJobTable(objects, format) : jobTable(objects, format);
    const cells = rows.map(([name = '', ...others], place) => {
      const { job: object, indent } = grouped[place] ?? { job: {}, indent: '' };
      return [...allNamespaces ? [object.metadata?.namespace ?? ''] : [], `${indent}${withKind ? objectName(object) : name}`, ...others];
    });
    return [...position === 0 ? [] : [''], ...columns([[...allNamespaces ? ['NAMESPACE'] : [], ...head ?? []], ...cells])];
  });
}

function jobTable(found: readonly KubernetesObject[], format: Format): string[][] {
  return [heading(format), ...found.map((job) => row(job, format))];
}

/** kubectl's own columns; containers and images with `-o wide`. */
function cronJobTable(found: readonly KubernetesObject[], format: Format): string[][] {
  const table = tableOf('CronJob');
  const shown = table.columns.map(({ name, wide }) => wide !== true || (format === 'wide' && name !== 'Selector'));
  const pick = (cells: ReadonlyArray<string | number>): string[] => cells.filter((_, column) => shown[column]).map(String);
  return [pick(table.columns.map(({ name }) => name.toUpperCase())), ...found.map((object) => pick(table.cells(object, Date.now())))];
}

function heading(format: Format): string[] {
  return ['NAME', 'STATUS', 'COMPLETIONS', 'FAILED', 'DURATION', 'AGE', ...(format === 'wide' ? ['CONTAINERS', 'IMAGES'] : [])];
}

function row(job: KubernetesObject, format: Format): string[] {
  const { startTime, completionTime, succeeded = 0, failed = 0 } = (job.status ?? {}) as Partial<JobStatus>;
  const { completions, template } = (job.spec ?? {}) as Partial<JobSpec>;
  const containers = (template?.spec?.containers ?? []) as ReadonlyArray<{ name: string; image?: string }>;
  const ended = completionTime === undefined ? Date.now() : Date.parse(String(completionTime));
  return [
    job.metadata?.name ?? '', statusWord(job), `${succeeded}/${completions ?? '-'}`, String(failed),
    startTime === undefined ? '-' : humanDuration((ended - Date.parse(String(startTime))) / 1000),
    humanAge(job.metadata?.creationTimestamp, Date.now()),
    ...(format === 'wide' ? [containers.map(({ name }) => name).join(','), containers.map(({ image = '' }) => image).join(',')] : []),
  ];
}

function statusWord({ status, metadata, spec }: KubernetesObject): string {
  const { conditions = [] } = (status ?? {}) as { conditions?: ReadonlyArray<{ type: string; status: string; reason?: string }> };
  const has = (type: string): boolean => conditions.some((condition) => condition.type === type && condition.status === 'True');
  if (metadata?.deletionTimestamp !== undefined) return 'Terminating';
  if (has('Complete')) return 'Complete';
  if (has('Failed')) return 'Failed';
  return has('Suspended') || (spec as Partial<JobSpec> | undefined)?.suspend === true ? 'Suspended' : 'Running';
}
