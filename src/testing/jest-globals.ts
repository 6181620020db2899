/** The matchers for tests that import `expect` from `@jest/globals`. */
import { expect } from '@jest/globals';
import { allMatchers, type JobMatchers } from './matchers';

declare module 'expect' {
  /** Matchers for traces of `simulate`; a failing one prints the timeline. */
  interface Matchers<R extends void | Promise<void>, T = unknown> extends JobMatchers<R> {} // eslint-disable-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars
}

expect.extend(allMatchers);
