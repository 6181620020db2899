import { Option, type Command } from 'commander';
import type { JobSpec, JobStatus } from '../../api/kubernetes';
import { given } from '../../core/given';
import { humanAge, humanDuration } from '../../local/human-duration';
import type { KubernetesObject } from '../../port/cluster-port';
import { jobs } from '../../port/resources';
import { writeYaml } from '../../yaml/write-yaml';
import type { CommandCall, CommandDefinition } from '../command';
import { addClusterOptions, type ClusterFlags, withCluster } from '../input/cluster-call';
import { jobsOnly, readSubjects } from '../input/subjects';
import { columns } from '../tables/columns';
import { objectName } from '../tables/object-name';

/** `get`: Jobs as they are now. */
export const getCommand: CommandDefinition = { define, run };

type Format = 'text' | 'wide' | 'json' | 'yaml' | 'name';

interface GetFlags extends ClusterFlags {
  readonly output: Format;
  readonly selector?: string;
}

function define(command: Command): void {
  command.argument('[jobs...]', 'names, or job/NAME; default: all of the namespace');
  addClusterOptions(command)
    .option('-l, --selector <labels>', 'only Jobs with these labels: a=b,c=d')
    .addOption(new Option('-o, --output <format>', 'text, wide, json, yaml or name').choices(['text', 'wide', 'json', 'yaml', 'name']).default('text'));
}

async function run({ args, options, context }: CommandCall): Promise<number> {
  const flags = options as unknown as GetFlags;
  const names = readSubjects(args[0] as readonly string[], jobsOnly).named.map(({ name }) => name);
  return withCluster(flags, context, async (cluster, port) => {
    const selection = given({ labelSelector: flags.selector });
    const found = names.length > 0
      ? await Promise.all(names.map((name) => cluster.get(name)))
      : (await port.list(jobs, selection)).items.map((item) => ({ apiVersion: jobs.apiVersion, kind: jobs.kind, ...item }));
    for (const line of render(found, flags.output, names.length === 1)) context.output.line(line);
    if (found.length === 0) context.output.talk(`no Jobs in namespace ${port.namespace}`);
    return 0;
  });
}

function render(found: readonly KubernetesObject[], format: Format, isOne: boolean): string[] {
  const whole = isOne ? found[0] : { apiVersion: 'v1', kind: 'List', items: found };
  switch (format) {
    case 'json': return [JSON.stringify(whole, null, 2)];
    case 'yaml': return [writeYaml(whole).trimEnd()];
    case 'name': return found.map(objectName);
    default: return found.length === 0 ? [] : columns([heading(format), ...found.map((job) => row(job, format))]);
  }
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
