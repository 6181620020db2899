import { readFileSync } from 'node:fs';
import { UsageError } from '../../core/errors';
import { describeFileError } from '../../core/file-error';
import { type ManifestStream, readManifestStream } from '../../yaml/read-manifests';

/** A text with manifests, read. */
export interface ManifestFile {
  /** The name to show: the path as the user would write it, `stdin`, or the app with the file it wrote. */
  readonly name: string;
  /** The path of the file on disk; undefined for stdin and for what an app wrote. */
  readonly path?: string;
  readonly stream: ManifestStream;
}

/** A file with manifests that is read whenever it is asked for, and not kept. */
export class FileOnDisk implements ManifestFile {
  /** @param name the name to show. */
  public constructor(public readonly name: string, public readonly path: string) {}

  /** What stands in it now. @throws {UsageError} when it cannot be read. */
  public get stream(): ManifestStream {
    try {
      return readManifestStream(readFileSync(this.path));
    } catch (error) {
      return cannotRead(this.name, error);
    }
  }
}

/** @throws {UsageError} that says why a file cannot be read. */
export function cannotRead(name: string, error: unknown): never {
  throw new UsageError(`Cannot read ${name}: ${describeFileError(error)}`);
}
