import { JobsError } from '../../core/errors';
import { statusOfError } from '../exit-status';
import type { Output } from '../terminal/output';

/**
 * Does something to each of several Jobs; one for which it cannot be done keeps no other from its turn.
 *
 * @param act does it to one, and returns the line that says so.
 * @returns the exit status: 0, or that of the first error.
 * @throws {JobsError} when the cluster cannot be asked: the others could not be either.
 */
export async function forEachJob(names: readonly string[], output: Output, act: (name: string) => Promise<string>): Promise<number> {
  let status = 0;
  for (const name of names) {
    try {
      output.line(await act(name));
    } catch (error) {
      if (!isOfOneJob(error)) throw error;
      output.error(error.message, error.hint);
      if (status === 0) status = statusOfError(error, 'run');
    }
  }
  return status;
}

/** Whether an error says something of one Job, and nothing of the next. */
export function isOfOneJob(error: unknown): error is JobsError {
  return JobsError.is(error) && ['USAGE', 'NOT_FOUND', 'INVALID', 'CONFLICT'].includes(error.code);
}
