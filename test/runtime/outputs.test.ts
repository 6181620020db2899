import { FakeCluster } from './fake-cluster';
import { ManualTimers, settled } from './manual-timers';
import { container, jobManifest, podOf, withCondition } from './objects';
import { valueAt } from '../../src/core/json';
import { ClusterError, type KubernetesObject } from '../../src/port/cluster-port';
import { jobs, pods } from '../../src/port/resources';
import { applyObjects } from '../../src/runtime/apply';
import { runJobs } from '../../src/runtime/run';
import type { RunResult } from '../../src/runtime/run-options';

const rows = '<cdk8s-jobs:output/extract/rows>';

function consumer(name: string, after = 'extract', value = rows): KubernetesObject {
  const job = jobManifest(name);
  const containers = [{ name: 'main', image: 'busybox', args: [`--rows=${value}`] }];
  const annotations = { 'cdk8s-jobs/after': after };
  return { ...job, metadata: { name, annotations }, spec: { ...(job.spec as object), template: { spec: { restartPolicy: 'Never', containers } } } };
}

/** A cluster whose Jobs are complete at once, and leave these messages. */
class CompletingCluster extends FakeCluster {
  public constructor(private readonly messages: Readonly<Record<string, string | undefined>>) {
    super();
    this.onApply = (job) => this.complete(job);
  }

  public complete(job: KubernetesObject): void {
    const name = job.metadata?.name ?? '';
    const end = { exitCode: 0, reason: 'Completed', startedAt: '2026-11-24T00:00:01Z', finishedAt: '2026-11-24T00:00:02Z', message: this.messages[name] };
    this.put(podOf(job, `${name}-1`, { phase: 'Succeeded', containerStatuses: [container({ terminated: end })] }));
    this.put(withCondition(job, 'Complete', 'CompletionsReached'));
  }
}

async function run(cluster: FakeCluster, manifests: readonly KubernetesObject[]): Promise<RunResult> {
  const timers = new ManualTimers();
  let result: RunResult | undefined;
  let error: unknown;
  const ended = runJobs(cluster, [...manifests], { timers });
  void ended.then((done) => { result = done; }, (caught: unknown) => { error = caught; });
  for (let pause = 0; pause < 20 && result === undefined && error === undefined; pause += 1) {
    await settled();
    await timers.pass(2000);
  }
  if (result === undefined) throw error ?? new Error('the run does not end');
  return result;
}

async function argsOf(cluster: FakeCluster, name: string): Promise<unknown> {
  const job = await cluster.get({ resource: jobs, namespace: 'default', name });
  const [main] = valueAt(job, ['spec', 'template', 'spec', 'containers']) as ReadonlyArray<{ readonly args: unknown }>;
  return main?.args;
}

test('an output is filled in when the later Job is started', async () => {
  const cluster = new CompletingCluster({ extract: 'rows=$(HOME) 10' });
  const { ok } = await run(cluster, [consumer('load'), jobManifest('extract')]);
  expect(ok).toBe(true);
  expect(await argsOf(cluster, 'load')).toEqual(['--rows=$$(HOME) 10']);
});

test('run again, what is there keeps what was filled into it, though the pods that it came from are gone', async () => {
  const cluster = new CompletingCluster({ extract: 'rows=10' });
  const manifests = [jobManifest('extract'), consumer('load')];
  await run(cluster, manifests);
  await cluster.delete({ resource: pods, namespace: 'default', name: 'extract-1' }, { propagationPolicy: 'Background' });
  expect((await run(cluster, manifests)).ok).toBe(true);
  expect(await argsOf(cluster, 'load')).toEqual(['--rows=10']);
  expect(await applyObjects(cluster, manifests)).toHaveLength(2);
});

test.each<[string, string | undefined, string]>([
  ['its line', 'row=10', 'output rows of extract is missing: no container of pod extract-1 wrote a line rows=… into its termination message'],
  ['any message', undefined, 'output rows of extract is missing: no container of pod extract-1 wrote a line rows=… into its termination message'],
])('a Job does not start when the one before it left an output without %s, nor what waits for it', async (_, message, why) => {
  const cluster = new CompletingCluster({ extract: message });
  const last = { ...jobManifest('last'), metadata: { name: 'last', annotations: { 'cdk8s-jobs/after': 'load' } } };
  const { jobs: verdicts, ok } = await run(cluster, [jobManifest('extract'), consumer('load'), last, jobManifest('other')]);
  expect(ok).toBe(false);
  expect(verdicts.map(({ name, verdict, diagnosis, message: words }) => [name, verdict, diagnosis, verdict === 'NotStarted' ? words : ''])).toEqual([
    ['extract', 'Complete', 'Succeeded', ''], ['load', 'NotStarted', 'OutputMissing', why],
    ['last', 'NotStarted', 'NotStarted', 'load was not started'], ['other', 'Complete', 'Succeeded', ''],
  ]);
});

test('that pods may not be listed is said', async () => {
  const cluster = new CompletingCluster({ extract: 'rows=10' });
  cluster.refuse = (call) => (call === 'list pods' ? new ClusterError('FORBIDDEN', 'pods is forbidden: User "x" cannot list resource "pods"') : undefined);
  const { jobs: verdicts } = await run(cluster, [jobManifest('extract'), consumer('load')]);
  expect(verdicts[1]).toMatchObject({ verdict: 'NotStarted', message: expect.stringContaining('it may not be read: pods is forbidden') });
});

test('an output of a Job that is not waited for is refused before anything starts', async () => {
  const cluster = new CompletingCluster({});
  await expect(run(cluster, [jobManifest('extract'), consumer('load', '')])).rejects.toMatchObject({
    code: 'INVALID', message: expect.stringContaining('extract/rows is of no Job that this one waits for: name extract in cdk8s-jobs/after'),
  });
  expect(cluster.calls.filter((call) => call.startsWith('apply'))).toEqual([]);
});

test('apply refuses a Job that would start with a text in place of an output', async () => {
  await expect(applyObjects(new CompletingCluster({}), [consumer('load')])).rejects.toMatchObject({
    code: 'INVALID', message: expect.stringContaining('only cdk8s-jobs run fills this in'),
  });
});
