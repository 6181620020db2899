import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sortedErrors, type ValidationAnswer } from './server-answer';

/** A manifest with the answers that were recorded for it. */
export interface ValidationVector {
  readonly id: string;
  readonly manifest: object;
  /** The manifest as it was sent: JSON, with integers that JavaScript cannot hold. */
  readonly text: string;
  /** The answer of a version such as `1.37`; undefined when none was recorded. */
  answerOf(version: string): ValidationAnswer | undefined;
}

interface RecordedAnswer {
  readonly valid: boolean;
  readonly errors: ReadonlyArray<{ readonly field: string; readonly type: string }>;
  readonly stage?: 'decode' | 'panic';
}

type RecordedVector = RecordedAnswer & {
  readonly id: string;
  readonly manifest: object;
  readonly byVersion?: Readonly<Record<string, RecordedAnswer>>;
  readonly versions?: readonly string[];
};

/** A change with the answers that were recorded for it. */
export interface UpdateVector extends ValidationVector {
  /** The object before the change, as JSON. */
  readonly old: string;
}

/** The recorded creations of Jobs and CronJobs. */
export function validationVectors(): ValidationVector[] {
  return linesOf('create.jsonl').map(toVector);
}

/** The recorded changes of Jobs and CronJobs. */
export function updateVectors(): UpdateVector[] {
  return linesOf('update.jsonl').map((line) => ({ ...toVector(line), old: fieldText(line, 'old') }));
}

/** Raw bodies with the HTTP status that was recorded for them. */
export function decodeVectors(): Array<{ readonly id: string; readonly body: string; readonly httpStrict: number }> {
  return linesOf('decode.jsonl').map((line) => JSON.parse(line) as ReturnType<typeof decodeVectors>[number]);
}

function linesOf(fileName: string): string[] {
  return readFileSync(join(__dirname, '../../rules/vectors', fileName), 'utf8').trim().split('\n');
}

function toVector(line: string): ValidationVector {
  const recorded = JSON.parse(line) as RecordedVector;
  return {
    id: recorded.id,
    manifest: recorded.manifest,
    text: fieldText(line, 'manifest'),
    answerOf: (version) => {
      if (recorded.versions?.includes(version) === false) return undefined;
      return toAnswer(recorded.byVersion?.[version] ?? recorded);
    },
  };
}

/** The text of the JSON object in a field: up to the brace that closes it, braces in strings left aside. */
function fieldText(line: string, field: string): string {
  const start = line.indexOf(`"${field}":`) + field.length + 3;
  let depth = 0;
  for (const { 0: token, index } of line.slice(start).matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (token === '{') depth += 1;
    if (token === '}') depth -= 1;
    if (depth === 0) return line.slice(start, start + index + 1);
  }
  throw new Error(`Cannot find the end of the object at ${start} of ${line}`);
}

function toAnswer({ valid, errors, stage }: RecordedAnswer): ValidationAnswer {
  return { stage: valid ? 'accepted' : (stage ?? 'refused'), errors: sortedErrors(errors) };
}
