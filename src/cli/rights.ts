/** One thing that one may do to one kind of object. */
export interface Right {
  readonly group: '' | 'batch';
  /** `jobs`, `pods/log`. */
  readonly resource: string;
  readonly verb: string;
  /** What is lost without it; undefined for what nothing works without. */
  readonly optional?: string;
}

const on = (group: Right['group'], resource: string, verbs: readonly string[], optional?: string): Right[] =>
  verbs.map((verb) => ({ group, resource, verb, ...(optional === undefined ? {} : { optional }) }));

const watching: readonly Right[] = [
  ...on('batch', 'jobs', ['list', 'watch']),
  ...on('', 'pods', ['list', 'watch'], 'why a Job does not get on'),
  ...on('', 'events', ['list', 'watch'], 'volumes, quotas and admission as causes'),
];
const following: readonly Right[] = on('', 'pods/log', ['get'], 'the output of the pods');
const applying: readonly Right[] = [
  ...on('batch', 'jobs', ['create', 'patch']),
  ...on('batch', 'jobs', ['get'], 'whether an apply changed anything'),
];

/** What each command asks of a cluster. */
export const rightsByCommand: Readonly<Record<string, readonly Right[]>> = {
  run: [...applying, ...watching, ...following],
  wait: [...watching, ...following],
  logs: [...on('batch', 'jobs', ['get', 'list', 'watch']), ...on('', 'pods', ['list', 'watch']), ...on('', 'pods/log', ['get'])],
  get: on('batch', 'jobs', ['get', 'list']),
  apply: [...applying, ...on('batch', 'cronjobs', ['get', 'create', 'patch'])],
  suspend: on('batch', 'jobs', ['patch']),
  resume: on('batch', 'jobs', ['patch']),
  delete: on('batch', 'jobs', ['get', 'delete']),
  trigger: [...on('batch', 'cronjobs', ['get']), ...on('batch', 'jobs', ['create'])],
  retry: on('batch', 'jobs', ['get', 'create', 'delete', 'list', 'watch']),
};

/** The rights of some commands together, each once. */
export function rightsFor(commands: readonly string[]): Right[] {
  const all = commands.flatMap((command) => rightsByCommand[command] ?? []);
  return all.filter((right, index) => all.findIndex((other) => key(other) === key(right)) === index);
}

/** Rights as the rules of a Role: one for each resource. */
export function rulesOf(rights: readonly Right[]): Array<{ apiGroups: string[]; resources: string[]; verbs: string[] }> {
  const rules = new Map<string, { apiGroups: string[]; resources: string[]; verbs: string[] }>();
  for (const { group, resource, verb } of rights) {
    const rule = rules.get(`${group}/${resource}`) ?? { apiGroups: [group], resources: [resource], verbs: [] };
    rules.set(`${group}/${resource}`, rule);
    rule.verbs.push(verb);
  }
  return [...rules.values()];
}

function key({ group, resource, verb }: Right): string {
  return `${group}/${resource}/${verb}`;
}
