import { asObject } from '../core/json';
import type { KubernetesObject } from '../port/cluster-port';

/** Whether somebody has suspended a Job or CronJob. */
export function isSuspended({ spec }: KubernetesObject): boolean {
  return asObject(spec).suspend === true;
}

/** How a Job has ended: the condition that is never taken back; undefined while it goes on. */
export function endOf({ status }: KubernetesObject): 'Complete' | 'Failed' | undefined {
  const { conditions = [] } = (status ?? {}) as { conditions?: ReadonlyArray<{ type: string; status: string }> };
  const has = (type: string): boolean => conditions.some((condition) => condition.type === type && condition.status === 'True');
  return has('Complete') ? 'Complete' : has('Failed') ? 'Failed' : undefined;
}
