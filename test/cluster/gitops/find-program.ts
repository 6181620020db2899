import { delimiter, join } from 'node:path';
import { canExecute } from '../harness/debian';
import { ClusterUnavailableError } from '../harness/errors';

/**
 * The path of a program of this machine.
 *
 * @throws {ClusterUnavailableError} when it is not there
 */
export function findProgram(name: string): string {
  const found = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)).find(canExecute);
  if (found === undefined) throw new ClusterUnavailableError(`Cannot start Argo CD: there is no ${name} on this machine`);
  return found;
}
