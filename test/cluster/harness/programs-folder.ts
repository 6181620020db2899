import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestCluster } from '../api';
import { clustersFolder } from './folders';
import { endCluster, ownerRecord } from './leftovers';

/** A folder whose programs are found by it, however the tests end. */
export interface ProgramsFolder {
  readonly path: string;
  /** Puts a link to a program into it and returns its path, so that the process shows whose it is. */
  link(name: string, program: string): string;
  /** Ends the programs and takes the folder away. */
  end(): void;
}

/** Makes a folder for the programs of a tool: in that of the cluster, with which it ends; for a user's cluster, one of its own. */
export function programsFolder({ folder }: TestCluster, tool: string): ProgramsFolder {
  const path = folder === undefined ? join(clustersFolder(), `${tool}-${process.pid}`) : join(folder, tool);
  if (existsSync(path)) endCluster(path);
  mkdirSync(join(path, 'bin'), { recursive: true });
  mkdirSync(join(path, 'logs'));
  writeFileSync(join(path, 'owner'), ownerRecord(process.pid));
  return {
    path,
    link(name, program) {
      const linked = join(path, 'bin', name);
      symlinkSync(program, linked);
      return linked;
    },
    end: () => endCluster(path),
  };
}
