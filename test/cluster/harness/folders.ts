import { createHash } from 'node:crypto';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder that keeps built programs between runs; it may be deleted at any time. */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cdk8s-jobs');
}

/** The folder whose sub-folders are clusters, one for each user of the machine; short, because socket paths are at most 107 characters. */
export function clustersFolder(): string {
  return join(tmpdir(), `cdk8s-jobs-clusters-${process.getuid?.() ?? 0}`);
}

/** The name of a cluster's bridge and pod network: at most 15 characters, made from the cluster's folder. */
export function bridgeName(folder: string): string {
  return `cj-${createHash('sha256').update(folder).digest('hex').slice(0, 8)}`;
}
