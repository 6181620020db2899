import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '../../../src/port/cluster-port';
import { runProgram } from '../../program/run-program';
import { runMain } from '../run-main';
import { openServedCluster } from '../served-cluster';
import { makeFolder } from '../temporary-folder';

const { path: folder, remove } = makeFolder({});
afterAll(remove);

interface Shape {
  readonly name?: string;
  readonly image?: string;
  readonly parallelism?: number;
}

function job({ name = 'etl', image = 'thumbs:7', parallelism = 2 }: Shape = {}): object {
  const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image, command: ['true'] }] } };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: { parallelism, template } };
}

function file(name: string, ...objects: object[]): string {
  writeFileSync(join(folder, name), objects.map((object) => JSON.stringify(object)).join('\n---\n'));
  return name;
}

test.each<[string, object[], object[], number, RegExp[]]>([
  ['what is equal', [job()], [job()], 0, [/^no difference$/m]],
  ['what can be changed', [job()], [job({ parallelism: 4 })], 0, [/^spec\.parallelism +2 → 4 +in place$/m]],
  ['what cannot be changed, and what to do instead', [job()], [job({ image: 'thumbs:8', parallelism: 4 })], 2, [
    /image +thumbs:7 → thumbs:8 +immutable: needs a new name, or first: cdk8s-jobs delete etl$/m, /^spec\.parallelism .*in place$/m,
  ]],
  ['a new object', [job()], [job(), job({ name: 'load' })], 0, [/^job\.batch\/etl\nno difference$/m, /^job\.batch\/load\n\(all\) +\(none\) → new object +will be created$/m]],
  ['an object that is left out', [job(), job({ name: 'load' })], [job()], 0, [/^job\.batch\/load\n\(all\) +object → \(none\) +stays in the cluster/m]],
])('diff tells %s', async (_, before, after, expected, lines) => {
  const { status, stdout, stderr } = await runMain(['diff', file('old.yaml', ...before), file('new.yaml', ...after)], { cwd: folder });
  expect({ status, stderr }).toEqual({ status: expected, stderr: '' });
  for (const line of lines) expect(stdout).toMatch(line);
});

const refused = (field: string): RegExp => new RegExp(`^new\\.yaml:1:\\d+ +error +${field} +`, 'm');

test.each<[string, object[], object, RegExp[]]>([
  ['that is new', [], job({ parallelism: -1 }), [/new object +is refused, as said below$/m, refused('spec.parallelism')]],
  ['where it has changed', [job()], job({ parallelism: -1 }), [/^spec\.parallelism +2 → -1 +is refused, as said below$/m, refused('spec.parallelism')]],
  ['where it has not', [job({ parallelism: -1 })], job({ parallelism: -1 }), [/^no difference$/m, refused('spec.parallelism')]],
  ['over one that nobody could read', [{ ...job(), spec: [] }], job({ parallelism: -1 }), [refused('spec.parallelism')]],
  ['of a kind that there is not', [], { ...job(), kind: 'job' }, [/did you mean Job\?/]],
])('diff judges a manifest %s', async (_, before, after, lines) => {
  const { status, stdout } = await runMain(['diff', file('old.yaml', ...[...before, { apiVersion: 'v1', kind: 'ConfigMap' }]), file('new.yaml', after)], { cwd: folder });
  expect(status).toBe(2);
  for (const line of lines) expect(stdout).toMatch(line);
});

test('other kinds are compared and not judged', async () => {
  const map = (data: object): object => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data });
  const { status, stdout } = await runMain(['diff', file('old.yaml', map({ a: '1' })), file('new.yaml', map({ a: '2' }))], { cwd: folder });
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'data.a  1 → 2  in place\n' });
});

test('as JSON', async () => {
  const { stdout } = await runMain(['diff', file('old.yaml', job()), file('new.yaml', job({ image: 'thumbs:8' })), '-o', 'json'], { cwd: folder });
  expect(JSON.parse(stdout)).toMatchObject({ kind: 'Diff', objects: [{ name: 'job.batch/etl', changes: [{ from: 'thumbs:7', to: 'thumbs:8', isImmutable: true }] }] });
});

test('diff -f compares with what is in the cluster, and changes nothing there', async () => {
  const cronJob = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'nightly' }, spec: { schedule: '@daily', jobTemplate: { spec: (job() as { spec: object }).spec } } };
  const served = await openServedCluster({});
  const compare = (...objects: object[]): Promise<object> => runProgram(['diff', '-f', join(folder, file('new.yaml', ...objects)), '--kubeconfig', served.kubeconfig]);
  try {
    for (const object of [job(), cronJob]) await served.cluster.apply(object as KubernetesObject);
    await served.clock.advance(1);
    expect(await compare(job())).toEqual({ status: 0, stdout: 'no difference\n', stderr: '' });
    expect(await compare(job({ parallelism: 4 }))).toMatchObject({ status: 0, stdout: expect.stringMatching(/^spec\.parallelism +2 → 4 +in place\n$/) as string });
    expect(await compare(job({ image: 'thumbs:8' }))).toMatchObject({
      status: 2, stdout: expect.stringMatching(/^spec\.template\.spec\.containers\[0\]\.image +thumbs:7 → thumbs:8 +immutable: needs a new name, or first: cdk8s-jobs delete etl\n$/) as string,
    });
    expect(await compare(job({ name: 'load' }), { ...cronJob, spec: { ...cronJob.spec, schedule: '@hourly' } })).toMatchObject({
      status: 0, stdout: expect.stringMatching(/^job\.batch\/load\n\(all\) .*will be created\ncronjob\.batch\/nightly\nspec\.schedule +@daily → @hourly +in place\n$/) as string,
    });
    expect(await compare(job({ parallelism: -1 }))).toMatchObject({ status: 2, stdout: expect.stringMatching(/new\.yaml:1:\d+ +error +spec\.parallelism +Invalid value: -1/) as string });
  } finally {
    await served.close();
  }
});
