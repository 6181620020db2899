import { UsageError } from '../../src/core/errors';
import { allRules } from '../../src/rules/all-rules';
import { otherFindings } from '../../src/rules/explain/other-findings';
import { type ValidateOptions } from '../../src/rules/rule/versions';
import { inJob } from '../../src/rules/rule/wrap';
import { validateManifest } from '../../src/rules/validate-manifest';
import { validateUpdate } from '../../src/rules/validate-update';

const pod = { restartPolicy: 'OnFailure', containers: [{ name: 'main', image: 'busybox', env: [{ name: 'A', value: '1' }, { name: 'A', value: '2' }] }] };
const template = { spec: pod };
const job = { ...inJob({ activeDeadlineSeconds: 0, template }), metadata: { name: 'demo' } };
const silence = (ids: string): object => ({ annotations: { 'cdk8s-jobs/silence': ids } });

function rulesOf(manifest: unknown, options: ValidateOptions = {}): string[] {
  return validateManifest(manifest, options).map(({ rule }) => rule).sort();
}

test.each<[string, ValidateOptions, string[]]>([
  ['by default what goes wrong is told, and no choice', {}, ['active-deadline-leaves-time', 'env-defined-once']],
  ['all advice is told on request', { advice: 'all' }, ['active-deadline-leaves-time', 'env-defined-once', 'on-failure-hides-logs']],
  ['without advice warnings are left', { advice: 'none' }, ['env-defined-once']],
  ['advice is silenced by its id', { silence: ['active-deadline-leaves-time'] }, ['env-defined-once']],
  ['a warning is silenced by its id', { silence: ['env-defined-once', 'on-failure-hides-logs'], advice: 'all' }, ['active-deadline-leaves-time']],
])('%s', (_, options, rules) => {
  expect(rulesOf(job, options)).toEqual(rules);
  expect(validateUpdate(job, job, options).map(({ rule }) => rule).sort()).toEqual(rules);
});

const scheduled = (metadata: object, ofJob: object, ofPod: object): object => ({
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'demo', ...metadata },
  spec: { schedule: '0 0 * * *', jobTemplate: { metadata: ofJob, spec: { template: { metadata: ofPod, spec: pod } } } },
});
const set = (metadata: object, ofJob: object, ofPod: object): object => ({
  apiVersion: 'jobset.x-k8s.io/v1alpha2',
  kind: 'JobSet',
  metadata: { name: 'demo', ...metadata },
  spec: { replicatedJobs: [{ name: 'work', template: { metadata: ofJob, spec: { template: { metadata: ofPod, spec: pod } } } }] },
});
const both = silence('env-defined-once, on-failure-hides-logs');

test.each<[string, object]>([
  ['a Job', { ...job, metadata: { name: 'demo', ...silence('active-deadline-leaves-time, on-failure-hides-logs,env-defined-once') } }],
  ['the pods of a Job', { ...inJob({ template: { ...template, metadata: both } }) }],
  ['a CronJob', scheduled(both, {}, {})],
  ['the Jobs of a CronJob', scheduled({}, both, {})],
  ['the pods of a CronJob', scheduled({}, {}, both)],
  ['a JobSet', set(both, {}, {})],
  ['a Job of a JobSet', set({}, both, {})],
  ['the pods of a JobSet', set({}, {}, both)],
])('an annotation of %s silences what it names', (_, manifest) => {
  expect(rulesOf(manifest, { advice: 'all' })).toEqual([]);
});

test.each<[string, object, object]>([
  ['an id that is misspelt', { ...job, metadata: { name: 'demo', ...silence('on-failure-hides-log') } }, {
    rule: 'silence-names-a-finding',
    field: 'metadata.annotations[cdk8s-jobs/silence]',
    type: 'NotFound',
    severity: 'warning',
    value: 'on-failure-hides-log',
    message: 'there is no finding of this id',
    hint: 'did you mean on-failure-hides-logs?',
  }],
  ['the id of an error', scheduled({}, {}, silence('parallelism-not-negative')), {
    field: 'spec.jobTemplate.spec.template.metadata.annotations[cdk8s-jobs/silence]',
    type: 'Invalid',
    value: 'parallelism-not-negative',
    message: 'it is an error: only warnings and advice can be silenced',
  }],
  ['an id in a JobSet that there is not', set(silence('nothing'), {}, {}), { field: 'metadata.annotations[cdk8s-jobs/silence]', value: 'nothing' }],
  ['an id in a Job of a JobSet that there is not', set({}, silence('nothing'), {}), {
    field: 'spec.replicatedJobs[0].template.metadata.annotations[cdk8s-jobs/silence]', value: 'nothing',
  }],
])('%s is told itself', (_, manifest, finding) => {
  expect(validateManifest(manifest, { kubernetesVersion: '1.36' }).filter(({ rule }) => rule === 'silence-names-a-finding')).toMatchObject([finding]);
});

test('an error is told, whatever is silenced', () => {
  const manifest = { ...inJob({ parallelism: -1 }), metadata: { name: 'demo', ...silence('parallelism-not-negative') } };
  expect(rulesOf(manifest, { advice: 'none' })).toEqual(['parallelism-not-negative', 'silence-names-a-finding']);
});

test.each<[ValidateOptions, string, string | undefined]>([
  [{ silence: ['on-failure-hide-logs'] }, 'Cannot silence on-failure-hide-logs: there is no finding of this id', 'did you mean on-failure-hides-logs?'],
  [{ silence: ['parallelism-not-negative'] }, 'Cannot silence parallelism-not-negative: it is an error: only warnings and advice can be silenced', undefined],
  [{ advice: 'some' as 'all' }, 'Cannot tell some advice', 'choose one of default, all, none'],
])('options that cannot be are wrong usage: %j', (options, message, hint) => {
  const call = (): unknown => validateManifest(job, options);
  expect(call).toThrow(UsageError);
  expect(call).toThrow(expect.objectContaining({ message, hint }));
});

test('every warning and every advice can be silenced', () => {
  const weak = [
    ...allRules.filter(({ severity = 'error' }) => severity !== 'error').map(({ id }) => id),
    ...[...otherFindings].filter(([, { severity }]) => severity !== 'error').map(([id]) => id), 'after-names-a-job',
  ];
  expect(weak.length).toBeGreaterThan(40);
  expect(() => validateManifest(job, { silence: weak })).not.toThrow();
});
