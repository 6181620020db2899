import { type Decoded } from './decoded';
import { type Container, type PodSpec } from './kubernetes';
import { tryParseQuantity } from './quantity';

type Sums = Map<string, bigint>;

type Resources = Readonly<Record<string, string | number>> | undefined;

/**
 * What the containers of a pod request together, in billionths: the main containers and sidecars at once, or what an init container needs,
 * whichever is more.
 *
 * @source staging/src/k8s.io/component-helpers/resource/helpers.go AggregateContainerRequests (v1.37)
 */
export function sumOfContainerRequests(pod: Decoded<PodSpec>): ReadonlyMap<string, bigint> {
  return sumOf(pod, ({ resources }) => resources?.requests);
}

/** The same for limits. */
export function sumOfContainerLimits(pod: Decoded<PodSpec>): ReadonlyMap<string, bigint> {
  return sumOf(pod, ({ resources }) => resources?.limits);
}

/** What a queue of Kueue counts of a pod: the requests, limits where nothing is requested, and the overhead. */
export function sumOfQueuedRequests(pod: Decoded<PodSpec>): ReadonlyMap<string, bigint> {
  const sums = new Map(sumOf(pod, ({ resources }) => ({ ...resources?.limits, ...resources?.requests })));
  for (const [name, amount] of amountsOf(pod.resources?.requests)) sums.set(name, amount);
  add(sums, amountsOf(pod.overhead));
  return sums;
}

function sumOf(
  { containers = [], initContainers = [] }: Decoded<PodSpec>, resourcesOf: (container: Decoded<Container>) => Resources,
): ReadonlyMap<string, bigint> {
  const sums: Sums = new Map();
  const sidecars: Sums = new Map();
  const peak: Sums = new Map();
  for (const container of containers) add(sums, amountsOf(resourcesOf(container)));
  for (const container of initContainers) {
    const amounts = amountsOf(resourcesOf(container));
    if (container.restartPolicy === 'Always') {
      add(sums, amounts);
      add(sidecars, amounts);
      raise(peak, sidecars);
    } else {
      add(amounts, sidecars);
      raise(peak, amounts);
    }
  }
  raise(sums, peak);
  return sums;
}

function amountsOf(resources: Resources): Sums {
  return new Map(Object.entries(resources ?? {}).map(([name, text]) => [name, tryParseQuantity(text)?.nano ?? 0n]));
}

function add(sums: Sums, amounts: Sums): void {
  for (const [name, amount] of amounts) sums.set(name, (sums.get(name) ?? 0n) + amount);
}

function raise(sums: Sums, amounts: Sums): void {
  for (const [name, amount] of amounts) if (amount > (sums.get(name) ?? 0n) || !sums.has(name)) sums.set(name, amount);
}
