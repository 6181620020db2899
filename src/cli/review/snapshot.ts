import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, posix, resolve, sep } from 'node:path';
import type { Repository } from './git';
import { isWithin, readContents, targetOf, type TreeFile } from './tree';
import { Watchdog } from '../../local/watchdog';
import { isAppFile } from '../app/app-file';
import { makeTemporaryFolder } from '../app/temporary-folder';
import type { CliContext } from '../command';
import { manifestExtensions } from '../input/find-manifests';
import { catchInterrupts, InterruptedError, type Interrupts } from '../run/interrupts';

/** The files of one state of a repository, outside of the user's tree. */
interface Snapshot {
  /** What stands for the current folder. */
  readonly cwd: string;
  /** Links out of the repository, which are left out. */
  readonly leftOut: readonly string[];
}

/** What a snapshot is made from. */
interface SnapshotRequest {
  readonly repository: Repository;
  readonly files: readonly TreeFile[];
  /** The paths in the repository that will be read. */
  readonly paths: readonly string[];
}

/**
 * Writes the files below some paths into a temporary folder, calls `use`, and removes the folder again: after an error and a signal too,
 * and by another process when this one was killed.
 *
 * Only manifests are written, unless there is an app to be run: it may read any file, and finds the user's installed packages.
 */
export async function withSnapshot<Result>(
  request: SnapshotRequest, context: CliContext, use: (snapshot: Snapshot) => Promise<Result>,
): Promise<Result> {
  const { repository: { prefix } } = request;
  const folder = makeTemporaryFolder('cdk8s-jobs-', context.env);
  const watchdog = new Watchdog(`CDK8S_JOBS_REVIEW=${basename(folder)}`, folder);
  watchdog.start();
  const interrupts = catchInterrupts(() => undefined);
  const cwd = join(folder, prefix);
  try {
    const leftOut = await unpack(request, folder, context.cwd);
    mkdirSync(cwd, { recursive: true });
    const result = await use({ cwd, leftOut });
    refuseInterrupted(interrupts);
    return result;
  } catch (error) {
    // What the signal ended has failed in its own words.
    refuseInterrupted(interrupts);
    throw error;
  } finally {
    interrupts.release();
    rmSync(folder, { recursive: true, force: true });
    watchdog.dismiss();
  }
}

function refuseInterrupted({ status }: Interrupts): void {
  const code = status();
  if (code !== undefined) throw new InterruptedError(code);
}

async function unpack({ repository, files, paths }: SnapshotRequest, folder: string, cwd: string): Promise<string[]> {
  const links = files.filter(({ kind }) => kind === 'link');
  const contents = await readContents(repository, links);
  const targets = new Map(links.map((link, position) => [link, targetOf(link, contents[position] ?? Buffer.alloc(0))]));
  const needsAll = paths.some((path) => isApp(path, files));
  const wanted = needsAll ? [''] : followLinks(paths, targets);
  const isWanted = ({ path, kind }: TreeFile): boolean => {
    return wanted.some((place) => isWithin(path, place)) && (needsAll || kind === 'link' || manifestExtensions.includes(extname(path)));
  };
  const chosen = files.filter((file) => file.kind === 'file' && isWanted(file) && isInside(folder, file.path));
  const bytes = await readContents(repository, chosen);
  for (const [position, { path }] of chosen.entries()) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes[position] ?? '');
  }
  // Last, so that no file is written through a link.
  const chosenLinks = links.filter((link) => isWanted(link) && isInside(folder, link.path));
  for (const link of chosenLinks) {
    const target = targets.get(link);
    if (target === undefined || existsSync(join(folder, link.path))) continue;
    mkdirSync(dirname(join(folder, link.path)), { recursive: true });
    symlinkSync(posix.relative(posix.dirname(link.path), target) || '.', join(folder, link.path));
  }
  if (needsAll) linkPackages(folder, files, resolve(cwd, posix.relative(repository.prefix, '.') || '.'));
  return chosenLinks.filter((link) => targets.get(link) === undefined).map(({ path }) => path);
}

/** Whether a path is an app, or a folder of one. */
function isApp(path: string, files: readonly TreeFile[]): boolean {
  const project = posix.join(path, 'cdk8s.yaml');
  return isAppFile(path) || basename(path) === 'cdk8s.yaml' || files.some((file) => file.path === project);
}

/** The paths, and all that links at them, below them and on the way to them lead to. */
function followLinks(paths: readonly string[], targets: ReadonlyMap<TreeFile, string | undefined>): string[] {
  const wanted = new Set(paths);
  // What is added while the set is walked is walked too.
  for (const path of wanted) {
    for (const [{ path: link }, target] of targets) {
      if (target === undefined) continue;
      if (isWithin(link, path)) wanted.add(target);
      else if (isWithin(path, link)) wanted.add(posix.join(target, posix.relative(link, path)));
    }
    if (wanted.size > longestWay) break;
  }
  return [...wanted];
}

/** Links that lead into themselves make ever longer paths. */
const longestWay = 1000;

function isInside(folder: string, path: string): boolean {
  return resolve(folder, path).startsWith(`${resolve(folder)}${sep}`);
}

/** Lets what is unpacked find the packages that are installed in the working tree, in the same folders. */
function linkPackages(folder: string, files: readonly TreeFile[], top: string): void {
  const packages = files.filter(({ path }) => posix.basename(path) === 'package.json').map(({ path }) => posix.dirname(path));
  for (const place of new Set(['.', ...packages])) {
    const installed = place === '.' ? nearestPackages(top) : join(top, place, 'node_modules');
    const link = join(folder, place, 'node_modules');
    if (installed !== undefined && existsSync(installed) && !existsSync(link)) symlinkSync(installed, link, 'junction');
  }
}

/** What Node would find from a folder. */
function nearestPackages(folder: string): string | undefined {
  const installed = join(folder, 'node_modules');
  if (existsSync(installed)) return installed;
  return dirname(folder) === folder ? undefined : nearestPackages(dirname(folder));
}
