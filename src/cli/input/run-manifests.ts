import { given } from '../../core/given';
import type { CliContext } from '../command';
import { type Inputs, loadInputs, NoManifestError } from './load-input';
import type { ManifestFile } from './manifest-file';
import { findingOfRefusal, placedLine, placedLines } from './place-finding';
import { InvalidInputError } from '../../core/errors';
import type { KubernetesObject } from '../../port/cluster-port';
import { isMeantForBatch } from '../../rules/decode/batch-kind';
import { idsSilencedIn } from '../../rules/silence';
import { fateOf } from '../../rules/tell';
import { objectsAt, readKubectlObjects } from '../../yaml/kubectl-objects';
import type { ManifestDocument } from '../../yaml/read-manifests';
import { findReadingFaults } from '../../yaml/reading-findings';
import { countObject, describeRead, leftOutNote } from '../tables/read-summary';
import { decodesFirst } from '../tables/validation-report';

/** An object, and where it was written. */
export interface LocatedObject {
  readonly object: KubernetesObject;
  /** The name to show. */
  readonly file: string;
  /** The path of the file on disk; undefined for stdin and for what an app wrote. */
  readonly path?: string;
  readonly document: ManifestDocument;
  /** Which document of the file it is, from 1. */
  readonly position: number;
  /** What stands before the object's fields in the document: `items[2].` for one of a list. */
  readonly pathPrefix: string;
}

/**
 * All objects that the words of a command line name, as kubectl would send them. What kubectl silently drops from a text is a warning on
 * stderr.
 *
 * @throws {InvalidInputError} with file, line and document for what cannot be used: then nothing may be done.
 */
export async function loadObjects(words: readonly string[], context: CliContext): Promise<KubernetesObject[]> {
  return (await loadLocatedObjects(words, context)).map(({ object }) => object);
}

/**
 * Like `loadObjects`, with the places of the objects.
 *
 * @param timeout seconds that an app may take; default: some minutes.
 * @throws {InvalidInputError} as `loadObjects` does.
 */
export async function loadLocatedObjects(words: readonly string[], context: CliContext, timeout?: number): Promise<LocatedObject[]> {
  const objects: LocatedObject[] = [];
  const faults: string[] = [];
  const inputs = await loadInputs(words, context, { timeout });
  for (const file of inputs.files) {
    const { name, stream: { documents, error, hint } } = file;
    if (error !== undefined) {
      const { line, column, message } = error;
      const position = documents.length + 1;
      throw new InvalidInputError(`${name}:${line}:${column}: Cannot read ${position === 1 ? 'the document' : `document ${position}`}: ${message}`, hint);
    }
    for (const [position, document] of documents.entries()) {
      warnOfReading(name, position + 1, document, context);
      objects.push(...readDocument(file, position + 1, document, faults));
    }
  }
  if (faults.length > 0) throw new InvalidInputError(faults.join('\n'), decodesFirst);
  if (objects.length === 0) throw new NoManifestError(`There is no manifest in ${words.join(', ')}`, 'write a Job: apiVersion: batch/v1, kind: Job');
  tellWhatWasRead(inputs, objects, context);
  return objects;
}

/** Says what was read from folders, whose names do not tell what is in them. */
function tellWhatWasRead({ files, folders, leftOut }: Inputs, objects: readonly LocatedObject[], { output }: CliContext): void {
  for (const name of leftOut) output.talk(leftOutNote(name));
  if (folders.length === 0) return;
  const documents = files.reduce((sum, { stream }) => sum + stream.documents.length, 0);
  const counts = { files: files.length, documents, jobs: 0, cronJobs: 0, others: 0 };
  for (const { object } of objects) countObject(counts, object, isMeantForBatch(object));
  output.talk(`read ${folders.join(', ')}: ${describeRead(counts)}`);
}

function warnOfReading(file: string, position: number, document: ManifestDocument, { output }: CliContext): void {
  const findings = findReadingFaults(document);
  if (findings.length === 0) return;
  const reading = readKubectlObjects(document.value);
  for (const finding of findings) {
    if (fateOf(finding, {}, objectsAt(reading, finding.field).flatMap(idsSilencedIn)) !== 'told') continue;
    output.warn(placedLine(file, position, finding));
  }
}

function readDocument(
  { name: file, path: filePath }: ManifestFile, position: number, document: ManifestDocument, faults: string[],
): LocatedObject[] {
  const { objects, refusals } = readKubectlObjects(document.value);
  const whole = refusals.find(({ field }) => field === '');
  if (whole !== undefined) {
    throw new InvalidInputError(`${file}:${document.line}: document ${position} is not a Kubernetes object: ${whole.message}`, 'write apiVersion, kind and metadata');
  }
  faults.push(...placedLines(refusals.map(findingOfRefusal), { file, document, position }));
  const place = { file, ...given({ path: filePath }), document, position };
  return objects.map(({ value, pathPrefix }) => ({ ...place, object: value as KubernetesObject, pathPrefix }));
}
