import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { InvalidInputError, JobsError, UsageError } from '../../core/errors';
import { given } from '../../core/given';
import type { KubernetesObject } from '../../port/cluster-port';
import { readKubectlObjects } from '../../yaml/kubectl-objects';
import { isAppFile } from '../app/app-file';
import { AppSourceError } from '../app/syntax-error';
import type { CliContext } from '../command';
import { loadInput, NoManifestError } from '../input/load-input';
import type { ManifestFile } from '../input/manifest-file';
import { findingOfRefusal, placedLines } from '../input/place-finding';
import type { LocatedObject } from '../input/run-manifests';
import { OutOfTimeError } from '../run/interrupts';

/** One of the two states that are compared, and how it is read. */
export interface Side {
  /** As messages name it: `main`, `the working tree`. */
  readonly name: string;
  /** Where its paths begin. */
  readonly cwd: string;
  /** The folders, files and apps to be read, from there. */
  readonly words: readonly string[];
  /** Whether what is no manifest is passed over: an old state cannot be mended any more, and not every YAML file is a manifest. */
  readonly isLenient: boolean;
  /** Whether it is what the others are compared with. */
  readonly isBase: boolean;
}

/**
 * The objects of one state, with their places.
 *
 * @throws {InvalidInputError} for manifests that cannot be read, and for an app that fails, of the new state.
 * @throws {UsageError} for an app that fails in the old one.
 */
export async function readSide(side: Side, context: CliContext): Promise<LocatedObject[]> {
  const objects: LocatedObject[] = [];
  const passedOver: string[] = [];
  for (const word of side.words) {
    for (const file of await readFiles(word, side, context)) objects.push(...objectsOf(file, side, passedOver));
  }
  if (passedOver.length > 0) context.output.talk(`left out, since nobody can read them as manifests (${side.name}): ${shorten(passedOver)}`);
  return objects;
}

async function readFiles(word: string, side: Side, context: CliContext): Promise<readonly ManifestFile[]> {
  try {
    return await loadInput(word, { ...context, cwd: side.cwd });
  } catch (error) {
    // A folder may be empty on one side.
    if (error instanceof NoManifestError) return [];
    if (!side.isBase || !isApp(word, side.cwd) || !JobsError.is(error) || error instanceof OutOfTimeError) throw error;
    throw new UsageError(
      `Cannot compare with ${side.name}: ${word} cannot be synthesized there: ${reasonOf(error, word)}`,
      'choose a base where it can; or commit what it writes (dist) and compare that',
    );
  }
}

/** Whether a word names an app that was run. */
function isApp(word: string, cwd: string): boolean {
  return isAppFile(word) || basename(word) === 'cdk8s.yaml' || existsSync(join(cwd, word, 'cdk8s.yaml'));
}

/** Why an app failed, in one line. */
function reasonOf(error: JobsError, word: string): string {
  if (!(error instanceof AppSourceError)) return (error.message.split('\n')[0] ?? '').replace(`Cannot synthesize ${word}: `, '');
  const { file, line, column, text } = error.fault;
  return `${file}:${line}:${column}: ${text.split('\n')[0]}`;
}

function objectsOf(file: ManifestFile, { isLenient }: Side, passedOver: string[]): LocatedObject[] {
  const { name, path, stream: { documents, error, hint } } = file;
  if (error !== undefined) {
    if (!isLenient) {
      throw new InvalidInputError(`${name}:${error.line}:${error.column}: Cannot read document ${documents.length + 1}: ${error.message}`, hint);
    }
    passedOver.push(name);
    return [];
  }
  return documents.flatMap((document, index) => {
    const { objects, refusals } = readKubectlObjects(document.value);
    if (refusals.length > 0 && !isLenient) {
      throw new InvalidInputError(placedLines(refusals.map(findingOfRefusal), { file: name, document, position: index + 1 }).join('\n'), 'write apiVersion, kind and metadata');
    }
    return objects.map(({ value, pathPrefix }): LocatedObject => (
      { object: value as KubernetesObject, file: name, ...given({ path }), document, position: index + 1, pathPrefix }
    ));
  });
}

const mostNames = 3;

function shorten(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).join(', ');
  return names.length > mostNames ? `${shown} and ${names.length - mostNames} more` : shown;
}
