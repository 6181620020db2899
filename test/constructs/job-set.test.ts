import { Duration, JsonPatch, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { newChart, refusal, synth, untyped } from './helpers';
import { JobSet, NonParallelJob } from '../../src';

const job = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'app:1' }] } as const;
const pod = { containers: [{ image: 'app:1', name: 'main' }], restartPolicy: 'Never' };

test('a JobSet is written as its API has it, the Jobs as templates', () => {
  const chart = newChart();
  new JobSet(chart, 'train', {
    metadata: { name: 'train', labels: { team: 'ml' } },
    network: { subdomain: 'net' },
    failurePolicy: { maxRestarts: 3, rules: [{ action: 'FailJobSet', onJobFailureReasons: ['PodFailurePolicy'], targetReplicatedJobs: ['leader'] }] },
    successPolicy: { operator: 'All', targetReplicatedJobs: ['workers'] },
    coordinator: { replicatedJob: 'workers' },
    ttlSecondsAfterFinished: Duration.hours(1),
    replicatedJobs: [
      { name: 'leader', job: { ...job, metadata: { labels: { role: 'leader' } }, podMetadata: { labels: { app: 'x' } }, backoffLimit: 0 } },
      {
        name: 'workers',
        replicas: 2,
        dependsOn: [{ name: 'leader', status: 'Ready' }],
        job: { ...job, type: 'Indexed', completions: 4, parallelism: 4, resources: { requests: { memory: Size.gibibytes(1) } } },
      },
      { name: 'drain', job: { ...job, type: 'WorkQueue', parallelism: 2, activeDeadlineSeconds: Duration.minutes(5) } },
    ],
  });
  expect(synth(chart)).toEqual([{
    apiVersion: 'jobset.x-k8s.io/v1alpha2',
    kind: 'JobSet',
    metadata: { name: 'train', labels: { team: 'ml' } },
    spec: {
      coordinator: { replicatedJob: 'workers' },
      failurePolicy: { maxRestarts: 3, rules: [{ action: 'FailJobSet', onJobFailureReasons: ['PodFailurePolicy'], targetReplicatedJobs: ['leader'] }] },
      network: { subdomain: 'net' },
      replicatedJobs: [
        { name: 'leader', template: { metadata: { labels: { role: 'leader' } }, spec: { backoffLimit: 0, template: { metadata: { labels: { app: 'x' } }, spec: pod } } } },
        {
          dependsOn: [{ name: 'leader', status: 'Ready' }],
          name: 'workers',
          replicas: 2,
          template: {
            spec: { completionMode: 'Indexed', completions: 4, parallelism: 4, template: { spec: { ...pod, resources: { requests: { memory: '1Gi' } } } } },
          },
        },
        // The controller would make it Indexed.
        { name: 'drain', template: { spec: { activeDeadlineSeconds: 300, completionMode: 'NonIndexed', parallelism: 2, template: { spec: pod } } } },
      ],
      successPolicy: { operator: 'All', targetReplicatedJobs: ['workers'] },
      ttlSecondsAfterFinished: 3600,
    },
  }]);
});

test('a name that is made leaves room for those of the pods', () => {
  const chart = newChart();
  const set = new JobSet(chart, 'a-very-long-name-of-a-training-run-of-the-largest-model', {
    replicatedJobs: [{ name: 'workers', replicas: 100, job: { ...job, type: 'Indexed', completions: 1000 } }],
  });
  expect(`${set.name}-workers-99-999-abcde`.length).toBeLessThanOrEqual(63);
  expect(synth(chart)).toHaveLength(1);
});

test('objects of cdk8s-plus stand in its Jobs too', () => {
  const chart = newChart();
  const secret = new kplus.Secret(chart, 'token', { metadata: { name: 'token' } });
  new JobSet(chart, 'set', {
    replicatedJobs: [{ name: 'one', job: { ...job, containers: [{ name: 'main', image: 'app:1', envFrom: [{ secretRef: { name: secret.name } }] }], volumes: [{ name: 'token', secret }] } }],
  });
  expect(JSON.stringify(synth(chart)[1])).toContain('"volumes":[{"name":"token","secret":{"secretName":"token"}}]');
});

test('a JobSet waits for Jobs; what depends on it waits for the same Jobs, and not for it', () => {
  const chart = newChart();
  const extract = new NonParallelJob(chart, 'extract', { ...job, metadata: { name: 'extract' } });
  const set = new JobSet(chart, 'set', { replicatedJobs: [{ name: 'one', job }] }).after(extract);
  new NonParallelJob(chart, 'load', { ...job, metadata: { name: 'load' } }).after(set);
  const annotations = synth(chart).map(({ metadata }) => (metadata as { annotations?: object }).annotations);
  expect(annotations).toEqual([undefined, { 'cdk8s-jobs/after': 'extract' }, { 'cdk8s-jobs/after': 'extract' }]);
});

test.each<readonly [string, unknown, readonly string[]]>([
  ['the first of the list that waits', { replicatedJobs: [{ name: 'one', dependsOn: [{ name: 'one', status: 'Ready' }], job }] },
    ["spec.replicatedJobs[0].dependsOn: Forbidden: DependsOn can't be set for the first ReplicatedJob: list it behind the one that it waits for"]],
  ['one that waits for a later one', { replicatedJobs: [{ name: 'a', job }, { name: 'b', dependsOn: [{ name: 'c', status: 'Ready' }], job }, { name: 'c', job }] },
    ['spec.replicatedJobs[1].dependsOn[0].name: Invalid value: "c": must be the name of a replicatedJob that stands before this one']],
  ['a fault in a Job', { replicatedJobs: [{ name: 'one', job: { ...job, backoffLimit: -1 } }] },
    ['spec.replicatedJobs[0].template.spec.backoffLimit: Invalid value: -1: must be greater than or equal to 0']],
  ['a field that the kind of Job does not have', { replicatedJobs: [{ name: 'one', job: { ...job, completions: 3 } }] },
    ["spec.replicatedJobs[0].template.spec.completions: Forbidden: completions: a non-parallel Job is done when one pod succeeds; for a number of them use type: 'FixedCompletion'"]],
  ['a kind that there is not', { replicatedJobs: [{ name: 'one', job: { ...job, type: 'Parallel' } }] },
    ['replicatedJobs[0].job.type: Unsupported value: "Parallel": supported values: "NonParallel", "FixedCompletion", "Indexed", "WorkQueue"']],
  ['an unknown field', { parallelism: 3, replicatedJobs: [{ name: 'one', job }] }, ['spec.parallelism: Unknown field']],
])('refused at synth: %s', (_, props, expected) => {
  const chart = newChart();
  new JobSet(chart, 'set', untyped(props));
  expect(refusal(() => synth(chart))).toEqual(expected.map((line) => `[test/set] ${line}`));
});

test('a patch is judged too', () => {
  const chart = newChart();
  new JobSet(chart, 'set', { replicatedJobs: [{ name: 'one', job }] }).apiObject.addJsonPatch(JsonPatch.add('/spec/replicatedJobs/0/template/spec/parallelism', '2'));
  expect(refusal(() => synth(chart))).toEqual([
    '[test/set] spec.replicatedJobs[0].template.spec.parallelism: Cannot decode: "2": json: cannot unmarshal string into Go struct field JobSpec.spec.parallelism of type int32',
  ]);
});
