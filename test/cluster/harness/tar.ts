/** An entry of a tar archive: a folder, a file with its bytes, or a symbolic link. */
export type TarEntry =
  | { readonly path: string; readonly mode?: number; readonly type: 'folder' }
  | { readonly path: string; readonly mode?: number; readonly type: 'file'; readonly bytes: Buffer }
  | { readonly path: string; readonly type: 'link'; readonly target: string };

const block = 512;
const typeFlags = { folder: '5', file: '0', link: '2' } as const;

/**
 * Writes a tar archive (ustar) whose entries belong to root and are dated 1970, so that the same entries give the same bytes.
 *
 * @throws {RangeError} when a path or a link's target is longer than 100 bytes
 */
export function tar(entries: readonly TarEntry[]): Buffer {
  const blocks = entries.flatMap((entry) => (entry.type === 'file' ? [header(entry), padded(entry.bytes)] : [header(entry)]));
  return Buffer.concat([...blocks, Buffer.alloc(2 * block)]);
}

function header(entry: TarEntry): Buffer {
  const bytes = Buffer.alloc(block);
  const size = entry.type === 'file' ? entry.bytes.length : 0;
  const mode = entry.type === 'link' ? 0o777 : (entry.mode ?? 0o755);
  text(bytes, 0, 100, entry.path);
  octal(bytes, 100, 8, mode);
  octal(bytes, 108, 8, 0);
  octal(bytes, 116, 8, 0);
  octal(bytes, 124, 12, size);
  octal(bytes, 136, 12, 0);
  bytes.fill(' ', 148, 156);
  text(bytes, 156, 1, typeFlags[entry.type]);
  text(bytes, 157, 100, entry.type === 'link' ? entry.target : '');
  text(bytes, 257, 8, 'ustar\x0000');
  // The checksum is taken with blanks in its own place.
  octal(bytes, 148, 7, bytes.reduce((sum, byte) => sum + byte, 0));
  return bytes;
}

function text(bytes: Buffer, offset: number, length: number, value: string): void {
  if (Buffer.byteLength(value) > length) throw new RangeError(`Cannot write "${value}" into a tar archive: longer than ${length} bytes`);
  bytes.write(value, offset, 'utf8');
}

function octal(bytes: Buffer, offset: number, length: number, value: number): void {
  bytes.write(`${value.toString(8).padStart(length - 1, '0')}\0`, offset, 'latin1');
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((block - (bytes.length % block)) % block)]);
}
