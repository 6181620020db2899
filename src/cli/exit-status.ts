import type { CommandGroup } from './command';
import { OutOfTimeError } from './run/interrupts';
import { InvalidInputError, JobsError } from '../core/errors';

/** Exit statuses that are not a Job's; docs/exit-codes.md says when each is given. */
export const statuses = {
  /** Manifests were read, and are refused. */
  refused: 2,
  /** An error in this program, or a call that it cannot carry out. */
  error: 125,
  /** What was named does not exist in the cluster. */
  gone: 127,
} as const;

/**
 * The exit status of an error.
 *
 * A container may itself end with 2: commands that run something end with 125 for manifests that they refuse.
 */
export function statusOfError(error: unknown, group: CommandGroup | undefined): number {
  if (error instanceof OutOfTimeError) return error.status;
  if (error instanceof InvalidInputError && group !== 'run') return statuses.refused;
  return JobsError.is(error) && error.code === 'NOT_FOUND' ? statuses.gone : statuses.error;
}
