import { Chart, Testing } from 'cdk8s';
import { UsageError } from '../../src/core/errors';
import { NonParallelJob, ScheduledJob } from '../../src/index';
import { validateManifest } from '../../src/rules/validate-manifest';

const containers = [{ name: 'main', image: 'busybox' }];

test('a construct silences findings in what is written, and the names of Jobs stay', () => {
  const chart = new Chart(Testing.app(), 'chart');
  const job = new NonParallelJob(chart, 'job', { restartPolicy: 'OnFailure', containers }).silence('on-failure-hides-logs').silence('env-defined-once');
  const [manifest] = chart.toJson() as [{ readonly metadata: { readonly annotations: object } }];
  expect(manifest.metadata.annotations).toEqual({ 'cdk8s-jobs/silence': 'on-failure-hides-logs, env-defined-once' });
  expect(validateManifest(manifest, { advice: 'all' })).toEqual([]);
  expect(job.silence()).toBe(job);
});

test('so does a schedule, for all of its Jobs', () => {
  const chart = new Chart(Testing.app(), 'chart');
  new ScheduledJob(chart, 'job', { schedule: '*/7 * * * *', job: { restartPolicy: 'Never', containers } }).silence('schedule-uneven-step');
  expect(validateManifest((chart.toJson() as unknown[])[0])).toEqual([]);
});

test.each([
  ['on-failure-hide-logs', 'Cannot silence on-failure-hide-logs: there is no finding of this id'],
  ['parallelism-not-negative', 'Cannot silence parallelism-not-negative: it is an error: only warnings and advice can be silenced'],
])('an id that silences nothing is refused at once: %s', (id, message) => {
  const job = new NonParallelJob(new Chart(Testing.app(), 'chart'), 'job', { restartPolicy: 'Never', containers });
  const call = (): unknown => job.silence(id);
  expect(call).toThrow(UsageError);
  expect(call).toThrow(message);
});
