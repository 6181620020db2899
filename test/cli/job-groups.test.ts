import { groupJobs } from '../../src/cli/tables/job-groups';
import type { KubernetesObject } from '../../src/port/cluster-port';

function job(name: string, of?: string, index = 0, namespace = 'media'): KubernetesObject {
  const labels = of === undefined ? {} : { labels: { 'cdk8s-jobs/retry-of': of, 'batch.kubernetes.io/job-completion-index': String(index) } };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name, namespace, ...labels } };
}

test.each<[string, KubernetesObject[], string[]]>([
  ['as they come, where none runs another\'s index again', [job('b'), job('a')], ['b', 'a']],
  ['with those that run their indexes again below them, in the order of the indexes', [
    job('etl'), job('shards-index-10', 'shards', 10), job('shards'), job('shards-index-9', 'shards', 9), job('x'),
  ], ['etl', 'shards', '  shards-index-9', '  shards-index-10', 'x']],
  ['at their own place, where the old one is not in the list or in another namespace', [
    job('shards-index-1', 'shards', 1), job('shards', undefined, 0, 'other'),
  ], ['shards-index-1', 'shards']],
  ['each once, whatever their labels say', [job('self', 'self')], ['self']],
])('Jobs are listed %s', (_, jobs, labels) => {
  expect(groupJobs(jobs).map(({ job: { metadata }, indent }) => `${indent}${metadata?.name}`)).toEqual(labels);
});
