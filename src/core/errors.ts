import { type Finding, formatFinding } from './finding';
import { given } from './given';

/** Stable codes of the errors that this package throws; texts may change, codes do not. */
export type ErrorCode =
  | 'INVALID_MANIFEST'
  | 'CRON_SYNTAX'
  | 'MANIFEST_SYNTAX'
  | 'USAGE'
  | 'UNREACHABLE'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'INVALID'
  | 'CONFLICT'
  | 'NOT_FOUND'
  | 'EXPIRED'
  | 'UNAVAILABLE'
  | 'API'
  | 'INTERNAL';

const brand = Symbol.for('cdk8s-jobs.error');

/**
 * The base of every error that this package throws on purpose.
 *
 * `message` says what could not be done and why; `hint`, where there is one, says what to do instead.
 */
export class JobsError extends Error {
  /** The stable code to switch on. */
  public readonly code: ErrorCode;
  /** What to write or do instead, as a sentence without period. */
  public readonly hint: string | undefined;
  /** The error underneath, if any. */
  public override readonly cause: unknown;

  public constructor(code: ErrorCode, message: string, options: { readonly hint?: string; readonly cause?: unknown } = {}) {
    super(message);
    this.code = code;
    this.hint = options.hint;
    this.cause = options.cause;
    Object.defineProperty(this, brand, { value: true, enumerable: false });
    Object.defineProperty(this, 'name', { value: new.target.name, enumerable: false, configurable: true });
  }

  /** Whether `error` is one of ours; it recognises the errors of another copy of this package too. */
  public static is(error: unknown): error is JobsError {
    return typeof error === 'object' && error !== null && brand in error;
  }
}

/** A manifest has findings of severity `error`: nothing was written, applied or started. */
export class InvalidManifestError extends JobsError {
  /** All findings, errors first. */
  public readonly findings: readonly Finding[];

  public constructor(subject: string, findings: readonly Finding[]) {
    const errors = findings.filter(({ severity }) => severity === 'error');
    super('INVALID_MANIFEST', [`Cannot accept ${subject}:`, ...errors.map((finding) => `  ${formatFinding(finding)}`)].join('\n'));
    this.findings = findings;
  }
}

/** A schedule that the API server refuses. */
export class CronSyntaxError extends JobsError {
  /** The schedule as it was given. */
  public readonly text: string;
  /** Offset of the faulty part in `text`, in UTF-16 units, from 0. */
  public readonly position: number;
  /** What would be right there: `a minute of 0-59`. */
  public readonly expected: string;

  public constructor(text: string, problem: string, position: number, expected: string) {
    super('CRON_SYNTAX', `Cannot read the schedule ${JSON.stringify(text)}: ${problem}`, { hint: `expected ${expected} at position ${position}` });
    this.text = text;
    this.position = position;
    this.expected = expected;
  }
}

/** A text that kubectl cannot read as manifests. */
export class ManifestSyntaxError extends JobsError {
  /** Line of the fault in the whole text, from 1. */
  public readonly line: number;
  /** Column of the fault, from 1. */
  public readonly column: number;

  public constructor(message: string, line: number, column: number) {
    super('MANIFEST_SYNTAX', message);
    this.line = line;
    this.column = column;
  }
}

/** The command line, or the arguments of a function, cannot be carried out as they stand. */
export class UsageError extends JobsError {
  public constructor(message: string, hint?: string) {
    super('USAGE', message, given({ hint }));
  }
}

/** Manifests were read, and what they say cannot be used: nothing that a Kubernetes object could be made of, or no Job. */
export class InvalidInputError extends UsageError {}

/** A broken invariant: a fault of this package, not of its user. */
export class InternalError extends JobsError {
  public constructor(message: string) {
    super('INTERNAL', `${message} (a bug in cdk8s-jobs: please report it)`);
  }
}
