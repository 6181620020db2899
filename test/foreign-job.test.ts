/** A `Job` of another group (`batch.volcano.sh`) is no Job: nothing that reads objects takes it for one. */
import { runMain } from './cli/run-main';
import { makeFolder, type TemporaryFolder } from './cli/temporary-folder';
import { templateContainers, jobSpecOf } from '../src/cli/input/job-specs';
import { JobValidation } from '../src/constructs/synth-plugin';
import { step } from '../src/engine/step';
import { createWorld, findObject, listObjects } from '../src/engine/world';
import { createLocalCluster } from '../src/local/local-cluster';
import { cronJobs, jobs, pods } from '../src/port/resources';
import { validateManifest } from '../src/rules/validate-manifest';
import { simulate } from '../src/testing/simulate';
import { judge } from '../src/verdict/judge';

const pod = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'x' }] };
const apiVersion = 'batch.volcano.sh/v1alpha1';
const foreignJob = { apiVersion, kind: 'Job', metadata: { name: 'train' }, spec: { template: { spec: pod } } };
const foreignCronJob = { apiVersion, kind: 'CronJob', metadata: { name: 'train' }, spec: { schedule: '@daily', jobTemplate: { spec: foreignJob.spec } } };
const ownJob = { ...foreignJob, apiVersion: 'batch/v1' };

let folder: TemporaryFolder;
beforeAll(() => {
  folder = makeFolder({
    'job.json': JSON.stringify(foreignJob),
    'cron-job.json': JSON.stringify(foreignCronJob),
    'own.json': JSON.stringify(ownJob),
  });
});
afterAll(() => folder.remove());

test.each<[string, string[], number, string]>([
  ['validate', ['validate', 'job.json'], 2, '1 of other kinds (not checked)'],
  ['simulate', ['simulate', 'job.json'], 2, 'Cannot find a Job or a CronJob of batch in job.json'],
  ['simulate of a CronJob', ['simulate', 'cron-job.json'], 2, 'Cannot find a Job or a CronJob of batch in cron-job.json'],
  ['run', ['run', 'job.json', '--local'], 125, 'a Job is of batch.volcano.sh/v1alpha1: it is no Job of batch'],
  ['run --once', ['run', 'cron-job.json', '--local', '--once'], 125, 'a CronJob is of batch.volcano.sh/v1alpha1: it is no CronJob of batch'],
  ['diff', ['diff', 'job.json', 'own.json'], 0, 'new'],
])('%s leaves it alone', async (_, args, expected, said) => {
  const { status, stdout, stderr } = await runMain(args, { cwd: folder.path });
  expect(`${stdout}${stderr}`).toContain(said);
  expect(status).toBe(expected);
});

test('the validator and the simulation refuse its group, and advise no version of it', () => {
  const otherGroup = 'expected a Job or CronJob of batch/v1, not a kind of the group batch.volcano.sh';
  expect(validateManifest(foreignJob)).toMatchObject([{ field: 'apiVersion', severity: 'error', message: otherGroup }]);
  expect(simulate(foreignJob).findings).toMatchObject([{ field: 'apiVersion', severity: 'error', message: otherGroup }]);
});

test('the plugin of cdk8s synth does not check it', async () => {
  const violations: unknown[] = [];
  await new JobValidation().validate({
    manifests: ['a.yaml'],
    parseManifest: () => [{ ...foreignJob, spec: { parallelism: -1 } }],
    report: { addViolation: (violation) => violations.push(violation), submit: () => undefined },
  });
  expect(violations).toEqual([]);
});

test('a command line finds no containers in it', () => {
  expect(jobSpecOf(foreignJob)).toBeUndefined();
  expect(templateContainers(jobSpecOf(ownJob) ?? {})).toHaveLength(1);
});

test('the engine keeps it beside a Job of the same name, and makes no pods for it', () => {
  const first = step(createWorld(), { event: 'create', object: foreignJob }, 0);
  const second = step(first.world, { event: 'create', object: ownJob }, 1000);
  const third = step(second.world, { event: 'create', object: foreignCronJob }, 2000);
  expect([first, second, third].map(({ answer }) => answer?.code)).toEqual([201, 201, 201]);
  expect(first.answer?.object).not.toHaveProperty('spec.selector');
  expect(listObjects(first.world, pods)).toEqual([]);
  expect(listObjects(first.world, jobs)).toEqual([]);
  expect(listObjects(third.world, jobs)).toMatchObject([{ apiVersion: 'batch/v1' }]);
  expect(listObjects(third.world, cronJobs)).toEqual([]);
  expect(listObjects(third.world, pods)).toHaveLength(1);
  expect(findObject(third.world, { resource: jobs, name: 'train' })).toMatchObject({ apiVersion: 'batch/v1' });
});

test('the engine does not take its pods for those of a Job', () => {
  const made = step(createWorld(), { event: 'create', object: foreignJob }, 0);
  const uid = made.answer?.object?.metadata?.uid ?? '';
  const owner = { apiVersion, kind: 'Job', name: 'train', uid, controller: true };
  const object = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'train-0', ownerReferences: [owner] }, spec: pod };
  const { answer } = step(made.world, { event: 'create', object }, 1000);
  expect(answer).toMatchObject({ code: 201, object: { metadata: { ownerReferences: [owner] } } });
});

test('the local cluster knows no such kind', async () => {
  const cluster = await createLocalCluster({ seed: 1 });
  await expect(cluster.create(foreignJob)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await cluster.close();
});

test('a verdict is not about it', () => {
  const verdict = judge([{ at: 0, action: { do: 'apply', apiVersion, kind: 'Job', name: 'train' }, answer: { code: 422, body: { reason: 'Invalid' } } }]);
  expect(verdict.verdict).not.toBe('Refused');
});
