import type { Container, ResourceFieldSelector } from './kubernetes';
import type { Pod } from './pod-manifest';
import { type ParsedQuantity, tryParseQuantity } from './quantity';

const nanoPerOne = 10n ** 9n;
const nanoPerMilli = 10n ** 6n;

/**
 * What a `resourceFieldRef` stands for: the limit or request divided by the divisor and rounded up; 0 where the container sets none.
 *
 * CPU is counted in thousandths and everything else in ones, divisor and amount alike. The divisor is 1 where it is missing or 0, as the
 * API server writes it.
 *
 * @source pkg/api/v1/resource/helpers.go ExtractContainerResourceValue (v1.37)
 */
export function resourceFieldValue(
  pod: Pod, own: Container, { containerName = '', resource, divisor = '0' }: Partial<ResourceFieldSelector>,
): string {
  const { containers = [], initContainers = [] } = pod.spec ?? {};
  const container = containerName === '' ? own : [...containers, ...initContainers].find(({ name }) => name === containerName);
  const [list = '', ...name] = (resource ?? '').split('.');
  const quantities = list === 'limits' ? container?.resources?.limits : container?.resources?.requests;
  const amount = tryParseQuantity(quantities?.[name.join('.')] ?? 0);
  if (amount === undefined) return '0';
  const unit = name[0] === 'cpu' ? nanoPerMilli : nanoPerOne;
  const parsed = tryParseQuantity(divisor);
  const by = parsed === undefined || parsed.nano <= 0n ? nanoPerOne : parsed.nano;
  return String(divideUp(unitsOf(amount, unit), unitsOf({ ...amount, nano: by }, unit)));
}

function unitsOf({ nano }: ParsedQuantity, unit: bigint): bigint {
  return divideUp(nano, unit);
}

function divideUp(amount: bigint, by: bigint): bigint {
  return (amount + by - 1n) / by;
}
