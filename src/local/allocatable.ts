import { statfsSync } from 'node:fs';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import type { Allocatable } from '../api/resource-field';

/**
 * What this machine has, as a node would say: its processors, its memory, and the disk of its temporary folder. A kubelet would keep some
 * of it back.
 */
export function machineAllocatable(): Allocatable {
  return { 'cpu': String(availableParallelism()), 'memory': String(totalmem()), 'ephemeral-storage': String(diskSize(tmpdir())) };
}

/** Bytes; 0 where the folder is not there, or the system does not tell. */
function diskSize(folder: string): number {
  try {
    const { blocks, bsize } = statfsSync(folder);
    return blocks * bsize;
  } catch {
    return 0;
  }
}
