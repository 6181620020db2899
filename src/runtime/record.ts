import { readFileSync, type WriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { fileError, openOutputFile, type OutputFile } from './output-file';
import { UsageError } from '../core/errors';
import { describeFileError } from '../core/file-error';
import { isObject, type JsonObject } from '../core/json';
import type { KubernetesObject } from '../port/cluster-port';
import type { JobVerdict } from '../verdict/job-verdict';
import { judge, type JudgingOptions } from '../verdict/judge';
import type { Observation } from '../verdict/observation';

/** Writes down what is observed, one JSON text per line. */
export interface TapeWriter {
  /** Adds an observation. */
  write(observation: Observation): void;
  /** Ends the tape. @throws {UsageError} if something could not be written. */
  close(): Promise<void>;
}

/** What the first line of a tape says. */
export interface TapeHead {
  readonly tape: string;
  readonly manifests?: readonly KubernetesObject[];
  /** The version of the cluster: `v1.37.0`. */
  readonly kubernetes?: string;
  /**
   * When the recording stopped, in seconds: a tape that ends with a running Job has no end. Tapes of this package have it in their last
   * line.
   */
  readonly watched?: number;
  /** How patient the caller was with each Job: no observation tells. */
  readonly waits?: readonly TapeWait[];
  readonly [field: string]: unknown;
}

/** Why the wait for a Job ended, if not by the Job. */
interface TapeWait {
  readonly name: string;
  readonly namespace: string;
  /** Whether it was given up because its trouble cannot heal. */
  readonly stuck: boolean;
  /** Seconds after which patience was over; null when it was not. */
  readonly timedOutAfter: number | null;
}

/** A tape that was read. */
export interface Tape {
  readonly head: TapeHead;
  readonly observations: readonly Observation[];
  /** Whether the end is missing, as when the process that wrote it was killed. */
  readonly endsEarly: boolean;
}

/** The file of a tape. */
export function tapeFile(path: string, name = path): OutputFile {
  return { path, name, sort: 'tape', mark: '{"writtenBy":"cdk8s-jobs",' };
}

/**
 * Opens a tape in a file; what Secrets hold is left out. An earlier tape of this program is replaced, anything else is not.
 *
 * @param name the file as the user calls it, for messages; default: its path.
 * @throws {UsageError} for a file that cannot be written, or that this program did not write.
 */
export async function openTape(file: string, head: TapeHead, name = file): Promise<TapeWriter> {
  const place = tapeFile(resolve(file), name);
  const first = { writtenBy: 'cdk8s-jobs', ...head, manifests: head.manifests?.map(withoutSecrets) };
  return new FileTape(await openOutputFile(place, `${JSON.stringify(first)}\n`), place);
}

class FileTape implements TapeWriter {
  private failure: Error | undefined;

  public constructor(private readonly stream: WriteStream, private readonly place: OutputFile) {
    stream.on('error', (error) => { this.failure = error; });
  }

  public write(observation: Observation): void {
    this.stream.write(`${JSON.stringify(observation)}\n`);
  }

  public async close(): Promise<void> {
    await new Promise<void>((fulfil) => this.stream.end(() => fulfil()));
    if (this.failure !== undefined) throw fileError(this.place, this.failure);
  }
}

/**
 * Reads a tape; a last line that was cut off is left out.
 *
 * @param name the file as the user calls it, for messages; default: its path.
 * @throws {UsageError} for a file that cannot be read or is no tape.
 */
export function readTape(file: string, name = file): Tape {
  const text = readText(file, name);
  const lines = text.split('\n').map((line, index) => ({ line, number: index + 1 })).filter(({ line }) => line.trim() !== '');
  if (lines.length === 0) throw noTape(name, 'it is empty');
  const values = lines.flatMap(({ line, number }, index) => parseLine(name, line, number, index === lines.length - 1 && !text.endsWith('\n')));
  const isCut = values.length < lines.length;
  const [first, ...rest] = values;
  // Without a head it may have been written by hand: nobody knows where it should end.
  if (first !== undefined && 'at' in first) return { head: { tape: name }, observations: values as unknown as Observation[], endsEarly: isCut };
  if (first === undefined || !('tape' in first)) throw noTape(name, 'it is no tape');
  const last = rest.at(-1);
  const isEnd = last !== undefined && 'watched' in last;
  const { at: _, ...end } = isEnd ? last : {};
  const head = { ...first, ...end } as unknown as TapeHead;
  const observations = (isEnd ? rest.slice(0, -1) : rest) as unknown as Observation[];
  return { head, observations, endsEarly: isCut || head.watched === undefined };
}

function readText(file: string, name: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`Cannot read the tape ${name}: ${describeFileError(error)}`);
  }
}

function noTape(name: string, problem: string): UsageError {
  return new UsageError(`Cannot read the tape ${name}: ${problem}`, 'record one with: cdk8s-jobs run --record FILE …');
}

/** The verdict on a Job of a tape, by default the first: what `run` said when it wrote the tape. */
export function judgeTape({ head: { waits }, observations }: Pick<Tape, 'head' | 'observations'>, options: JudgingOptions = {}): JobVerdict {
  const verdict = judge(observations, options);
  const isOfIt = ({ name, namespace }: TapeWait): boolean => name === verdict.name && (verdict.namespace ?? namespace) === namespace;
  const wait = Array.isArray(waits) ? (waits as TapeWait[]).find(isOfIt) : undefined;
  return wait === undefined ? verdict : { ...verdict, stuck: wait.stuck, timedOutAfter: wait.timedOutAfter };
}

function parseLine(name: string, line: string, number: number, isCut: boolean): JsonObject[] {
  try {
    const value: unknown = JSON.parse(line);
    if (isObject(value)) return [value];
  } catch {
    if (isCut && number > 1) return [];
  }
  throw noTape(name, `line ${number} is no JSON object`);
}

function withoutSecrets(object: KubernetesObject): KubernetesObject {
  if (object.kind !== 'Secret') return object;
  const { data: _, stringData: _text, ...rest } = object;
  return rest;
}
