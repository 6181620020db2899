import type { Quantity, ResourceRequirements } from '../kubernetes';

/**
 * An amount: a number, or a text as `'500m'`, `'1.5'`, `'64Mi'`, `'1e3'`.
 *
 * Suffixes: `m` thousandths; `k M G T P E` powers of 1000; `Ki Mi Gi Ti Pi Ei` powers of 1024. There is no `B`, and `m` on memory means
 * thousandths of a byte. A computed text has this type when it is written as a template: `${megabytes}Mi`.
 */
export type QuantityProps = number | Quantity;

/** Amounts by resource: `cpu`, `memory`, `ephemeral-storage`, `hugepages-2Mi`, or what a device plugin offers, as `nvidia.com/gpu`. */
export type ResourceAmounts = Readonly<Record<string, QuantityProps>>;

/** What a container, or a pod, needs and may use. */
export interface ResourceProps extends Omit<ResourceRequirements, 'limits' | 'requests'> {
  /** What it may use at most: above `cpu` it is slowed down, above `memory` it is ended. */
  readonly limits?: ResourceAmounts;
  /** What is set aside for it when a node is chosen. @default - the limits */
  readonly requests?: ResourceAmounts;
}
