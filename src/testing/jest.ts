/* eslint-disable @typescript-eslint/no-namespace -- the types of jest are a global namespace */
import { toComplete, toFail, toRetryIndex } from './matchers';

declare global {
  namespace jest {
    /** Matchers for traces of `simulate`; a failing one prints the timeline. */
    interface Matchers<R, T = {}> { // eslint-disable-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unused-vars
      /** The Job completed. */
      toComplete(): R;
      /** The Job failed, for the given reason if there is one. */
      toFail(reason?: string): R;
      /** The Job gave an index another pod, exactly `times` times if that is given. */
      toRetryIndex(index: number, times?: number): R;
    }
  }
}

/** What this file needs of jest. */
interface Expect {
  extend(matchers: Readonly<Record<string, unknown>>): void;
}

const { expect: expectOfJest } = globalThis as unknown as { readonly expect: Expect };
expectOfJest.extend({ toComplete, toFail, toRetryIndex });
