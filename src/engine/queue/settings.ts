import { type ParsedQuantity, tryParseQuantity } from '../../api/quantity';

/** How much of each resource there is, in billionths. */
export type Amounts = ReadonlyMap<string, bigint>;

/** The queues of a world with Kueue: each is a LocalQueue of every namespace, and the ClusterQueue behind it. */
export interface QueueSettings {
  /** What the Jobs of a queue may ask for together, by the name of the queue. */
  readonly quotas: ReadonlyMap<string, Amounts>;
  /** The value of each WorkloadPriorityClass. */
  readonly priorities: ReadonlyMap<string, number>;
}

/** Queues as users write them. */
export interface QueueOptions {
  /** By the name of the queue, how much of each resource its Jobs may ask for together: `{ team: { cpu: '4', memory: '8Gi' } }`. */
  readonly queues?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The value of each WorkloadPriorityClass: Jobs of higher ones go first. Default: there are none. */
  readonly queuePriorities?: Readonly<Record<string, number>>;
}

/** A world without Kueue. */
export const noQueues: QueueSettings = { quotas: new Map(), priorities: new Map() };

/** What is wrong with queues that a user wrote, one clause each: `queue team: cpu "four" is no quantity`. */
export function faultsOfQueues({ queues = {}, queuePriorities = {} }: QueueOptions): readonly string[] {
  const ofQueue = ([name, quota]: [string, Readonly<Record<string, string>>]): readonly string[] => {
    const entries = Object.entries(quota);
    if (entries.length === 0) return [`queue ${name}: names no resource, as in cpu:4`];
    return entries.filter(([, text]) => typeof text !== 'string' || !isAmount(tryParseQuantity(text)))
      .map(([resource, text]) => `queue ${name}: ${resource} "${text}" is no quantity, as in 4, 500m or 8Gi`);
  };
  const wrong = Object.entries(queuePriorities).filter(([, value]) => !Number.isInteger(value));
  return [...Object.entries(queues).flatMap(ofQueue), ...wrong.map(([name, value]) => `queue priority ${name}: ${value} is no whole number`)];
}

/** Queues as the engine reads them; they must have no faults. */
export function settingsOfQueues({ queues = {}, queuePriorities = {} }: QueueOptions): QueueSettings {
  const amountsOf = (quota: Readonly<Record<string, string>>): Amounts =>
    new Map(Object.entries(quota).map(([resource, text]) => [resource, tryParseQuantity(text)?.nano ?? 0n]));
  return {
    quotas: new Map(Object.entries(queues).map(([name, quota]) => [name, amountsOf(quota)])),
    priorities: new Map(Object.entries(queuePriorities)),
  };
}

function isAmount(quantity: ParsedQuantity | undefined): boolean {
  return quantity !== undefined && quantity.nano >= 0n;
}
