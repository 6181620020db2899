/**
 * The kind of a fault: the API server's error types, by their short names.
 *
 * `Decode` (a value of the wrong type) and `Unknown` (a field that the version does not have) are refused with HTTP 400 before validation;
 * all others come back as HTTP 422 with one cause each.
 *
 * @source staging/src/k8s.io/apimachinery/pkg/util/validation/field/errors.go ErrorType (v1.37)
 */
export type FaultType =
  | 'Required'
  | 'Invalid'
  | 'Forbidden'
  | 'NotSupported'
  | 'TooLong'
  | 'TooMany'
  | 'Duplicate'
  | 'NotFound'
  | 'Decode'
  | 'Unknown';

/**
 * How much a finding weighs: the API server refuses (`error`), warns (`warning`), or says nothing (`advice` is ours).
 *
 * Of the rules for Jobs in queues: what a cluster with Kueue refuses is a `warning`, since the API server alone does not.
 * Of the rules for Jobs in Git: what goes wrong each time (`error`), what may go wrong (`warning`), what has a price (`advice`).
 */
export type Severity = 'error' | 'warning' | 'advice';

/** One thing that is wrong with a manifest, in the API server's words. */
export interface Finding {
  /** The stable id of the rule that found it, in kebab case: `parallelism-not-negative`. */
  readonly rule: string;
  /** The path that the API server would blame: `spec.template.spec.containers[0].name`. */
  readonly field: string;
  /** The API server's type of the fault. */
  readonly type: FaultType;
  /** What is wrong, without path and type: `must be greater than or equal to 0`. */
  readonly message: string;
  /** The value that is wrong, where there is one to show. */
  readonly value?: unknown;
  /** What to write instead, as a clause, where we know it: `did you mean Europe/Rome?`. The API server says nothing of it. */
  readonly hint?: string;
  /** Whether it refuses the manifest. */
  readonly severity: Severity;
}

/** The text of each fault type as the API server prints it: `Invalid value`. */
export const faultTexts: Readonly<Record<FaultType, string>> = {
  Required: 'Required value',
  Invalid: 'Invalid value',
  Forbidden: 'Forbidden',
  NotSupported: 'Unsupported value',
  TooLong: 'Too long',
  TooMany: 'Too many',
  Duplicate: 'Duplicate value',
  NotFound: 'Not found',
  Decode: 'Cannot decode',
  Unknown: 'Unknown field',
};

/**
 * A finding as one line, as the API server words a cause: `spec.parallelism: Invalid value: -1: must be greater than or equal to 0`;
 * a hint of ours follows in parentheses.
 *
 * @source staging/src/k8s.io/apimachinery/pkg/util/validation/field/errors.go Error.ErrorBody (v1.37)
 */
export function formatFinding(finding: Finding): string {
  return `${finding.field}: ${formatFaultWithHint(finding)}`;
}

/** The same line without the path. */
export function formatFaultWithHint(finding: Finding): string {
  const { hint } = finding;
  if (hint === undefined) return formatFault(finding);
  return repeatsItself(finding) ? `${formatFault(finding)}: ${hint}` : `${formatFault(finding)} (${hint})`;
}

/** The words of the API server alone: `Invalid value: -1: must be greater than or equal to 0`. */
export function formatFault(finding: Finding): string {
  const { type, value, message } = finding;
  if (repeatsItself(finding)) return faultTexts[type];
  const valueText = showsValue(type) && value !== undefined ? `: ${formatValue(value)}` : '';
  return `${faultTexts[type]}${valueText}${message === '' ? '' : `: ${message}`}`;
}

/** Whether the words of the API server say nothing but type and path: `unknown field "spec.foo"`. */
function repeatsItself({ type, message }: Finding): boolean {
  return type === 'Unknown' && message.startsWith('unknown field ');
}

function showsValue(type: FaultType): boolean {
  return type !== 'Required' && type !== 'Forbidden' && type !== 'TooLong' && type !== 'Unknown';
}

const longestValue = 200;

function formatValue(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}
