import { join } from 'node:path';
import type { KubernetesObject } from '../../../src/port/cluster-port';
import { cronJobs, jobs, services } from '../../../src/port/resources';
import { runProgram } from '../../program/run-program';
import { runMain } from '../run-main';
import { openServedCluster, type ServedCluster } from '../served-cluster';

const spec = { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox:1.36', command: ['true'] }] } } };
const job = (name: string, more: object = {}): KubernetesObject => ({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: { ...spec, ...more } });
const cronJob = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'nightly' }, spec: { schedule: '@daily', jobTemplate: { spec } } };

let served: ServedCluster;
beforeAll(async () => {
  served = await openServedCluster({
    'job.yaml': JSON.stringify(job('etl')),
    'there.yaml': JSON.stringify(job('there', { backoffLimit: 2 })),
    'changed.yaml': JSON.stringify(job('there', { completions: 3 })),
    'refused.yaml': JSON.stringify(job('there', { backoffLimit: -1 })),
    'bad.yaml': JSON.stringify(job('etl', { backoffLimit: -1 })),
    'ring.yaml': JSON.stringify(job('ring', {
      completions: 2,
      completionMode: 'Indexed',
      template: { metadata: { labels: { app: 'ring' } }, spec: { ...spec.template.spec, subdomain: 'ring' } },
    })),
    'nightly.yaml': JSON.stringify(cronJob),
  });
  await served.cluster.create(job('there'));
});
afterAll(() => served.close());

test.each([
  ['run --dry-run=server -f job.yaml', 0, /^job\.batch\/etl created \(server dry run\)\n$/],
  ['run --dry-run server -f there.yaml', 0, /^job\.batch\/there configured \(server dry run\)\n$/],
  ['run --once --dry-run=server -f nightly.yaml', 0, /^job\.batch\/nightly-manual-\w+ created \(server dry run\)\n$/],
  ['run --dry-run=server -f bad.yaml', 125, /^$/],
  ['run --replace --dry-run=server -f changed.yaml', 0, /^job\.batch\/there replaced \(server dry run\)\n$/],
  ['run --replace --dry-run=server -f there.yaml -f job.yaml', 0, /^job\.batch\/etl created \(server dry run\)\njob\.batch\/there replaced \(server dry run\)\n$/],
  ['run --replace --dry-run=server -f refused.yaml', 125, /^$/],
  ['run --dry-run=server -f changed.yaml', 125, /^$/],
  ['apply --dry-run=server -f job.yaml', 0, /^job\.batch\/etl created \(server dry run\)\n$/],
  ['apply --dry-run=server nightly.yaml', 0, /^cronjob\.batch\/nightly created \(server dry run\)\n$/],
])('%s ends with %i, and stores nothing', async (call, status, says) => {
  const { cluster, folder, kubeconfig } = served;
  const words = call.split(' ').map((word) => (word.endsWith('.yaml') ? join(folder, word) : word));
  const result = await runProgram([...words, '--kubeconfig', kubeconfig]);
  expect(result).toMatchObject({ status, stdout: expect.stringMatching(says) as string });
  const found = [await cluster.list(jobs), await cluster.list(cronJobs)].flatMap(({ items }) => items);
  expect(found.map(({ metadata }) => metadata?.name)).toEqual(['there']);
});

test('a Service of peers may be in the cluster, which is asked for it', async () => {
  const { cluster, folder, kubeconfig } = served;
  const warnings = async (file: string): Promise<readonly string[]> => {
    const { status, stderr } = await runProgram(['run', '--dry-run=server', join(folder, file), '--kubeconfig', kubeconfig]);
    expect(status).toBe(0);
    return stderr.split('\n').filter((line) => line.startsWith('warning')).map((line) => line.replace(`${folder}/`, ''));
  };
  const missing = expect.stringMatching(/^warning: ring\.yaml:1:\d+: document 1: spec\.template\.spec\.subdomain: Not found: "ring": there is no Service of this name/);
  expect(await warnings('ring.yaml')).toEqual([missing]);
  const service = (selector: object): KubernetesObject => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'ring' }, spec: { clusterIP: 'None', publishNotReadyAddresses: true, selector } });
  await cluster.create(service({ app: 'other' }));
  expect(await warnings('ring.yaml')).toEqual([
    'warning: service/ring of the cluster: spec.selector[app]: Invalid value: "other": the pods of the Job with this subdomain have the value "ring"',
  ]);
  await cluster.delete({ resource: services, name: 'ring' }, { propagationPolicy: 'Background' });
  await cluster.create(service({ app: 'ring' }));
  expect(await warnings('ring.yaml')).toEqual([]);
});

test.each([
  ['run --dry-run=client job.yaml', 'Allowed choices are server'],
  ['run --local --dry-run=server job.yaml', '--local and --dry-run exclude each other'],
])('%s is refused', async (call, says) => {
  const { status, stderr } = await runMain(call.split(' '), { cwd: served.folder });
  expect([status, stderr]).toEqual([125, expect.stringContaining(says)]);
});

test('what --replace would change is told field by field', async () => {
  const { stderr } = await runProgram(['run', '--replace', '--dry-run=server', join(served.folder, 'changed.yaml'), '--kubeconfig', served.kubeconfig]);
  expect(stderr).toMatch(/^ {2}spec\.completions +1 → 3 +immutable$/m);
  expect(stderr).toMatch(/^nothing was stored, and nothing was started$/m);
});
