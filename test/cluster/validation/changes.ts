import { changes, corpus } from './corpus';
import { invent, wordsOf } from './invent';
import { combine, mutate, pick, seededRandom, type Random } from './mutate';

/** A change of an object that the server accepted: JSON before and after. */
export interface RandomChange {
  readonly old: string;
  /** What the old object's status is set to before the change, if anything. */
  readonly status: object | undefined;
  readonly manifest: string;
}

type Manifest = { kind?: string; metadata?: { name?: string; namespace?: unknown; generateName?: unknown }; spec?: { suspend?: unknown } };

/** Changes of Jobs and CronJobs of a minor version, or of one kind; every other Job is suspended. The same seed gives the same ones. */
export function randomChanges(seed: number, count: number, minor?: number, kind?: 'CronJob' | 'Job'): RandomChange[] {
  const random = seededRandom(seed);
  const isWanted = (manifest: Manifest): boolean => kind === undefined || manifest.kind === kind;
  const manifests = (corpus() as Manifest[]).filter(isWanted);
  const words = wordsOf(manifests);
  const examples = changes().filter(({ before }) => isWanted(before as Manifest));
  return Array.from({ length: count }, (_, index) => {
    const example = random() < 0.3 ? pick(examples, random) : undefined;
    const old = withoutOwners(named(example?.before ?? pick(manifests, random) ?? {}, index));
    if (old.kind === 'Job' && random() < 0.5) old.spec = { ...old.spec, suspend: true };
    const after = structuredClone(random() < 0.6 ? old : (example?.after ?? old)) as Manifest;
    const others = manifests.filter((other) => other.kind === old.kind);
    const changed = changeSome(after, pick(others, random) ?? {}, { words, minor }, random);
    const { status } = old as { status?: object };
    return { old: JSON.stringify(old), status: statusOf(old, status, random), manifest: JSON.stringify(named(changed, index)) };
  });
}

function changeSome(
  after: object, other: object, { words, minor }: { readonly words: ReturnType<typeof wordsOf>; readonly minor: number | undefined },
  random: Random,
): object {
  const kind = random();
  if (kind < 0.35) return mutate(after, other, random);
  if (kind < 0.6) return combine(after, other, random);
  return invent(after, words, random, minor);
}

/** A status as a controller might have left it. */
function statusOf({ kind }: Manifest, given: object | undefined, random: Random): object | undefined {
  if (given !== undefined || kind !== 'Job') return given;
  const startTime = '2026-01-01T00:00:00Z';
  const suspended = { type: 'Suspended', status: 'True', reason: 'JobSuspended', message: 'Job suspended' };
  const conditions = [suspended];
  const active = 1;
  const states = [undefined, undefined, { active, startTime }, { startTime }, { startTime, conditions }, { active, startTime, conditions }];
  return pick(states, random);
}

/** An owner that does not exist would have the object deleted before it is changed. */
function withoutOwners(manifest: Manifest): Manifest {
  const { ownerReferences: _, ...metadata } = manifest.metadata as { ownerReferences?: unknown; name: string };
  return { ...manifest, metadata };
}

/** Each has a name of its own, and keeps it. */
function named(manifest: object, index: number): Manifest {
  const copy = structuredClone(manifest) as Manifest;
  const metadata = typeof copy.metadata === 'object' && copy.metadata !== null ? copy.metadata : {};
  delete metadata.namespace;
  delete metadata.generateName;
  // Otherwise the controller writes another status while the test looks.
  const spec = copy.kind === 'Job' && typeof copy.spec === 'object' && copy.spec !== null ? { spec: { managedBy: 'example.com/nobody', ...copy.spec } } : {};
  return { ...copy, ...spec, metadata: { ...metadata, name: `change-${index}` } };
}
