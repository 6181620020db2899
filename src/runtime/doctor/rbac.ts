import { kueueGroup } from '../../api/kueue';
import { given } from '../../core/given';

/** One thing that may be done to one kind of object. */
export interface Right {
  /** The API group; `''` is the core group. */
  readonly group: '' | 'batch' | typeof kueueGroup;
  /** The kind as REST names it, with its subresource: `jobs`, `pods/log`. */
  readonly resource: string;
  readonly verb: Verb;
  /** What does not work "without it", as the beginning of that sentence; absent if the command needs the right. */
  readonly loss?: string;
}

/** A verb of the API, as Roles name it. */
type Verb = 'get' | 'list' | 'watch' | 'create' | 'patch' | 'delete';

/** A rule of a Role. */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly Verb[];
}

const jobs = rightsOn('batch', 'jobs');
const cronJobs = rightsOn('batch', 'cronjobs');
const pods = rightsOn('', 'pods');
const podLogs = rightsOn('', 'pods/log');
const events = rightsOn('', 'events');
const workloads = rightsOn(kueueGroup, 'workloads');

/** What does not work without a right that the command can do without. */
const losses = {
  jobsGet: '"unchanged" and "configured" look the same, and no Job is handed the outputs of another',
  jobsList: 'several Jobs are watched one by one',
  pods: 'neither output nor the reason why a Job does not get on is known, and no Job is handed the outputs of another',
  events: 'quotas, admission and volumes are not known as causes',
  logs: 'the output of the pods is not shown',
  cronJobs: 'nothing can be done with CronJobs',
  queues: 'why a Job waits in its queue is told in part only',
  inQueue: 'Jobs in queues can be neither suspended nor resumed',
  parallelism: 'a Job that Kueue admitted with fewer pods is retried with as few',
  watch: 'get -w does not work',
  select: 'delete -l and delete --all do not work',
} as const;

const watching: readonly Right[] = [
  ...jobs(['watch']), ...jobs(['list'], losses.jobsList), ...pods(['list', 'watch'], losses.pods), ...events(['list', 'watch'], losses.events),
];
const reading: readonly Right[] = podLogs(['get'], losses.logs);

/** What each command asks of a cluster; commands that need no cluster are not in it. */
export const rightsByCommand: Readonly<Record<string, readonly Right[]>> = {
  // Server-side apply of a Job that is not there yet is authorized as patch and as create.
  run: [...jobs(['create', 'patch']), ...jobs(['get'], losses.jobsGet), ...watching, ...reading],
  wait: [...watching, ...reading],
  logs: [...jobs(['get', 'list', 'watch']), ...pods(['list', 'watch']), ...podLogs(['get'])],
  get: [...jobs(['get', 'list']), ...jobs(['watch'], losses.watch), ...cronJobs(['get', 'list', 'watch'], losses.cronJobs)],
  apply: [
    ...jobs(['create', 'patch']), ...jobs(['get'], losses.jobsGet), ...cronJobs(['create', 'patch']), ...cronJobs(['get'], losses.jobsGet),
  ],
  // Of what is there, and with a dry run of apply: `diff -f`.
  diff: [...jobs(['get', 'create', 'patch']), ...cronJobs(['get', 'create', 'patch'])],
  // The Job is read first: one that is over is left alone.
  suspend: [...jobs(['get', 'patch']), ...cronJobs(['get', 'patch'], losses.cronJobs)],
  resume: [...jobs(['get', 'patch']), ...cronJobs(['get', 'patch'], losses.cronJobs)],
  // The Job is read first, so that no other one that takes its name is deleted.
  delete: [...jobs(['get', 'delete']), ...jobs(['list'], losses.select), ...cronJobs(['get', 'list', 'delete'], losses.cronJobs)],
  trigger: [...cronJobs(['get']), ...jobs(['create'])],
  // It waits until the old Job is gone.
  retry: jobs(['get', 'list', 'watch', 'create', 'delete']),
};

/** What commands ask besides of a cluster with Kueue; all of them work without, as far as their Jobs are in no queue. */
const rightsForQueues: Readonly<Record<string, readonly Right[]>> = {
  run: workloads(['list', 'watch'], losses.queues),
  wait: workloads(['list', 'watch'], losses.queues),
  suspend: workloads(['list', 'patch'], losses.inQueue),
  resume: workloads(['list', 'patch'], losses.inQueue),
  retry: workloads(['list'], losses.parallelism),
};

/** Which rights are meant. */
export interface RightsOptions {
  /** Also those that only Jobs in queues of Kueue need. Default false. */
  readonly queues?: boolean;
}

/** Every command that asks something of a cluster, in reading order. */
export const clusterCommands: readonly string[] = Object.keys(rightsByCommand);

/** The rights of some commands together, each once; a right that one of them needs is needed. */
export function rightsFor(commands: readonly string[], { queues = false }: RightsOptions = {}): readonly Right[] {
  const found = new Map<string, Right>();
  const tables = queues ? [rightsByCommand, rightsForQueues] : [rightsByCommand];
  const rightsOf = (command: string): readonly Right[] => tables.flatMap((table) => table[command] ?? []);
  for (const right of commands.flatMap(rightsOf)) {
    const key = `${right.group}/${right.resource}/${right.verb}`;
    const known = found.get(key);
    if (known === undefined || right.loss === undefined) found.set(key, right);
  }
  return [...found.values()];
}

/** The shortest list of rules that gives these rights and no others: kinds of one group that need the same verbs share one. */
export function rulesOf(rights: readonly Right[]): readonly PolicyRule[] {
  const byResource = new Map<string, { readonly group: string; readonly resource: string; readonly verbs: Set<Verb> }>();
  for (const { group, resource, verb } of rights) {
    const entry = byResource.get(`${group}/${resource}`) ?? { group, resource, verbs: new Set() };
    entry.verbs.add(verb);
    byResource.set(`${group}/${resource}`, entry);
  }
  const rules = new Map<string, PolicyRule>();
  for (const { group, resource, verbs: wanted } of byResource.values()) {
    const verbs = verbOrder.filter((verb) => wanted.has(verb));
    const key = `${group} ${verbs.join(' ')}`;
    rules.set(key, { apiGroups: [group], resources: [...rules.get(key)?.resources ?? [], resource], verbs });
  }
  return [...rules.values()];
}

/** Whose Role it is, and where. */
interface RoleOptions extends RightsOptions {
  readonly namespace: string;
  /** The name of the Role, and of the RoleBinding. */
  readonly name: string;
  /** Binds the Role to this service account of the namespace, or to `namespace:name` of another. Default: no RoleBinding. */
  readonly serviceAccount?: string;
}

/** The smallest Role for some commands, and its RoleBinding when a service account is named. */
export function roleFor(commands: readonly string[], { namespace, name, serviceAccount, queues = false }: RoleOptions): readonly object[] {
  const metadata = { name, namespace };
  const role = { apiVersion: `${rbacGroup}/v1`, kind: 'Role', metadata, rules: rulesOf(rightsFor(commands, { queues })) };
  if (serviceAccount === undefined) return [role];
  const { home = namespace, account } = splitServiceAccount(serviceAccount);
  return [role, {
    apiVersion: `${rbacGroup}/v1`,
    kind: 'RoleBinding',
    metadata,
    roleRef: { apiGroup: rbacGroup, kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name: account, namespace: home }],
  }];
}

/** The parts of `name` or `namespace:name`; the namespace is absent where none is written. */
export function splitServiceAccount(text: string): { readonly home?: string; readonly account: string } {
  const colon = text.indexOf(':');
  return colon < 0 ? { account: text } : { home: text.slice(0, colon), account: text.slice(colon + 1) };
}

const rbacGroup = 'rbac.authorization.k8s.io';
const verbOrder: readonly Verb[] = ['get', 'list', 'watch', 'create', 'patch', 'delete'];

function rightsOn(group: Right['group'], resource: string): (verbs: readonly Verb[], loss?: string) => Right[] {
  return (verbs, loss) => verbs.map((verb) => ({ group, resource, verb, ...given({ loss }) }));
}
