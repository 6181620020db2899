import { type GitOpsTool } from '../../src/api/gitops';
import { type Finding } from '../../src/core/finding';
import { isMeantForBatch } from '../../src/rules/decode/batch-kind';
import { deliveriesOf } from '../../src/rules/gitops/delivery';
import { validateDelivered } from '../../src/rules/validate-manifest';

/** What is found in the Jobs and CronJobs of objects that are committed together; `files` are their paths, as far as they matter. */
export function validateCommitted(objects: readonly object[], gitops: GitOpsTool, files: readonly string[] = []): Finding[] {
  const deliveries = deliveriesOf(objects.map((object, position) => ({ object, file: files[position] ?? '' })));
  return objects.flatMap((object, position) => {
    const delivery = deliveries[position];
    return isMeantForBatch(object) && delivery !== undefined ? validateDelivered(object, { gitops, delivery }) : [];
  });
}
