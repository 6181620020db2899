/** The Roles that rbac prints are enough, none of their needed verbs can be left out, and doctor says the same before. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { createNamespace, createUser, deleteNamespace, testCluster, until, untilJobCondition } from './api';
import { openKubeApi } from './kube-api';
import type { KubernetesObject } from '../../src/port/cluster-port';
import type { Cluster } from '../../src/runtime/cluster';
import { connect, openKubernetes } from '../../src/runtime/connection/connect';
import { type DoctorReport, examineCluster } from '../../src/runtime/doctor/doctor';
import { type Right, rightsFor, rulesOf } from '../../src/runtime/doctor/rbac';
import type { Progress } from '../../src/runtime/run-options';
import { runInProcess } from '../end-to-end/local-stage';

const cluster = testCluster();
let namespace: string;
let folder: string;
let users = 0;
let closers: Array<() => Promise<void>> = [];

beforeAll(async () => {
  namespace = await createNamespace(cluster, 'rbac');
  folder = mkdtempSync(join(tmpdir(), 'cdk8s-jobs-rbac-'));
});
afterEach(async () => {
  await Promise.all(closers.map((close) => close()));
  closers = [];
});
afterAll(async () => {
  await deleteNamespace(cluster, namespace);
  rmSync(folder, { recursive: true });
});

const job = (name: string, script = 'echo done'): KubernetesObject => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name },
  spec: {
    backoffLimit: 0,
    template: {
      spec: {
        restartPolicy: 'Never',
        terminationGracePeriodSeconds: 0,
        containers: [{ name: 'main', image: 'busybox:1.36', imagePullPolicy: 'IfNotPresent', command: ['sh', '-c', script] }],
      },
    },
  },
});

/** A kubeconfig of a new user who has these rights and no others. */
async function userWith(rights: readonly Right[]): Promise<string> {
  const name = `user-${users += 1}`;
  const token = await createUser(cluster, namespace, name, rulesOf(rights));
  const [first] = rights;
  if (first !== undefined) await untilAllowed(token, first);
  const config = parse(readFileSync(cluster.kubeconfig, 'utf8')) as { contexts: Array<{ name: string; context: object }> };
  const contexts = config.contexts.map((entry) => ({ ...entry, context: { ...entry.context, user: name, namespace } }));
  const file = join(folder, `${name}.kubeconfig`);
  writeFileSync(file, stringify({ ...config, contexts, users: [{ name, user: { token } }] }));
  return file;
}

/** The authorizer learns of a Role a moment after it was made. */
async function untilAllowed(token: string, { group, resource, verb }: Right): Promise<void> {
  const api = openKubeApi(cluster.kubeconfig, token);
  const [plural, subresource] = resource.split('/');
  await until(`${verb} ${resource} allowed`, async () => {
    const { body } = await api.mustRequest('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: { namespace, group, verb, resource: plural, ...(subresource === undefined ? {} : { subresource }) } },
    });
    return (body as { status: { allowed: boolean } }).status.allowed ? true : undefined;
  });
}

async function connectAs(kubeconfig: string): Promise<Cluster> {
  const connected = await connect({ kubeconfig });
  closers.push(() => connected.close());
  return connected;
}

async function examine(kubeconfig: string): Promise<DoctorReport> {
  const port = await openKubernetes({ kubeconfig, namespace });
  closers.push(() => port.close());
  return examineCluster(port);
}

const ofRun = rightsFor(['run']);
const without = (left: Right): Right[] => ofRun.filter((right) => right !== left);
const nameOf = ({ verb, resource }: Right): string => `${verb} ${resource}`;

test('with the Role of run a Job runs, and nothing of it stays unknown', async () => {
  const connected = await connectAs(await userWith(ofRun));
  const lines: string[] = [];
  const troubles: Progress[] = [];
  const result = await connected.run(job('all'), {
    timeoutSeconds: 60,
    onLog: (line) => void lines.push(line.text),
    onProgress: (progress) => { if (progress.type === 'trouble' || progress.type === 'unwatched') troubles.push(progress); },
  });
  expect(result).toMatchObject({ ok: true, jobs: [{ verdict: 'Complete' }] });
  expect({ lines, troubles }).toEqual({ lines: ['done'], troubles: [] });
});

test.each(ofRun.filter(({ loss }) => loss === undefined).map((right) => [nameOf(right), right] as const))(
  'run cannot do without %s: it says which right is missing', async (_, right) => {
    const kubeconfig = await userWith(without(right));
    const connected = await connectAs(kubeconfig);
    const prefix = `no-${right.verb}`;
    // Several Jobs are listed first, so that nothing is missed between them; one alone is not.
    const outcome = connected.run([job(`${prefix}-1`), job(`${prefix}-2`)], { timeoutSeconds: 30 });
    await expect(outcome).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining(`cannot ${right.verb} resource "${right.resource}" in API group "${right.group}" in the namespace "${namespace}"`),
      hint: expect.stringContaining('rbac'),
    });
    const { ok, checks } = await examine(kubeconfig);
    expect(ok).toBe(false);
    expect(checks.filter(({ result }) => result === 'failed')).toMatchObject([{ subject: right.resource, verb: right.verb }]);
  });

test.each(ofRun.filter(({ loss }) => loss !== undefined).map((right) => [nameOf(right), right] as const))(
  'run can do without %s', async (_, right) => {
    const kubeconfig = await userWith(without(right));
    const connected = await connectAs(kubeconfig);
    const name = `without-${right.verb}-${right.resource.replace('/', '-')}`;
    const said: Progress[] = [];
    const onProgress = (progress: Progress): void => void said.push(progress);
    const result = await connected.run(job(name), { timeoutSeconds: 60, onLog: () => undefined, onProgress });
    expect(result).toMatchObject({ ok: true, jobs: [{ verdict: 'Complete' }] });
    // What a Job's own right lacks is made up for; of all else the user is told what stays unknown.
    const unknown = right.resource === 'pods/log' ? 'the output of its pods' : right.resource;
    const told = right.resource === 'jobs' ? [] : [{ resource: unknown, error: { code: 'FORBIDDEN' } }];
    expect(said.filter(({ type }) => type === 'unwatched')).toMatchObject(told);
    const { ok, checks } = await examine(kubeconfig);
    expect(ok).toBe(true);
    expect(checks).toContainEqual(expect.objectContaining({ subject: right.resource, verb: right.verb, result: 'warning' }));
  });

const path = (plural: string): string => `/apis/batch/v1/namespaces/${namespace}/${plural}`;

/** A Job that has ended, made by the administrator. */
async function endedJob(name: string): Promise<void> {
  await cluster.api.mustRequest('POST', path('jobs'), job(name));
  await untilJobCondition(cluster.api, namespace, name, 'Complete');
}

async function liveJob(name: string, suspend = false): Promise<void> {
  const { spec, ...rest } = job(name, 'sleep 60');
  await cluster.api.mustRequest('POST', path('jobs'), { ...rest, spec: { ...spec as object, suspend } });
}

async function cronJob(name: string): Promise<void> {
  const { spec } = job(name);
  await cluster.api.mustRequest('POST', path('cronjobs'), {
    apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name }, spec: { schedule: '0 0 1 1 *', suspend: true, jobTemplate: { spec } },
  });
}

test.each<[command: string, words: readonly string[], prepare: (name: string) => Promise<void>]>([
  ['wait', ['--timeout', '60', '--follow'], endedJob],
  ['logs', [], endedJob],
  ['logs', ['--follow'], endedJob],
  ['get', [], endedJob],
  ['suspend', [], liveJob],
  ['resume', [], (name) => liveJob(name, true)],
  ['delete', [], endedJob],
  ['retry', [], endedJob],
  ['trigger', [], cronJob],
])('with the Role of %s alone it works: %j', async (command, words, prepare) => {
  const name = `${command}-${words.length}`;
  await prepare(name);
  const kubeconfig = await userWith(rightsFor([command]));
  const { status, stdout, stderr } = await runInProcess([command, name, ...words, '--kubeconfig', kubeconfig], {});
  expect({ status, refusals: stderr.split('\n').filter((line) => /error|forbidden/.test(line)) }).toEqual({ status: 0, refusals: [] });
  if (command === 'logs' || command === 'wait') expect(stdout).toBe('done\n');
});

const call = (commands: readonly string[], ...words: readonly string[]): Promise<Awaited<ReturnType<typeof runInProcess>>> => (
  userWith(rightsFor(commands)).then((kubeconfig) => runInProcess([...words, '--kubeconfig', kubeconfig], {}))
);

test('with the Roles of run and delete together, run --replace makes a Job again', async () => {
  await endedJob('replaced');
  const file = join(folder, 'replaced.json');
  writeFileSync(file, JSON.stringify(job('replaced', 'echo again')));
  expect(await call(['run', 'delete'], 'run', file, '--replace', '--timeout', '60')).toMatchObject({ status: 0, stdout: 'again\n' });
});

test('with the Roles of retry and run together, retry --failed runs indexes again', async () => {
  const { spec } = job('indexed', 'exit $JOB_COMPLETION_INDEX');
  const indexed = { ...job('indexed'), spec: { ...spec as object, completionMode: 'Indexed', completions: 2, backoffLimit: 2, backoffLimitPerIndex: 0 } };
  await cluster.api.mustRequest('POST', path('jobs'), indexed);
  await untilJobCondition(cluster.api, namespace, 'indexed', 'Failed');
  const { status, stderr } = await call(['retry', 'run'], 'retry', 'indexed', '--failed', '--timeout', '60');
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('indexed: 0 of 1 indexes succeeded when run again; not: indexed-index-1') });
  expect(stderr).not.toMatch(/forbidden/);
});

test('a CronJob is suspended, resumed and watched with the Roles for that; delete takes its Jobs with it', async () => {
  await cronJob('scheduled');
  expect(await call(['resume'], 'resume', 'cj/scheduled')).toMatchObject({ status: 0, stdout: 'cronjob.batch/scheduled resumed\n' });
  expect(await call(['suspend'], 'suspend', 'cronjob/scheduled')).toMatchObject({ status: 0, stdout: 'cronjob.batch/scheduled suspended\n' });
  expect(await call(['get'], 'get', 'cj/scheduled', '-w', '--timeout', '3'))
    .toMatchObject({ status: 124, stdout: expect.stringMatching(/^NAME .*\nscheduled +0 0 1 1 \* +<none> +True +0 /), stderr: '' });
  expect(await call(['trigger'], 'trigger', 'scheduled', '--name', 'by-hand')).toMatchObject({ status: 0 });
  expect(await call(['delete'], 'delete', 'cj', 'scheduled')).toMatchObject({ status: 0, stdout: 'cronjob.batch/scheduled deleted\n' });
  await until('its Job is gone', async () => {
    const { status } = await cluster.api.request('GET', `${path('jobs')}/by-hand`);
    return status === 404 ? true : undefined;
  });
});

test('delete -l deletes what has the labels, delete -f what a file names', async () => {
  const labelled = (name: string): KubernetesObject => ({ ...job(name), metadata: { name, labels: { team: 'rbac' } } });
  for (const name of ['chosen-1', 'chosen-2']) await cluster.api.mustRequest('POST', path('jobs'), labelled(name));
  expect(await call(['delete'], 'delete', '-l', 'team=rbac')).toEqual({ status: 0, stdout: 'job.batch/chosen-1 deleted\njob.batch/chosen-2 deleted\n', stderr: '' });
  await endedJob('in-a-file');
  const file = join(folder, 'in-a-file.json');
  writeFileSync(file, JSON.stringify(job('in-a-file')));
  expect(await call(['delete'], 'delete', '-f', file)).toEqual({ status: 0, stdout: 'job.batch/in-a-file deleted\n', stderr: '' });
});

test('with the Role of apply alone Jobs and CronJobs are applied', async () => {
  const file = join(folder, 'both.json');
  const { spec } = job('applied');
  const schedule = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'applied' }, spec: { schedule: '0 0 1 1 *', jobTemplate: { spec } } };
  writeFileSync(file, `${JSON.stringify(job('applied'))}\n${JSON.stringify(schedule)}\n`);
  const kubeconfig = await userWith(rightsFor(['apply']));
  expect(await runInProcess(['apply', file, '--kubeconfig', kubeconfig], {}))
    .toMatchObject({ status: 0, stdout: 'job.batch/applied created\ncronjob.batch/applied created\n' });
});

test('doctor finds everything in order for an administrator', async () => {
  const { status, stdout } = await runInProcess(['doctor', '--kubeconfig', cluster.kubeconfig, '-n', namespace], {});
  expect(stdout).not.toMatch(/^(warning|failed) {2}/m);
  expect({ status, end: stdout.trimEnd().split('\n').at(-1) }).toEqual({ status: 0, end: `run can work in namespace ${namespace}` });
});

test('doctor says to a user without rights what is missing', async () => {
  const { status, stdout } = await runInProcess(['doctor', '--kubeconfig', await userWith([]), '-o', 'json'], {});
  const report = JSON.parse(stdout) as DoctorReport;
  expect(status).toBe(125);
  expect(report).toMatchObject({ ok: false, namespace, user: expect.stringContaining(`system:serviceaccount:${namespace}:`), version: expect.stringMatching(/^v1\.\d+/) });
  expect(report.checks.filter(({ result }) => result === 'failed').map(({ verb, subject }) => `${verb} ${subject}`).sort())
    .toEqual(ofRun.filter(({ loss }) => loss === undefined).map(nameOf).sort());
});

test('doctor says that a token is refused', async () => {
  const file = await userWith([]);
  writeFileSync(file, readFileSync(file, 'utf8').replace(/token: .*/, 'token: expired'));
  const { ok, checks } = await examine(file);
  expect(ok).toBe(false);
  expect(checks.filter(({ result }) => result === 'failed')).toMatchObject([{ subject: 'authentication', advice: expect.stringContaining('log in') }]);
});

test('doctor says that a namespace is not there', async () => {
  const { status, stdout } = await runInProcess(['doctor', '--kubeconfig', cluster.kubeconfig, '-n', 'nowhere'], {});
  expect(status).toBe(125);
  expect(stdout).toMatch(/^failed +namespace +there is no namespace nowhere$/m);
});
