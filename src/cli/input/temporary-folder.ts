import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../core/errors';
import { describeFileError } from '../../core/file-error';
import type { CliContext } from '../command';

/** Makes a new folder where the system keeps what nobody needs for long. @throws {UsageError} when there is no place for it. */
export function makeTemporaryFolder(prefix: string, { TMPDIR = '' }: CliContext['env']): string {
  const place = TMPDIR === '' ? tmpdir() : TMPDIR;
  try {
    return mkdtempSync(join(place, prefix));
  } catch (error) {
    throw new UsageError(`Cannot make a folder in ${place}: ${describeFileError(error)}`, 'set TMPDIR to a folder that is there and can be written');
  }
}
