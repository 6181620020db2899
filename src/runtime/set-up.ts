import { inApplyOrder } from './apply';
import { applyObject } from './apply-object';
import type { RunOptions } from './run-options';
import { type Timers } from './timers';
import { given } from '../core/given';
import { ClusterError, type ClusterPort, type KubernetesObject } from '../port/cluster-port';
import type { ObservedAction, Observation } from '../verdict/observation';

/** A request that this package sent, and its answer; `at` in milliseconds on the clock of the timers. */
export type SetUpStep = Observation;

/**
 * Applies what Jobs need, in order of dependence; each step is passed to `note`, even the one that fails.
 *
 * @throws {ClusterError} for the first object that is refused.
 */
export async function applySetUp(
  port: ClusterPort, objects: readonly KubernetesObject[], { force, onProgress }: RunOptions, timers: Timers,
  note: (step: SetUpStep) => void,
): Promise<void> {
  for (const object of inApplyOrder(objects)) {
    const at = timers.now();
    const seconds = (): number => Math.round(timers.now() - at) / 1000;
    const action = requestFor(object);
    try {
      const applied = await applyObject(port, object, given({ force }));
      const { object: { metadata }, result, warnings } = applied;
      const uid = metadata?.uid;
      const code = result === 'created' ? 201 : 200;
      note({ at, action, answer: { code, seconds: seconds(), warnings, ...given({ uid }) } });
      onProgress?.({ type: 'applied', applied });
    } catch (error) {
      if (!(error instanceof ClusterError)) throw error;
      note({ at, action, answer: { code: error.status ?? 0, seconds: seconds(), body: statusBody(error) } });
      throw error;
    }
  }
}

/** A request for an object, as a tape has it. */
export function requestFor({ apiVersion, kind = '', metadata }: KubernetesObject): ObservedAction {
  const { name } = metadata ?? {};
  const type = given({ apiVersion, kind });
  return name === undefined ? { do: 'create', ...type } : { do: 'apply', ...type, name };
}

/** The Status of a refusal; the local cluster sends none, so it is made from its words. */
export function statusBody({ body, message, reason, status }: ClusterError): object {
  return typeof body === 'object' && body !== null ? body : { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason, code: status };
}
