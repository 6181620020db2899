import type { Command } from 'commander';
import { queueOf, queuePriorityLabel } from '../../api/kueue';
import { checkDnsSubdomain } from '../../api/names';
import { UsageError } from '../../core/errors';
import { asObject, valueAt } from '../../core/json';
import { faultsOfQueues, type QueueOptions } from '../../engine/queue/settings';

/** The options that play Kueue where there is none. */
export interface QueueFlags {
  readonly queue?: readonly string[];
  readonly queuePriority?: readonly string[];
}

const queueExample = 'write NAME=RESOURCE:QUANTITY,…, as in team=cpu:4,memory:8Gi';
const priorityExample = 'write CLASS=NUMBER, as in high=1000';

/** Adds `--queue` and `--queue-priority`; `where` says when they count. */
export function addQueueOptions(command: Command, where: string): Command {
  const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
  return command
    .option('--queue <name=quota>', `let Jobs wait in this queue as Kueue does: team=cpu:4,memory:8Gi (${where}repeatable)`, collect)
    .option('--queue-priority <class=number>', `the value of a WorkloadPriorityClass: high=1000 (${where}repeatable)`, collect);
}

/**
 * The queues that flags describe.
 *
 * @throws {UsageError} for what is no queue, no quantity or no number, and for a name that is written twice.
 */
export function readQueues({ queue = [], queuePriority = [] }: QueueFlags): QueueOptions {
  const queues = queue.map((text) => readPair('--queue', text, queueExample, readQuota));
  const queuePriorities = queuePriority.map((text) => readPair('--queue-priority', text, priorityExample, readNumber));
  refuseRepeats('--queue', queues.map(([name]) => name));
  refuseRepeats('--queue-priority', queuePriorities.map(([name]) => name));
  const options = { queues: Object.fromEntries(queues), queuePriorities: Object.fromEntries(queuePriorities) };
  const [fault] = faultsOfQueues(options);
  if (fault !== undefined) throw new UsageError(`Cannot use ${fault}`, queueExample);
  return options;
}

/**
 * What to say of Jobs in queues whose WorkloadPriorityClass no flag names: as in a cluster without that class, nothing ever admits them.
 * Empty where no queue is played.
 */
export function notesOnPriorities(objects: readonly object[], flags: QueueFlags): readonly string[] {
  if (flags.queue === undefined) return [];
  const { queuePriorities = {} } = readQueues(flags);
  const asking = new Map<string, string[]>();
  for (const object of objects) {
    const { metadata } = asObject(object);
    const place = [object, valueAt(object, ['spec', 'jobTemplate'])].find((job) => queueOf(job) !== undefined);
    const name = asObject(valueAt(place, ['metadata', 'labels']))[queuePriorityLabel];
    if (typeof name !== 'string' || name === '' || Object.hasOwn(queuePriorities, name)) continue;
    asking.set(name, [...asking.get(name) ?? [], String(asObject(metadata).name ?? '')]);
  }
  return [...asking].map(([name, jobs]) => (
    `no --queue-priority names the class ${name}: ${jobs.join(', ')} waits for ever, as on a cluster without it: add --queue-priority ${name}=1000`
  ));
}

function readPair<Value>(flag: string, text: string, example: string, read: (value: string) => Value | undefined): [string, Value] {
  const end = text.indexOf('=');
  const name = text.slice(0, Math.max(end, 0));
  const value = end < 1 || checkDnsSubdomain(name).length > 0 ? undefined : read(text.slice(end + 1));
  if (value === undefined) throw new UsageError(`Cannot use ${flag} ${text}`, example);
  return [name, value];
}

/** `cpu:4,memory:8Gi`; undefined where a part is no pair, or a resource is written twice. */
function readQuota(text: string): Readonly<Record<string, string>> | undefined {
  const parts = text.split(',');
  const quota: Record<string, string> = {};
  for (const part of parts) {
    const [, resource, quantity] = /^([^:]+):([^:]+)$/.exec(part) ?? [];
    if (resource !== undefined && quantity !== undefined) quota[resource] = quantity;
  }
  return Object.keys(quota).length === parts.length ? quota : undefined;
}

function readNumber(text: string): number | undefined {
  return /^-?\d+$/.test(text) ? Number(text) : undefined;
}

function refuseRepeats(flag: string, names: readonly string[]): void {
  const twice = names.find((name, position) => names.indexOf(name) !== position);
  if (twice !== undefined) throw new UsageError(`Cannot use ${flag} ${twice} twice`, 'write everything about it once');
}
