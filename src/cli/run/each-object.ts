import { JobsError } from '../../core/errors';
import { statusOfError } from '../exit-status';
import type { Output } from '../terminal/output';

/**
 * Does something to each of several objects; one for which it fails does not keep the others from their turn.
 *
 * @param act does it to one, and returns the line that says so.
 * @returns the exit status: 0, or that of the first error.
 * @throws {JobsError} when the cluster cannot be asked: the others could not be either.
 */
export async function forEachObject<Item>(items: readonly Item[], output: Output, act: (item: Item) => Promise<string>): Promise<number> {
  let status = 0;
  for (const item of items) {
    try {
      output.line(await act(item));
    } catch (error) {
      if (!isOfOneObject(error)) throw error;
      output.error(error.message, error.hint);
      if (status === 0) status = statusOfError(error, 'run');
    }
  }
  return status;
}

/** Whether an error says something of one object, and nothing of the next. */
export function isOfOneObject(error: unknown): error is JobsError {
  return JobsError.is(error) && ['USAGE', 'NOT_FOUND', 'INVALID', 'CONFLICT'].includes(error.code);
}
