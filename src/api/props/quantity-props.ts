import type { ResourceRequirementsRest } from '../kubernetes';
import type { PlusCpu, SizeObject } from './plus-props';
import type { Problem } from '../../core/messages';

/**
 * An amount: a number, a text as `'500m'`, `'1.5'`, `'64Mi'`, `'1e3'`, a Size of cdk8s or a Cpu of cdk8s-plus.
 *
 * Suffixes: `m` thousandths; `k M G T P E` powers of 1000; `Ki Mi Gi Ti Pi Ei` powers of 1024. There is no `B`, and `m` on memory means
 * thousandths of a byte. Literals are checked where a construct is made, and any text when the app is synthesized.
 */
export type QuantityProps = number | string | SizeObject | PlusCpu;

/** A literal that is an amount. Written as a union, which the compiler looks into once and not for every literal. */
type GoodQuantity = `${number}` | `${number}${'n' | 'u' | 'm' | 'k' | 'M' | 'G' | 'T' | 'P' | 'E' | 'Ki' | 'Mi' | 'Gi' | 'Ti' | 'Pi' | 'Ei'}`;

/**
 * Any text where all of `Text` are amounts (see job-props.ts), else each of them, or the sentence that says what is wrong with it. A text
 * that is computed, wholly or in part, passes.
 */
export type CheckedQuantity<Text extends string> = `${Text}` extends GoodQuantity ? string : DoubtfulQuantity<Text>;

/** The same of each text by itself, when not all of them are good. */
type DoubtfulQuantity<Text extends string> =
  Text extends GoodQuantity ? Text
    : {} extends Record<Text, unknown> ? Text
      : Problem<`'${Text}' is no quantity: write a number, and after it m, k, M, G, T, Ki, Mi, Gi, Ti or nothing, as '500m' or '64Mi'`>;

/** Amounts by resource: `cpu`, `memory`, `ephemeral-storage`, `hugepages-2Mi`, or what a device plugin offers, as `nvidia.com/gpu`. */
// The union is written out: one with a name would hide the sentence in error messages.
export interface ResourceAmounts<Amount = string> {
  readonly [resource: string]: number | Amount | SizeObject | PlusCpu;
}

/** What a container, or a pod, needs and may use. */
export interface ResourceProps<Amount = string> extends ResourceRequirementsRest {
  /** What it may use at most: above `cpu` it is slowed down, above `memory` it is ended. */
  readonly limits?: ResourceAmounts<Amount>;
  /** What is set aside for it when a node is chosen. @default - the limits */
  readonly requests?: ResourceAmounts<Amount>;
}
