import type { ManifestFile } from './manifest-file';
import { namePlace } from './place-finding';
import { type KindName, kindMeantBy } from '../../api/kinds';
import { InvalidInputError, UsageError } from '../../core/errors';
import { identityOf } from '../../rules/same-name';
import { type KubectlObject, readKubectlObjects } from '../../yaml/kubectl-objects';
import { findPosition } from '../../yaml/positions';
import type { ManifestDocument } from '../../yaml/read-manifests';

/** A Job or CronJob of a file, and where it stands. */
interface SelectedManifest {
  readonly kind: KindName;
  readonly name: string;
  readonly value: Readonly<Record<string, unknown>>;
  /** The name of the file to show. */
  readonly file: string;
  readonly document: ManifestDocument;
  /** What stands before the object's fields in the document: `items[2].` for one of a list. */
  readonly pathPrefix: string;
}

/**
 * The Jobs and CronJobs of some files, in their order; other kinds are left out.
 *
 * @throws {InvalidInputError} for a text that cannot be read, and when there is neither a Job nor a CronJob; it then says what kubectl
 * refuses.
 */
function findJobs(files: readonly ManifestFile[]): SelectedManifest[] {
  const found: SelectedManifest[] = [];
  const refused: string[] = [];
  for (const { name: file, stream: { documents, error, hint: whatToDo } } of files) {
    if (error !== undefined) throw new InvalidInputError(`Cannot read ${file}:${error.line}:${error.column}: ${error.message}`, whatToDo);
    for (const document of documents) {
      const { objects, refusals } = readKubectlObjects(document.value);
      for (const { value, pathPrefix } of objects) found.push(...toSelected(value, { file, document, pathPrefix }));
      for (const { field, message, hint } of refusals) {
        const { line, column } = findPosition(document, field);
        refused.push(`${file}:${line}:${column}: ${field === '' ? '' : `${field}: `}${message}${hint === undefined ? '' : ` (${hint})`}`);
      }
    }
  }
  if (found.length > 0) return found;
  const names = files.map(({ name }) => name).join(', ');
  throw new InvalidInputError([`Cannot find a Job or a CronJob of batch in ${names}${refused.length === 0 ? '' : ':'}`, ...refused.map((line) => `  ${line}`)].join('\n'));
}

/**
 * The Jobs and CronJobs that are meant: all, or those of a name.
 *
 * @throws {UsageError} when none has the name. @throws {InvalidInputError} for two of one name, kind and namespace, and when there are
 * none.
 */
export function selectJobs(files: readonly ManifestFile[], name: string | undefined): readonly SelectedManifest[] {
  const jobs = findJobs(files);
  const matching = name === undefined ? jobs : jobs.filter((job) => job.name === name);
  if (matching.length === 0) throw new UsageError(`Cannot find ${name ?? ''}: there are ${jobs.map((job) => job.name).join(', ')}`);
  const seen = new Map<string, SelectedManifest>();
  for (const job of matching) {
    const identity = identityOf(job.value);
    const twin = identity === undefined ? undefined : seen.get(identity);
    if (twin !== undefined) throw new InvalidInputError(sameNames([twin, job]));
    if (identity !== undefined) seen.set(identity, job);
  }
  return matching;
}

/** Names the places of Jobs with the same name: no flag can choose between them. */
function sameNames(twins: readonly [SelectedManifest, SelectedManifest]): string {
  const [first, second] = twins.map(({ file, document, pathPrefix }) => namePlace(file, document, pathPrefix));
  const [{ kind, name }] = twins;
  return `Cannot simulate both: ${second}: ${kind} ${JSON.stringify(name)} is already defined at ${first}`;
}

function toSelected(value: KubectlObject['value'], place: Omit<SelectedManifest, 'kind' | 'name' | 'value'>): SelectedManifest[] {
  const kind = kindMeantBy(value)?.kind;
  if (kind === undefined) return [];
  const { metadata } = value as { readonly metadata?: { readonly name?: unknown; readonly generateName?: unknown } };
  const name = metadata?.name ?? metadata?.generateName;
  return [{ kind, name: typeof name === 'string' ? name : 'without a name', value, ...place }];
}
