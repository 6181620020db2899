import type { JobName } from './order';
import { mapTexts } from './output-places';
import type { FieldPath } from '../core/field-path';
import { given } from '../core/given';
import { asObject, valueAt } from '../core/json';

/**
 * The text that stands for an output of an earlier Job until `run` fills it in: `<cdk8s-jobs:output/extract/rows>`, with the namespace of
 * the Job in front of its name where it is another one.
 */
export type OutputText = `<cdk8s-jobs:output/${string}>`;

/** One output of a Job: the line `rows=…` of a container's termination message. @internal */
export interface OutputName extends JobName {
  readonly output: string;
}

/** The annotation that holds the outputs which were filled into a Job, as JSON: `{"extract/rows": "10"}`. @internal */
export const inputsAnnotation = 'cdk8s-jobs/inputs';

/** A text of a manifest that holds outputs, or something like one. @internal */
export interface OutputPlace {
  readonly path: FieldPath;
  readonly text: string;
  /** Whether `run` fills it in there. */
  readonly isFilledIn: boolean;
  /** The outputs that it names. */
  readonly names: readonly OutputName[];
  /** What looks like an output and names none. */
  readonly malformed: readonly string[];
}

const prefix = '<cdk8s-jobs:output/';
const anyOutput = /<cdk8s-jobs:output\/([^<>]*)>/g;
const wellFormed = /^(?:([a-z0-9](?:[-a-z0-9]*[a-z0-9])?)\/)?([a-z0-9](?:[-.a-z0-9]*[a-z0-9])?)\/([A-Za-z_][-.\w]*)$/;

/** The text that stands for an output. @internal */
export function outputText({ namespace, name, output }: OutputName): OutputText {
  return `${prefix}${namespace === undefined ? '' : `${namespace}/`}${name}/${output}>`;
}

/** Whether a text can be the name of an output: letters, digits, `_`, `-` and `.`, and no digit at its beginning. @internal */
export function isOutputName(text: string): boolean {
  return /^[A-Za-z_][-.\w]*$/.test(text);
}

/** An output as messages and the annotation of inputs name it: `extract/rows`. @internal */
export function formatOutputName({ namespace, name, output }: OutputName): string {
  return `${namespace === undefined ? '' : `${namespace}/`}${name}/${output}`;
}

/** Whether a manifest may name outputs, seen by its JSON. @internal */
export function mayNameOutputs(json: string): boolean {
  return json.includes(prefix);
}

/** The texts of a manifest that hold outputs, in its order. @internal */
export function findOutputs(manifest: unknown): readonly OutputPlace[] {
  const found: OutputPlace[] = [];
  mapTexts(manifest, prefix, (text, path, place) => {
    const words = [...text.matchAll(anyOutput)].map(([, word = '']) => word);
    const names = words.map(parseName);
    found.push({
      path,
      text,
      isFilledIn: place !== undefined,
      names: names.filter((name) => name !== undefined),
      malformed: [...words.filter((_, position) => names[position] === undefined), ...text.replace(anyOutput, '').includes(prefix) ? [text] : []],
    });
    return text;
  });
  return found;
}

/** The outputs that `run` fills into a manifest, each once. @internal */
export function outputsNeeded(manifest: unknown): readonly OutputName[] {
  const places = findOutputs(manifest);
  if (places.length === 0) return [];
  const names = places.filter(({ isFilledIn }) => isFilledIn).flatMap((place) => place.names);
  return [...new Map(names.map((name) => [formatOutputName(name), name])).values()];
}

/**
 * A manifest with its outputs filled in, and what they were in its annotation. A value is data: a `$` in it is doubled where the kubelet
 * would expand variables.
 *
 * @param values by the names of the outputs, as `formatOutputName` has them; there must be all.
 * @internal
 */
export function fillOutputs<Manifest>(manifest: Manifest, values: ReadonlyMap<string, string>): Manifest {
  if (values.size === 0) return manifest;
  const filled = mapTexts(manifest, prefix, (text, _, place) => {
    if (place === undefined) return text;
    return text.replace(anyOutput, (whole, word: string, at: number) => {
      const name = parseName(word);
      const value = name === undefined ? undefined : values.get(formatOutputName(name));
      if (value === undefined) return whole;
      return place === 'expanded' ? `${isOddDollar(text, at) ? '$' : ''}${value.replaceAll('$', '$$$$')}` : value;
    });
  });
  const { metadata } = asObject(filled);
  const annotations = { ...asObject(asObject(metadata).annotations), [inputsAnnotation]: JSON.stringify(Object.fromEntries(values)) };
  return { ...asObject(filled), metadata: { ...asObject(metadata), annotations } } as Manifest;
}

/** What was filled into an object of a cluster, by the names of the outputs. @internal */
export function inputsOf(object: unknown): ReadonlyMap<string, string> {
  const text = valueAt(object, ['metadata', 'annotations', inputsAnnotation]);
  if (typeof text !== 'string') return new Map();
  try {
    return new Map(Object.entries(asObject(JSON.parse(text))).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    // Somebody else wrote it: nothing is known.
    return new Map();
  }
}

/** Whether an output stands inside of `$(…)`: its value would choose a variable. @internal */
export function isInsideReference(text: string): boolean {
  return [...text.matchAll(anyOutput)].some(({ index }) => /(?:^|[^$])(?:\$\$)*\$\([^)]*$/.test(text.slice(0, index)));
}

function parseName(word: string): OutputName | undefined {
  const [, namespace, name, output] = wellFormed.exec(word) ?? [];
  return name === undefined || output === undefined ? undefined : { ...given({ namespace }), name, output };
}

/** Whether what stands in front is a dollar that would make a reference of what follows. */
function isOddDollar(text: string, end: number): boolean {
  return /(?:^|[^$])(?:\$\$)*\$$/.test(text.slice(0, end));
}
