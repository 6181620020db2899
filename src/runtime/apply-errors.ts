import type { Applied } from './apply-object';
import { describeObject } from './manifests';
import { formatFinding } from '../core/finding';
import { given } from '../core/given';
import { ClusterError, type KubernetesObject } from '../port/cluster-port';

/** An object that was refused before anything was written. */
export interface Refusal {
  /** The object as it was given. */
  readonly object: KubernetesObject;
  /** Why, with the findings where there are any. */
  readonly error: ClusterError;
}

/** Some of several objects were refused: nothing was written, applied or started. */
export class ManifestsRefusedError extends ClusterError {
  /** The objects that were refused, in the order in which they were given. */
  public readonly refusals: readonly Refusal[];

  public constructor(refusals: readonly Refusal[]) {
    const [first] = refusals;
    const { code = 'INVALID', status, reason, hint } = first?.error ?? {};
    super(code, ['Nothing was applied, because this is refused:', ...refusals.map(describeRefusal)].join('\n'), {
      ...given({ status, reason, hint }),
      findings: refusals.flatMap(({ error }) => error.findings),
      body: first?.error.body,
      cause: first?.error,
    });
    this.refusals = refusals;
  }
}

/** Some of several objects were written before one could not be. */
export class PartlyAppliedError extends ClusterError {
  /** What was applied before, in that order; it stays. */
  public readonly applied: readonly Applied[];
  /** The object that could not be written, as it was given, and those after it. */
  public readonly notApplied: readonly KubernetesObject[];
  /** Why. */
  public override readonly cause: ClusterError;

  public constructor(cause: ClusterError, applied: readonly Applied[], notApplied: readonly KubernetesObject[]) {
    const { code, status, reason, hint, findings, body } = cause;
    const [done, left] = [applied.map(({ object }) => describeObject(object)).join(', '), notApplied.map(describeObject).join(', ')];
    super(code, `${cause.message} (applied before: ${done}; not applied: ${left})`, {
      ...given({ status, reason, hint }),
      findings,
      body,
    });
    this.cause = cause;
    this.applied = applied;
    this.notApplied = notApplied;
  }
}

/** The error of a write, with what was written before it; unchanged if nothing was. */
export function behind(applied: readonly Applied[], error: unknown, notApplied: readonly KubernetesObject[]): unknown {
  return error instanceof ClusterError && applied.length > 0 ? new PartlyAppliedError(error, applied, notApplied) : error;
}

function describeRefusal({ object, error }: Refusal): string {
  const why = error.findings.length === 0 ? error.message : error.findings.map(formatFinding).join('; ');
  return `  ${describeObject(object)}: ${why}`;
}
