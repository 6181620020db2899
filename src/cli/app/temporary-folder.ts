import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../core/errors';
import { describeFileError } from '../../core/file-error';
import type { CliContext } from '../command';

/** Makes a new folder among the temporary files of the system. @throws {UsageError} when it cannot be made. */
export function makeTemporaryFolder(prefix: string, { TMPDIR = '' }: CliContext['env']): string {
  const place = TMPDIR === '' ? tmpdir() : TMPDIR;
  try {
    return mkdtempSync(join(place, prefix));
  } catch (error) {
    throw new UsageError(`Cannot make a folder in ${place}: ${describeFileError(error)}`, 'set TMPDIR to a folder that exists and can be written to');
  }
}
