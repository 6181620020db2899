/* eslint-disable @typescript-eslint/no-namespace -- the types of jest are a global namespace */
import { allMatchers, type JobMatchers } from './matchers';
import { UsageError } from '../core/errors';

declare global {
  namespace jest {
    /** Matchers for traces of `simulate`; a failing one prints the timeline. */
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars -- jest's own parameters
    interface Matchers<R, T = {}> extends JobMatchers<R> {}
  }
}

/** What this file needs of jest. */
interface Expect {
  extend(added: Readonly<Record<string, unknown>>): void;
}

const { expect } = globalThis as unknown as { readonly expect?: Expect };
if (expect === undefined) {
  throw new UsageError(
    'Cannot add the matchers: there is no global expect',
    'import cdk8s-jobs/testing/jest-globals or cdk8s-jobs/testing/vitest, or name this file in setupFilesAfterEnv of jest',
  );
}
expect.extend(allMatchers);
