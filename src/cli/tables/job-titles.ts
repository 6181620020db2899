/** What tells Jobs apart. */
interface JobIdentity {
  readonly name?: string | null | undefined;
  readonly namespace?: string | null | undefined;
}

/** The names that Jobs of several namespaces have. */
export function twinNames(jobs: readonly JobIdentity[]): ReadonlySet<string> {
  const namespaces = new Map<string, string>();
  const twins = new Set<string>();
  for (const { name, namespace } of jobs) {
    if (typeof name !== 'string') continue;
    const own = namespace ?? '';
    if ((namespaces.get(name) ?? own) !== own) twins.add(name);
    namespaces.set(name, own);
  }
  return twins;
}

/** What a Job is called among others: by its name, and with its namespace where another one has the same name. */
export function titleOf({ name, namespace }: JobIdentity, twins: ReadonlySet<string>): string {
  const own = name ?? '';
  return twins.has(own) && typeof namespace === 'string' ? `${namespace}/${own}` : own;
}
