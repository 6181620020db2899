/** The matchers for tests that import `expect` from `@jest/globals`. */
// eslint-disable-next-line no-restricted-imports -- whoever imports this file has jest
import { expect } from '@jest/globals';
import { allMatchers, type JobMatchers } from './matchers';

declare module 'expect' {
  /** Matchers for traces of `simulate`; a failing one prints the timeline. */
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars -- jest's own parameters
  interface Matchers<R extends void | Promise<void>, T = unknown> extends JobMatchers<R> {}
}

expect.extend(allMatchers);
