import { relative, resolve, sep } from 'node:path';
import { kindOf } from '../../api/kinds';
import { findPosition } from '../../yaml/positions';
import { isAppFile } from '../app/app-file';
import type { CliContext } from '../command';
import type { LocatedObject } from '../input/run-manifests';

/** Where a Job was written, for the page of a pull request. */
export interface JobPlace {
  /** Relative to the repository, with `/`. */
  readonly file: string;
  /** From 1; undefined for what an app wrote. */
  readonly line?: number;
}

/** The place of each Job, and CronJob, in the order of the manifests; undefined for one that no file holds. */
export function placesOfJobs(objects: readonly LocatedObject[], context: Pick<CliContext, 'cwd' | 'env'>): Array<JobPlace | undefined> {
  return objects.filter(({ object }) => kindOf(object) !== undefined).map((located) => placeOf(located, context));
}

function placeOf({ file, path, document, pathPrefix }: LocatedObject, { cwd, env }: Pick<CliContext, 'cwd' | 'env'>): JobPlace | undefined {
  const inRepository = (absolute: string): string => relative(env.GITHUB_WORKSPACE ?? cwd, absolute).replaceAll(sep, '/');
  if (path !== undefined) return { file: inRepository(path), line: findPosition(document, `${pathPrefix}metadata.name`).line };
  const app = file.slice(0, Math.max(0, file.lastIndexOf(':')));
  return isAppFile(app) ? { file: inRepository(resolve(cwd, app)) } : undefined;
}
