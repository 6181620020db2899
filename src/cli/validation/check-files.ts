import { availableParallelism } from 'node:os';
import { checkEach, type CheckedFile, type CheckSettings, type JudgingOf } from './check-file';
import { checkInThreads } from './check-in-threads';
import { FileOnDisk, type ManifestFile } from '../input/manifest-file';

/** With fewer files for each, a thread takes longer to start than it saves. */
const fewestFiles = 2500;

/**
 * Checks each file by itself: those that were not read yet in several threads, where that pays.
 *
 * @param judgingOf for files that were read: what was found in one thread cannot be asked for in another one.
 * @returns what was found, in the order of the files.
 */
export async function checkFiles(
  files: readonly ManifestFile[], settings: CheckSettings, judgingOf?: JudgingOf,
): Promise<readonly CheckedFile[]> {
  const later = files.filter((file) => file instanceof FileOnDisk);
  const threads = threadsFor(later.length, availableParallelism());
  if (threads < 2) return checkEach(files, settings, judgingOf);
  const elsewhere = (await checkInThreads(later, settings, threads)).values();
  const here = checkEach(files.filter((file) => !(file instanceof FileOnDisk)), settings, judgingOf).values();
  return files.flatMap((file) => (file instanceof FileOnDisk ? elsewhere : here).next().value ?? []);
}

/** In how many threads it pays to check so many files. */
export function threadsFor(files: number, processors: number): number {
  return Math.max(1, Math.min(processors, Math.floor(files / fewestFiles)));
}
