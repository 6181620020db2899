import { lstatSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Writes a file whole or not at all: beside its place, and then renamed.
 *
 * Through what is no regular file (a link, a pipe, a device) it writes as cdk8s does. Errors are those of the file system.
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats !== undefined && !stats.isFile()) {
    writeFileSync(path, content);
    return;
  }
  const beside = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(beside, content, stats === undefined ? {} : { mode: stats.mode });
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
