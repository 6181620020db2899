import type { Cause } from './cause';

/** What to do about a cause, in one or two sentences. */
export function hintFor(cause: Cause): string {
  return cause.detail;
}
