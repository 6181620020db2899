import { formatQuantity, tryParseQuantity } from '../api/quantity';
import type { JsonObject } from '../core/json';

/** Sizes and Durations give their exact amount, even one that is not whole: the rules then refuse it, and say where it is. */
const unrounded = { rounding: 2, integral: false } as const;

/** The quantity that a Size of cdk8s or a Cpu of cdk8s-plus stands for, as the API server would write it; undefined for anything else. */
export function amountOf(object: JsonObject): string | undefined {
  const { toKibibytes, toMebibytes, amount } = object;
  if (typeof toKibibytes !== 'function' || typeof toMebibytes !== 'function') return typeof amount === 'string' ? amount : undefined;
  const text = `${toKibibytes.call(object, unrounded)}Ki`;
  const quantity = tryParseQuantity(text);
  return quantity === undefined ? text : formatQuantity(quantity);
}

/** The seconds that a Duration of cdk8s stands for; undefined for anything else. */
export function secondsOf(object: JsonObject): unknown {
  const { toSeconds, toMilliseconds } = object;
  return typeof toSeconds === 'function' && typeof toMilliseconds === 'function' ? toSeconds.call(object, unrounded) : undefined;
}
