import type { ManifestFile } from './load-input';
import { UsageError } from '../core/errors';
import { readKubectlObjects } from '../yaml/kubectl-objects';

/** A Job or CronJob of a file. */
export interface SelectedManifest {
  readonly kind: 'Job' | 'CronJob';
  readonly name: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/**
 * The Jobs and CronJobs of some files, in their order; other kinds are left out.
 *
 * @throws {UsageError} for a text that cannot be read, and when there is neither a Job nor a CronJob.
 */
export function findJobs(files: readonly ManifestFile[]): SelectedManifest[] {
  const found: SelectedManifest[] = [];
  for (const { name, stream } of files) {
    const { error } = stream;
    if (error !== undefined) throw new UsageError(`Cannot read ${name}:${error.line}:${error.column}: ${error.message}`);
    for (const { value } of stream.documents.flatMap((document) => readKubectlObjects(document.value).objects)) {
      const selected = toSelected(value);
      if (selected !== undefined) found.push(selected);
    }
  }
  if (found.length > 0) return found;
  throw new UsageError(`Cannot find a Job or a CronJob in ${files.map(({ name }) => name).join(', ')}`);
}

/**
 * The one Job or CronJob that is meant.
 *
 * @throws {UsageError} when there are several and no name chooses, or when the name is of none.
 */
export function selectJob(files: readonly ManifestFile[], name: string | undefined): SelectedManifest {
  const jobs = findJobs(files);
  const matching = name === undefined ? jobs : jobs.filter((job) => job.name === name);
  const [first] = matching;
  const names = jobs.map((job) => job.name).join(', ');
  if (first === undefined) throw new UsageError(`Cannot find ${name ?? ''}: there are ${names}`);
  if (matching.length > 1) throw new UsageError('Cannot choose between several Jobs', `choose one with --name: ${names}`);
  return first;
}

function toSelected(value: unknown): SelectedManifest | undefined {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return undefined;
  const { kind } = value;
  if (kind !== 'Job' && kind !== 'CronJob') return undefined;
  const { metadata } = value as { readonly metadata?: { readonly name?: unknown; readonly generateName?: unknown } };
  const name = metadata?.name ?? metadata?.generateName;
  return { kind, name: typeof name === 'string' ? name : 'without a name', value: value as Readonly<Record<string, unknown>> };
}
