/** What the usual codes of file system errors mean, as the end of a sentence. */
const texts: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EEXIST: 'something is there already',
  EISDIR: 'it is a folder',
  ELOOP: 'its symbolic links go in a circle',
  EMFILE: 'this process has too many files open',
  ENAMETOOLONG: 'its name is too long',
  ENOENT: 'there is no such file or folder',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is no folder',
  ENXIO: 'there is nothing behind it',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ETXTBSY: 'it is a program that runs',
};

/** Why a file cannot be read or written, as the end of a sentence: `it is a folder`. An error of another kind keeps its message. */
export function describeFileError(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return texts[code] ?? (error instanceof Error ? error.message : String(error));
}
