import { createWriteStream, readFileSync, type WriteStream } from 'node:fs';
import { UsageError } from '../core/errors';
import type { KubernetesObject } from '../spec/cluster-port';
import type { JobVerdict } from '../verdict/job-verdict';
import { judge, type JudgingOptions } from '../verdict/judge';
import type { Observation } from '../verdict/observation';

/** Takes down what is observed, one JSON text a line. */
export interface TapeWriter {
  /** Adds an observation. */
  write(observation: Observation): void;
  /** Nothing comes any more. */
  close(): Promise<void>;
}

/** What the first line of a tape says. */
export interface TapeHead {
  readonly tape: string;
  readonly manifests?: readonly KubernetesObject[];
  /** The version of the cluster: `v1.37.0`. */
  readonly kubernetes?: string;
  /** When the recording stopped, in seconds: a tape that ends Running is a cut and no end. Our own tapes say it in their last line. */
  readonly watched?: number;
  /** How patient the caller was with each Job: no observation tells. */
  readonly waits?: readonly TapeWait[];
  readonly [field: string]: unknown;
}

/** Why the wait for a Job ended, if not by the Job. */
export interface TapeWait {
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
}

/** Opens a tape in a file; what Secrets hold is left out. */
export async function openTape(file: string, head: TapeHead): Promise<TapeWriter> {
  const stream = createWriteStream(file);
  await new Promise<void>((resolve, reject) => {
    stream.once('open', () => resolve());
    stream.once('error', (error) => reject(new UsageError(`Cannot write the tape ${file}: ${error.message}`)));
  });
  stream.write(`${JSON.stringify({ ...head, manifests: head.manifests?.map(withoutSecrets) })}\n`);
  return new FileTape(stream, file);
}

class FileTape implements TapeWriter {
  private failure: Error | undefined;

  public constructor(private readonly stream: WriteStream, private readonly file: string) {
    stream.on('error', (error) => { this.failure = error; });
  }

  public write(observation: Observation): void {
    this.stream.write(`${JSON.stringify(observation)}\n`);
  }

  public async close(): Promise<void> {
    await new Promise<void>((resolve) => this.stream.end(() => resolve()));
    if (this.failure !== undefined) throw new UsageError(`Cannot write the tape ${this.file}: ${this.failure.message}`);
  }
}

/**
 * Reads a tape; a last line that was cut off is left out.
 *
 * @throws {UsageError} for a file that is none.
 */
export function readTape(file: string): Tape {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`Cannot read the tape ${file}: ${(error as Error).message}`);
  }
  const lines = text.split('\n').map((line, index) => ({ line, number: index + 1 })).filter(({ line }) => line.trim() !== '');
  const values = lines.flatMap(({ line, number }, index) => parseLine(file, line, number, index === lines.length - 1 && !text.endsWith('\n')));
  const [first, ...rest] = values;
  if (first === undefined) throw new UsageError(`Cannot read the tape ${file}: it is empty`);
  if ('at' in first) return { head: { tape: file }, observations: values as unknown as Observation[] };
  if (!('tape' in first)) throw new UsageError(`Cannot read ${file}: it is no tape`, 'record one with: cdk8s-jobs run --record FILE …');
  const last = rest.at(-1);
  if (last === undefined || !('watched' in last)) return { head: first as unknown as TapeHead, observations: rest as unknown as Observation[] };
  const { at: _, ...end } = last;
  return { head: { ...first, ...end } as unknown as TapeHead, observations: rest.slice(0, -1) as unknown as Observation[] };
}

/** The verdict on a Job of a tape, by default the first: what `run` said when it wrote the tape. */
export function judgeTape({ head: { waits }, observations }: Tape, options: JudgingOptions = {}): JobVerdict {
  const verdict = judge(observations, options);
  const isOfIt = ({ name, namespace }: TapeWait): boolean => name === verdict.name && (verdict.namespace ?? namespace) === namespace;
  const wait = Array.isArray(waits) ? (waits as TapeWait[]).find(isOfIt) : undefined;
  return wait === undefined ? verdict : { ...verdict, stuck: wait.stuck, timedOutAfter: wait.timedOutAfter };
}

function parseLine(file: string, line: string, number: number, isCut: boolean): Array<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return [value as Record<string, unknown>];
  } catch {
    if (isCut && number > 1) return [];
  }
  throw new UsageError(`Cannot read the tape ${file}: line ${number} is no JSON object`, 'record one with: cdk8s-jobs run --record FILE …');
}

function withoutSecrets(object: KubernetesObject): KubernetesObject {
  if (object.kind !== 'Secret') return object;
  const { data: _, stringData: _text, ...rest } = object;
  return rest;
}
