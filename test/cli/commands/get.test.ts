import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { KubernetesObject } from '../../../src/port/cluster-port';
import { jobs } from '../../../src/port/resources';
import { runProgram } from '../../program/run-program';
import { openServedCluster, type ServedCluster } from '../served-cluster';

const containers = [{ name: 'main', image: 'busybox', command: ['true'] }];
const spec = { completions: 2, template: { spec: { restartPolicy: 'Never', containers } } };
const job = (name: string, labels = {}): KubernetesObject => ({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name, labels }, spec });

const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { mode: 'fast' } };

let served: ServedCluster;
let kubeconfig: string;

/** A cluster whose clock is 125 seconds behind, with one Job that has just begun. */
beforeAll(async () => {
  served = await openServedCluster({
    'etl.yaml': JSON.stringify(job('etl')),
    'all.yaml': [job('etl'), settings, job('gone')].map((object) => JSON.stringify(object)).join('\n---\n'),
    'generated.yaml': JSON.stringify({ ...job('x'), metadata: { generateName: 'etl-' } }),
    'routes.yaml': JSON.stringify({ apiVersion: 'example.com/v1', kind: 'Route', metadata: { name: 'r' } }),
  }, 125);
  ({ kubeconfig } = served);
  await served.cluster.create(settings);
  await served.cluster.create(job('etl'));
  const nightly = { schedule: '@yearly', jobTemplate: { spec } };
  await served.cluster.create({ apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'nightly' }, spec: nightly });
  await served.clock.advance(1);
});
afterAll(() => served.close());

test('a table tells ages as kubectl does', async () => {
  const { status, stdout, stderr } = await runProgram(['get', '--kubeconfig', kubeconfig]);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^NAME +STATUS +COMPLETIONS +FAILED +DURATION +AGE\netl +Running +0\/2 +0 +2m\d+s +2m\d+s\n$/);
});

test('names can be given to other commands', async () => {
  const { stdout } = await runProgram(['get', 'job/etl', '-o', 'name', '--kubeconfig', kubeconfig]);
  expect(stdout).toBe('job.batch/etl\n');
});

test.each([
  [['jobs'], /^NAME .*\netl /],
  [['cronjobs'], /^NAME +SCHEDULE +TIMEZONE +SUSPEND +ACTIVE +LAST SCHEDULE +AGE\nnightly +@yearly +<none> +False +0 +<none> +2m\d+s\n$/],
  [['cj', 'nightly', '-o', 'wide'], / CONTAINERS +IMAGES\nnightly .* main +busybox\n$/],
  [['all'], /^NAME .*\njob\.batch\/etl .*\n\nNAME .*\ncronjob\.batch\/nightly .*\n$/],
  [['jobs', '-A'], /^NAMESPACE +NAME +STATUS .*\ndefault +etl /],
  [['job/etl', 'cj/nightly', '-o', 'name'], /^job\.batch\/etl\ncronjob\.batch\/nightly\n$/],
  [['cronjobs', '-o', 'name'], /^cronjob\.batch\/nightly\n$/],
])('get %j prints what kubectl prints', async (words, expected) => {
  const { status, stdout, stderr } = await runProgram(['get', ...words, '--kubeconfig', kubeconfig]);
  expect([status, stderr, stdout]).toEqual([0, '', expect.stringMatching(expected)]);
});

test.each([
  ['-f etl.yaml', 0, /^NAME +STATUS .*\netl +Running .*\n$/, /^$/],
  ['-f etl.yaml -o name', 0, /^job\.batch\/etl\n$/, /^$/],
  ['-f etl.yaml -o yaml', 0, /^apiVersion: batch\/v1\nkind: Job\n/, /^$/],
  ['-f all.yaml', 127, /^NAME +STATUS .*\njob\.batch\/etl .*\n\nNAME +DATA +AGE\nconfigmap\/settings +1 +\d+m\d+s\n$/, /^error: Cannot get jobs "gone" in namespace default/],
  ['-f generated.yaml', 125, /^$/, /^error: Cannot get .*generated\.yaml:1: document 1: it has no metadata\.name/],
  ['-f routes.yaml', 127, /^$/, /^error: .*Route/],
  ['-f missing.yaml', 125, /^$/, /^error: Cannot read .*missing\.yaml/],
  ['-f etl.yaml -w --timeout 1', 124, /^NAME .*\netl +Running /, /^$/],
])('get %s shows what the manifests name, and ends with %i', async (call, expected, prints, says) => {
  const words = call.split(' ').map((word) => (word.endsWith('.yaml') ? join(served.folder, word) : word));
  const { status, stdout, stderr } = await runProgram(['get', ...words, '--kubeconfig', kubeconfig]);
  expect({ status, stdout, stderr }).toEqual({
    status: expected, stdout: expect.stringMatching(prints) as string, stderr: expect.stringMatching(says) as string,
  });
});

test.each([
  [['-f', 'etl.yaml', 'etl'], '-f and a name exclude each other'],
  [['-f', 'etl.yaml', 'jobs'], '-f and jobs exclude each other'],
  [['-f', 'etl.yaml', '-A'], '-A and -f exclude each other'],
  [['-f', 'etl.yaml', '-l', 'a=b'], '-l and -f exclude each other'],
  [['etl', '-A'], '-A and a name exclude each other'],
  [['etl', '-l', 'a=b'], '-l and a name exclude each other'],
  [['-A', '-n', 'media'], '-A and -n exclude each other'],
  [['--timeout', '5'], '--timeout needs -w'],
  [['all', '-w'], 'Cannot watch several kinds in one table'],
  [['-w', 'etl', 'other'], 'Cannot watch several names'],
])('get %j is refused', async (words, says) => {
  const { status, stderr } = await runProgram(['get', ...words, '--kubeconfig', kubeconfig]);
  expect([status, stderr]).toEqual([125, expect.stringContaining(says)]);
});

let watchers: ChildProcess[] = [];
afterEach(() => {
  for (const watcher of watchers) watcher.kill('SIGKILL');
  watchers = [];
});

/** `get -w` as a process: its lines as they come, and its exit status after a signal. */
function startWatching(...words: readonly string[]): {
  next(): Promise<string>;
  /** The lines up to the first that is so. */
  until(isLast: RegExp): Promise<string[]>;
  interrupt(): Promise<number>;
} {
  const child = spawn(process.execPath, [join(__dirname, '../../../lib/cli/main.js'), 'get', ...words, '-w', '--kubeconfig', kubeconfig]);
  watchers.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => String((await lines.next()).value);
  return {
    next,
    until: async (isLast) => {
      const read = [await next()];
      while (!isLast.test(read.at(-1) ?? '')) read.push(await next());
      return read;
    },
    interrupt: async () => {
      child.kill('SIGINT');
      const [status] = await once(child, 'close') as [number];
      return status;
    },
  };
}

test('get -w prints what there is, then a line for every change, until Ctrl-C', async () => {
  const { cluster } = served;
  const watching = startWatching('-l', 'team=a');
  await cluster.create(job('other'));
  await cluster.create(job('report', { team: 'a' }));
  expect([await watching.next(), await watching.next()]).toEqual([
    expect.stringMatching(/^NAME +STATUS +COMPLETIONS +FAILED +DURATION +AGE$/), expect.stringMatching(/^report +Running +0\/2 /),
  ]);
  await cluster.patch({ resource: jobs, name: 'report' }, { spec: { suspend: true } }, 'merge');
  expect(await watching.until(/^report +Suspended +0\/2 /)).toHaveLength(1);
  await cluster.delete({ resource: jobs, name: 'report' }, { propagationPolicy: 'Background' });
  expect((await watching.until(/^report +Deleted +0\/2 /)).length).toBeLessThan(4);
  expect(await watching.interrupt()).toBe(130);
});

test('get NAME -w prints nothing of others; a format is printed object by object', async () => {
  const watching = startWatching('cj/nightly', '-o', 'yaml');
  expect([await watching.next(), await watching.next(), await watching.next()]).toEqual(['---', 'apiVersion: batch/v1', 'kind: CronJob']);
  expect(await watching.interrupt()).toBe(130);
});

test.each([
  [['nope', '-w'], 127, 'Cannot get jobs "nope"'],
  [['etl', '-w', '--timeout', '3'], 124, 'etl '],
])('get %j ends with %i', async (words, expected, says) => {
  const { status, stdout, stderr } = await runProgram(['get', ...words, '--kubeconfig', kubeconfig]);
  expect([status, `${stdout}${stderr}`]).toEqual([expected, expect.stringContaining(says)]);
});
