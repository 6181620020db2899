import type { Amounts } from './settings';
import { formatQuantity } from '../../api/quantity';

/** The pods of a Job as its queue sees them. */
export interface Demand {
  /** What each pod asks for. */
  readonly perPod: Amounts;
  /** How many run at once. */
  readonly count: number;
  /** With how few the Job is content; absent where it wants all. */
  readonly minCount?: number;
}

/** What a queue answers: with how many pods at once the Job may run, or what is short, in Kueue's words. */
type Decision = { readonly count: number } | { readonly shortage: string };

/** The one flavor of every queue. */
export const flavor = 'default';

/**
 * Whether there is room for a Job beside what is admitted: for all its pods, or for as many as fit, if it is content with them.
 *
 * @source kueue pkg/scheduler/flavorassigner/flavorassigner.go fitsResourceQuota, podset_reducer.go Search (kueue v0.17)
 */
export function decide({ perPod, count, minCount = count }: Demand, quota: Amounts, used: Amounts): Decision {
  const most = mostPods(perPod, quota, used);
  if (most >= count) return { count };
  if (most >= minCount) return { count: most };
  return { shortage: `couldn't assign flavors to pod set main: ${shortages(perPod, count, quota, used).join(', ')}` };
}

/** What so many pods ask for, added to what is used. */
export function withUse(used: Amounts, perPod: Amounts, count: number): Amounts {
  const sums = new Map(used);
  for (const [resource, amount] of perPod) sums.set(resource, (sums.get(resource) ?? 0n) + amount * BigInt(count));
  return sums;
}

function mostPods(perPod: Amounts, quota: Amounts, used: Amounts): number {
  let most = Infinity;
  for (const [resource, amount] of perPod) {
    if (amount <= 0n) continue;
    const free = (quota.get(resource) ?? 0n) - (used.get(resource) ?? 0n);
    most = Math.min(most, free < 0n ? 0 : Number(free / amount));
  }
  return most;
}

function shortages(perPod: Amounts, count: number, quota: Amounts, used: Amounts): readonly string[] {
  const asked = [...withUse(new Map(), perPod, count)].filter(([, amount]) => amount > 0n);
  const unknown = asked.map(([resource]) => resource).sort().find((resource) => !quota.has(resource));
  if (unknown !== undefined) return [`resource ${unknown} unavailable in ClusterQueue`];
  return asked.flatMap(([resource, amount]) => {
    const most = quota.get(resource) ?? 0n;
    const missing = amount + (used.get(resource) ?? 0n) - most;
    if (missing <= 0n) return [];
    const text = (nano: bigint): string => formatAmount(resource, nano);
    return [amount > most
      ? `insufficient quota for ${resource} in flavor ${flavor}, previously considered podsets requests (0) + current podset request (${text(amount)}) > maximum capacity (${text(most)})`
      : `insufficient unused quota for ${resource} in flavor ${flavor}, ${text(missing)} more needed`];
  }).sort();
}

/** @source kueue pkg/resources/amount.go ResourceQuantityString (kueue v0.17) */
function formatAmount(resource: string, nano: bigint): string {
  const isBinary = resource === 'memory' || resource === 'ephemeral-storage' || resource.startsWith('hugepages-');
  return formatQuantity({ nano, format: isBinary ? 'binary' : 'decimal' });
}
