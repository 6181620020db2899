import { nearestName } from './explain/suggest';
import { findOutputFaults } from './outputs';
import { isJob, kindInBatch } from '../api/kinds';
import { checkDnsLabel, checkDnsSubdomain } from '../api/names';
import { afterAnnotation, formatJobName, type JobName, jobsBefore } from '../api/order';
import type { Finding } from '../core/finding';
import { given } from '../core/given';
import { type Before, findCircle } from '../core/graph';
import { asObject } from '../core/json';

/** A Job that an object waits for, and that is not among the objects. */
export interface OutsideJob {
  /** The position of the object that waits. */
  readonly position: number;
  readonly name: string;
  readonly namespace: string;
  /** What may be meant, as a clause. */
  readonly hint?: string;
}

/** What is wrong with the order of an object. */
interface OrderFault {
  /** The position of the object. */
  readonly position: number;
  readonly finding: Finding;
}

/** The order of objects, as their annotations say it. */
export interface Order {
  /** By position, the Jobs among the objects that each waits for. */
  readonly before: Before;
  /** Jobs that are waited for and that somebody else must have run. */
  readonly outside: readonly OutsideJob[];
  /** What makes the order impossible. */
  readonly faults: readonly OrderFault[];
}

const field = `metadata.annotations[${afterAnnotation}]`;

/**
 * The order of objects that are run together.
 *
 * @param defaultNamespace where objects without a namespace go.
 */
export function orderOf(objects: readonly unknown[], defaultNamespace = ''): Order {
  const jobs = new Map<string, number>();
  for (const [position, object] of objects.entries()) {
    const { name } = metadataOf(object);
    if (isRunnable(object) && typeof name === 'string') jobs.set(`${namespaceOf(object, defaultNamespace)}/${name}`, position);
  }
  const outside: OutsideJob[] = [];
  const faults: OrderFault[] = [];
  const before: Before = objects.map((object, position) => jobsBefore(object).flatMap((job) => {
    const problem = problemOf(job);
    if (problem !== undefined) {
      const finding: Finding = { rule: 'after-well-formed', ...fault(problem, formatJobName(job)), ...given({ hint: kindHint(job) }) };
      faults.push({ position, finding });
      return [];
    }
    const namespace = job.namespace ?? namespaceOf(object, defaultNamespace);
    const found = jobs.get(`${namespace}/${job.name}`);
    if (found === undefined) {
      const other = objects.find((each) => metadataOf(each).name === job.name && !isRunnable(each));
      const hint = hintFor(job, object, namespaceOf(object, defaultNamespace), jobs) ?? hintAbout(other);
      outside.push({ position, name: job.name, namespace, ...given({ hint }) });
    }
    return found === undefined ? [] : [found];
  }));
  const circle = findCircle(before);
  if (circle?.[0] !== undefined) {
    const names = [...circle, circle[0]].map((position) => String(metadataOf(objects[position]).name));
    const message = circle.length === 1 ? 'a Job cannot wait for itself' : `none of these can begin: ${names.join(' waits for ')}`;
    faults.push({ position: circle[0], finding: { rule: 'after-without-circle', ...fault(message, names[1]) } });
  }
  for (const [position, object] of objects.entries()) {
    const own = namespaceOf(object, defaultNamespace);
    const isEarlier = ({ namespace = own, name }: JobName): boolean => {
      const job = jobs.get(`${namespace}/${name}`);
      // A Job that is made from a CronJob has a name of its own.
      if (job !== undefined) return isJob(asObject(objects[job])) && isBefore(before, job, position);
      return outside.some((one) => one.position === position && one.name === name && one.namespace === namespace);
    };
    faults.push(...findOutputFaults(object, isEarlier).map((finding) => ({ position, finding })));
  }
  return { before, outside, faults };
}

/** Whether a node comes before another one, directly or not. */
function isBefore(before: Before, earlier: number, later: number): boolean {
  const seen = new Set(before[later]);
  if (seen.has(earlier)) return true;
  for (const node of seen) for (const next of before[node] ?? []) seen.add(next);
  return seen.has(earlier);
}

/** The finding for a Job that is waited for and is not there. */
export function missingJob({ name, namespace, hint }: OutsideJob, message: string): Finding {
  const value = namespace === '' ? name : `${namespace}/${name}`;
  return { rule: 'after-names-a-job', ...fault(message, value), type: 'NotFound', ...given({ hint }) };
}

/** What is wrong with an object of the name that is no Job. */
function hintAbout(other: unknown): string | undefined {
  if (other === undefined) return undefined;
  const { apiVersion, kind } = asObject(other);
  return `the ${String(kind)} of ${String(apiVersion)} that is called so is not waited for: only Jobs of batch/v1 are`;
}

/** What to write where a kind stands before the name, as kubectl has it. */
function kindHint({ name, namespace = '' }: JobName): string | undefined {
  return /^jobs?(?:\.batch)?$/.test(namespace) ? `what stands before the slash is a namespace: write ${name}` : undefined;
}

/** What may be meant by the name of a Job that is not among some: one of almost the same name, or a kind before it, as kubectl has it. */
function hintFor({ name, namespace }: JobName, waiting: unknown, own: string, jobs: ReadonlyMap<string, number>): string | undefined {
  const written = kindHint({ name, ...given({ namespace }) });
  if (written !== undefined) return written;
  const elsewhere = [...jobs.keys()].find((key) => key.endsWith(`/${name}`));
  if (elsewhere?.startsWith('/') === true) return `the Job of this name says no namespace: write one there, and NAMESPACE/${name} here`;
  if (elsewhere !== undefined) return `did you mean ${elsewhere}?`;
  const place = `${namespace ?? own}/`;
  const names = [...jobs.keys()].filter((key) => key.startsWith(place)).map((key) => key.slice(place.length));
  // Of names of a few letters, every other one is near.
  const nearest = name.length < 4 ? undefined : nearestName(name, names.filter((other) => other !== metadataOf(waiting).name));
  return nearest === undefined ? undefined : `did you mean ${namespace === undefined ? '' : place}${nearest}?`;
}

function fault(message: string, value: unknown): Omit<Finding, 'rule'> {
  return { field, type: 'Invalid', message, value, severity: 'error' };
}

function problemOf({ name, namespace }: JobName): string | undefined {
  const [problem] = [...namespace === undefined ? [] : checkDnsLabel(namespace), ...checkDnsSubdomain(name)];
  return problem === undefined ? undefined : `names of Jobs with commas between them, namespace/name for another namespace: ${problem}`;
}

/** Whether others can wait for an object: a Job, or a CronJob that is run once. */
function isRunnable(object: unknown): boolean {
  return kindInBatch(asObject(object)) !== undefined;
}

function metadataOf(object: unknown): { readonly name?: unknown; readonly namespace?: unknown } {
  return asObject(asObject(object).metadata);
}

function namespaceOf(object: unknown, defaultNamespace: string): string {
  const { namespace } = metadataOf(object);
  return typeof namespace === 'string' && namespace !== '' ? namespace : defaultNamespace;
}
