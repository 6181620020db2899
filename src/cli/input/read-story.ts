import { given } from '../../core/given';
import type { CliContext } from '../command';
import { loadInput } from './load-input';
import { placedLines } from './place-finding';
import { UsageError } from '../../core/errors';
import type { Finding } from '../../core/finding';
import { checkSimulationFile, isStory } from '../../testing/check-simulation';
import type { PodScript } from '../../testing/pod-script';
import type { SimulateOptions } from '../../testing/simulate';
import type { ManifestDocument } from '../../yaml/read-manifests';
import { findReadingFaults } from '../../yaml/reading-findings';

/** What a file says of a simulation: what the pods do, and perhaps what clients do meanwhile. */
export interface Story {
  readonly script?: PodScript;
  readonly options?: Pick<SimulateOptions, 'actions' | 'until'>;
}

/**
 * Reads a script of pods, or a whole story: `script` with `actions` and `until` beside it, for the simulation of manifests.
 *
 * @throws {UsageError} for a file that cannot be read, and with one line for each thing in it that is wrong.
 */
export async function readStory(word: string, manifests: readonly unknown[], context: CliContext): Promise<Story> {
  const [file, another] = await loadInput(word, context);
  if (file === undefined || another !== undefined) throw new UsageError(`Cannot read the script ${word}: it is not one file`, example);
  const { name, stream: { documents, error } } = file;
  if (error !== undefined) throw new UsageError(`Cannot read the script ${name}:${error.line}:${error.column}: ${error.message}`);
  const [document, second] = documents;
  if (document === undefined) throw new UsageError(`Cannot read the script ${name}: it is empty`, example);
  if (second !== undefined) throw new UsageError(`Cannot read the script ${name}:${second.line}: a script is one document, and another begins here`);
  const { value } = document;
  const findings = [...writtenTwice(document), ...checkSimulationFile(value, manifests)];
  if (findings.length > 0) {
    const lines = placedLines(findings, { file: name, document });
    throw new UsageError([`Cannot use the script ${name}:`, ...lines.map((line) => `  ${line}`)].join('\n'));
  }
  if (!isStory(value)) return { script: value as PodScript };
  const { script, ...options } = value as Story['options'] & { readonly script?: PodScript };
  return { ...given({ script }), options };
}

const example = 'write what the pods do, such as {"default": {"after": 2, "exit": 1}}';

/** Findings about keys that are written twice: one of the two would be lost. */
function writtenTwice(document: ManifestDocument): Finding[] {
  return findReadingFaults(document).filter(({ type }) => type === 'Duplicate');
}
