/** The matchers for vitest 3.2 and newer, which only ES modules can import. */
import { expect } from 'vitest';
import { allMatchers, type JobMatchers } from './matchers.js';

declare module 'vitest' {
  /** Matchers for traces of `simulate`; a failing one prints the timeline. */
  interface Matchers<T = any> extends JobMatchers<T> {}
}

expect.extend(allMatchers);
