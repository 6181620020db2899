import type { Container, Quantity, ResourceFieldSelector } from './kubernetes';
import type { Pod } from './pod-manifest';
import { type ParsedQuantity, tryParseQuantity } from './quantity';

const nanoPerOne = 10n ** 9n;
const nanoPerMilli = 10n ** 6n;

/** What a node has for pods, as quantities. */
export type Allocatable = Readonly<Record<DefaultedResource, Quantity>>;

/** A resource whose limit is what the node has, where nobody sets one. */
type DefaultedResource = 'cpu' | 'memory' | 'ephemeral-storage';

/**
 * What a `resourceFieldRef` stands for: the limit or request divided by the divisor and rounded up.
 *
 * A limit that the container does not set, or sets to 0, is that of the pod, and else all that the node has; a request that is not set
 * is 0. CPU is counted in thousandths and everything else in ones, divisor and amount alike. The divisor is 1 where it is missing or 0, as
 * the API server writes it.
 *
 * @source pkg/api/v1/resource/helpers.go ExtractContainerResourceValue,
 * pkg/kubelet/kubelet_resources.go defaultPodLimitsForDownwardAPI (v1.37)
 */
export function resourceFieldValue(
  pod: Pod, own: Container, { containerName = '', resource, divisor = '0' }: Partial<ResourceFieldSelector>, node: Allocatable,
): string {
  const { containers = [], initContainers = [] } = pod.spec ?? {};
  const container = containerName === '' ? own : [...containers, ...initContainers].find(({ name }) => name === containerName);
  const [list = '', ...name] = (resource ?? '').split('.');
  const word = name.join('.');
  const { limits, requests } = container?.resources ?? {};
  const written = tryParseQuantity((list === 'limits' ? limits : requests)?.[word] ?? 0);
  // Of other containers, the kubelet fills in the limits of the regular ones alone.
  const isFilledIn = list === 'limits' && (containerName === '' || containers.includes(container as Container));
  const amount = written?.nano === 0n && isFilledIn ? defaultLimit(pod, word, node) : written;
  if (amount === undefined) return '0';
  const unit = word === 'cpu' ? nanoPerMilli : nanoPerOne;
  const parsed = tryParseQuantity(divisor);
  const by = parsed === undefined || parsed.nano <= 0n ? nanoPerOne : parsed.nano;
  return String(divideUp(unitsOf(amount, unit), unitsOf({ ...amount, nano: by }, unit)));
}

function defaultLimit(pod: Pod, resource: string, node: Allocatable): ParsedQuantity | undefined {
  if (!Object.hasOwn(node, resource)) return undefined;
  const all = tryParseQuantity(node[resource as DefaultedResource]);
  // A pod as a whole has no limit of storage.
  const ofPod = resource === 'ephemeral-storage' ? undefined : tryParseQuantity(pod.spec?.resources?.limits?.[resource] ?? 0);
  return ofPod === undefined || ofPod.nano === 0n ? all : ofPod;
}

function unitsOf({ nano }: ParsedQuantity, unit: bigint): bigint {
  return divideUp(nano, unit);
}

function divideUp(amount: bigint, by: bigint): bigint {
  return (amount + by - 1n) / by;
}
