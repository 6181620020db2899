import type { Resource } from '../../port/cluster-port';

/** That a list is empty: `no Jobs or CronJobs in namespace media with the labels team=a`. */
export function noneFound(kinds: readonly Resource[], place: string, selector: string | undefined): string {
  const labels = selector === undefined ? '' : ` with the labels ${selector}`;
  return `no ${kinds.map(({ kind }) => `${kind}s`).join(' or ')} in ${place}${labels}`;
}
