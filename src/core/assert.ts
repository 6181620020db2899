import { InternalError } from './errors';

/**
 * The default branch of a `switch` over a union that has been dealt with completely.
 *
 * @throws {InternalError} always: the value is of no type that the compiler knew.
 */
export function unreachable(value: never): never {
  throw new InternalError(`Unexpected value ${JSON.stringify(value)}`);
}

/**
 * States what must hold; the message says what does not.
 *
 * @throws {InternalError} when the condition is false.
 */
export function invariant(condition: unknown, message: string): asserts condition {
  if (condition === false || condition === null || condition === undefined) throw new InternalError(message);
}
