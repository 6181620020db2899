import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { describeFileError } from '../../core/file-error';

/** The extensions of manifests. */
export const manifestExtensions: readonly string[] = ['.yaml', '.yml', '.json'];

/** A file below a folder, or something there that cannot be read. */
interface FoundManifest {
  /** Its path in the folder, with `/`. */
  readonly name: string;
  /** Its real path, where that needs no look: it is no link. */
  readonly place?: string;
  /** Why it cannot be read, as the end of a sentence. */
  readonly problem?: string;
}

/** What the help says of folders. */
export const folderHelp = 'Folders are read with their subfolders, all .yaml, .yml and .json files; hidden folders and node_modules are left out.';

/**
 * The manifests below a folder, in the order of their names. Links are followed, and a folder that several of them lead to is read once.
 *
 * Hidden folders and `node_modules` are left out: what is there was put there by programs.
 */
export function findManifests(folder: string, inside = '', seen = new Set<string>()): FoundManifest[] {
  const path = join(folder, inside);
  let entries: Dirent[];
  let real: string;
  try {
    real = realpathSync.native(path);
    if (seen.has(real)) return [];
    seen.add(real);
    entries = readdirSync(path, { withFileTypes: true });
  } catch (error) {
    return [{ name: inside, problem: describeFileError(error) }];
  }
  return entries.sort((one, other) => (one.name < other.name ? -1 : 1)).flatMap((entry) => {
    const name = inside === '' ? entry.name : `${inside}/${entry.name}`;
    const isManifest = manifestExtensions.includes(extname(entry.name));
    if (entry.isFile()) return isManifest ? [{ name, place: join(real, entry.name) }] : [];
    const found = look(join(folder, name));
    if (found === 'folder') return isLeftOut(entry.name) ? [] : findManifests(folder, name, seen);
    if (!isManifest) return [];
    return found === 'file' ? [{ name }] : [{ name, problem: found.problem }];
  });
}

function isLeftOut(name: string): boolean {
  return name === 'node_modules' || name.startsWith('.');
}

/** What a path leads to, all links followed. */
function look(path: string): 'folder' | 'file' | { readonly problem: string } {
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) return 'folder';
    return stats.isFile() ? 'file' : { problem: 'it is neither a file nor a folder: a pipe is read only when it is named' };
  } catch (error) {
    return { problem: describeFileError(error) };
  }
}
