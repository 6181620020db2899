import type { GitOpsTool } from '../api/gitops';
import type { Finding } from '../core/finding';
import { given } from '../core/given';
import type { Delivery } from '../rules/gitops/delivery';
import { validateDelivered } from '../rules/validate-manifest';

/** An object of one side, and how it is applied there. */
export interface DeliveredObject {
  readonly object: object;
  readonly delivery?: Delivery | undefined;
}

/**
 * What `validate` finds in an object and did not find before: errors and warnings, without what its place in a list has changed.
 *
 * Advice is left to those who write the manifest.
 */
export function newFindings(before: DeliveredObject | undefined, after: DeliveredObject, tool: GitOpsTool | undefined): Finding[] {
  const old = before === undefined ? [] : findingsOf(before, tool).map(identityOf);
  return findingsOf(after, tool).filter((finding) => {
    const position = old.indexOf(identityOf(finding));
    if (position >= 0) old.splice(position, 1);
    return position < 0 && finding.severity !== 'advice';
  });
}

function findingsOf({ object, delivery }: DeliveredObject, gitops: GitOpsTool | undefined): Finding[] {
  return validateDelivered(object, given({ gitops, delivery }));
}

/** What makes two findings the same one, wherever in a list it stands. */
function identityOf({ rule, field, type }: Finding): string {
  return [rule, type, field.replace(/\[\d+\]/g, '[]')].join(' ');
}
