import { jobManifest } from './objects';
import { formatIndexSet } from '../../src/api/index-set';
import type { KubernetesObject } from '../../src/port/cluster-port';
import { validateManifest } from '../../src/rules/validate-manifest';
import { indexJob, indexJobName, unfinishedIndexes } from '../../src/runtime/index-job';

const mark = 'batch.kubernetes.io/job-completion-index';

function stored(spec: object = {}, metadata: object = {}): KubernetesObject {
  const job = jobManifest('shards', { completionMode: 'Indexed', completions: 10, parallelism: 4, backoffLimit: 3, ...spec });
  return { ...job, metadata: { name: 'shards', namespace: 'media', uid: 'uid-1', ...metadata } };
}

interface Made {
  readonly spec: {
    readonly template: { readonly metadata: object; readonly spec: { readonly containers: ReadonlyArray<{ readonly env: unknown }> } };
    readonly [field: string]: unknown;
  };
  readonly metadata: KubernetesObject['metadata'];
}

const make = (job: KubernetesObject, index = 3): Made => indexJob(job, index) as unknown as Made;

test.each<[string, string | undefined, string]>([
  ['none has succeeded', undefined, '0-9'],
  ['some have', '0,2-5,9', '1,6-8'],
  ['all have', '0-9', ''],
  ['the last is left', '0-8', '9'],
])('what is left of an Indexed Job when %s', (_, completedIndexes, left) => {
  expect(formatIndexSet(unfinishedIndexes({ ...stored(), status: { completedIndexes } }))).toBe(left);
});

test('the Job of an index tells its pod the index in all the ways that the old Job did', () => {
  const { spec, metadata } = make(stored());
  expect(metadata).toMatchObject({
    name: 'shards-index-3',
    namespace: 'media',
    labels: { 'cdk8s-jobs/retry-of': 'shards', [mark]: '3' },
    annotations: { 'cdk8s-jobs/retry-of-uid': 'uid-1' },
    ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name: 'shards', uid: 'uid-1' }],
  });
  expect(spec.template).toMatchObject({
    metadata: { labels: { 'cdk8s-jobs/retry-of': 'shards', [mark]: '3' }, annotations: { [mark]: '3' } },
    spec: { hostname: 'shards-3', containers: [{ image: 'busybox', env: [{ name: 'JOB_COMPLETION_INDEX', value: '3' }] }] },
  });
});

test('all containers are told the index, and one that has a variable of this name keeps it', () => {
  const own = [{ name: 'JOB_COMPLETION_INDEX', value: 'mine' }];
  const pod = {
    restartPolicy: 'Never',
    initContainers: [{ name: 'first', image: 'i' }],
    containers: [{ name: 'a', image: 'a', env: own }, { name: 'b', image: 'b', env: [{ name: 'X', value: '1' }] }],
  };
  expect(make(stored({ template: { spec: pod } })).spec.template.spec).toMatchObject({
    initContainers: [{ env: [{ name: 'JOB_COMPLETION_INDEX', value: '3' }] }],
    containers: [{ env: own }, { env: [{ name: 'X', value: '1' }, { name: 'JOB_COMPLETION_INDEX', value: '3' }] }],
  });
});

test.each<[string, object, object]>([
  ['what an index is forgiven', { backoffLimit: 2147483647, backoffLimitPerIndex: 2, maxFailedIndexes: 5 }, { backoffLimit: 2 }],
  ['what the Job is forgiven, where indexes have no limit of their own', {}, { backoffLimit: 3 }],
  ['a rule that gives up an index, as one that gives up its Job', {
    backoffLimitPerIndex: 0, podFailurePolicy: { rules: [{ action: 'FailIndex', onExitCodes: { operator: 'In', values: [42] } }] },
  }, { backoffLimit: 0, podFailurePolicy: { rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [42] } }] } }],
  ['neither a success policy nor a suspension', { successPolicy: { rules: [{ succeededCount: 1 }] }, suspend: true }, { backoffLimit: 3 }],
  ['no selector of its own, which would take other pods', { manualSelector: true, selector: { matchLabels: { app: 'x' } } }, { backoffLimit: 3 }],
  ['its deadline and its ttl', { activeDeadlineSeconds: 60, ttlSecondsAfterFinished: 5 }, { backoffLimit: 3, activeDeadlineSeconds: 60, ttlSecondsAfterFinished: 5 }],
])('the Job of an index has %s', (_, spec, expected) => {
  const made = make(stored(spec)).spec;
  const { template: _template, ...rest } = made;
  expect(rest).toEqual({ completionMode: 'NonIndexed', completions: 1, parallelism: 1, ...expected });
  expect(validateManifest(indexJob(stored(spec), 3)).filter(({ severity }) => severity === 'error')).toEqual([]);
});

const cronJob = { apiVersion: 'batch/v1', kind: 'CronJob', name: 'nightly', uid: 'uid-2', controller: true, blockOwnerDeletion: true };

test.each<[string, object, object, unknown]>([
  ['the old Job', {}, {}, [expect.objectContaining({ kind: 'Job', uid: 'uid-1' })]],
  ['nobody, when its ttl takes the old Job away', { ttlSecondsAfterFinished: 5 }, {}, undefined],
  ['the CronJob, whose history takes the old Job away, and it does not count as one of its runs', {}, { ownerReferences: [cronJob] }, [
    { ...cronJob, controller: false, blockOwnerDeletion: false },
  ]],
])('the Job of an index is owned by %s', (_, spec, metadata, owners) => {
  expect(make(stored(spec, metadata)).metadata?.ownerReferences).toEqual(owners);
});

test('the name of the Job of an index fits, however long the old one\'s is', () => {
  expect(indexJobName('shards', 12)).toBe('shards-index-12');
  expect(indexJobName(`${'n'.repeat(53)}-${'n'.repeat(7)}`, 12)).toBe(`${'n'.repeat(53)}-index-12`);
  expect(indexJobName('n'.repeat(61), 1)).toHaveLength(63);
});
