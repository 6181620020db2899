/** Every fault of a real network once, over real sockets: the verdict comes, it is right, and no line of output is lost or doubled. */
import { FakeApiServer, type Fault } from './fake-api-server';
import { container, jobManifest, podOf, running, terminated, withCondition } from './objects';
import type { KubernetesObject } from '../../src/port/cluster-port';
import { jobs } from '../../src/port/resources';
import { KubernetesCluster } from '../../src/runtime/connection/kubernetes-cluster';
import { runJobs } from '../../src/runtime/run';
import type { RunResult } from '../../src/runtime/run-options';
import { reflect } from '../../src/runtime/watch';

class Rig {
  public readonly server = new FakeApiServer();
  public readonly lines: string[] = [];
  public job: KubernetesObject = {};
  private result: Promise<RunResult> | undefined;
  private cluster: KubernetesCluster | undefined;

  public async start(): Promise<void> {
    await this.server.start();
    const applied = new Promise<void>((resolve) => {
      this.server.cluster.onApply = (job) => {
        this.job = job;
        resolve();
      };
    });
    this.cluster = new KubernetesCluster(this.server.identity(), { backoff: { first: 1, longest: 5 } });
    this.result = runJobs(this.cluster, jobManifest('demo'), {
      backoff: { first: 1, longest: 5 }, onLog: (line) => void this.lines.push(line.text), timeoutSeconds: 20,
    });
    await applied;
    await this.until(() => this.server.cluster.openStreams('jobs') === 1 && this.server.cluster.openStreams('pods') === 1);
  }

  public async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise((resolve) => setImmediate(resolve));
  }

  public async pod(): Promise<void> {
    this.server.cluster.put(podOf(this.job, 'demo-1', { phase: 'Running', containerStatuses: [container(running)] }));
    await this.until(() => this.server.cluster.openStreams('logs') === 1);
  }

  public end(): void {
    const { cluster } = this.server;
    cluster.endLog('demo-1', 'main');
    cluster.put(podOf(this.job, 'demo-1', { phase: 'Succeeded', containerStatuses: [container(terminated(0))] }));
    cluster.put(withCondition(this.job, 'Complete', 'CompletionsReached'));
  }

  public async finish(): Promise<RunResult> {
    const result = await this.result as RunResult;
    await this.cluster?.close();
    await this.server.stop();
    return result;
  }
}

const busy: Fault = { type: 'answer', status: 503 };

test.each<[string, (rig: Rig) => void]>([
  ['the watch is reset', ({ server }) => void server.breakStreams('jobs', 'reset')],
  ['the watch ends', ({ server }) => void server.breakStreams('jobs', 'end')],
  ['the watch ends again and again', ({ server }) => {
    for (let time = 0; time < 4; time += 1) server.fail('/jobs?watch', { type: 'answer', status: 200, body: { type: 'BOOKMARK', object: { metadata: {} } } });
    server.breakStreams('jobs', 'end');
  }],
  ['429 on the watch', ({ server }) => {
    server.fail('/jobs?watch', { type: 'answer', status: 429, headers: { 'Retry-After': '0' } });
    server.breakStreams('jobs', 'end');
  }],
  ['410, and 503 on the relist', ({ server }) => {
    server.cluster.compact();
    server.cluster.put({ ...jobManifest('other') });
    server.cluster.compact();
    server.fail('GET /apis/batch/v1/namespaces/default/jobs?fieldSelector', busy);
    server.fail('GET /apis/batch/v1/namespaces/default/jobs?fieldSelector', busy);
    server.breakStreams('jobs', 'end');
  }],
  ['the watch of pods is reset', ({ server }) => void server.breakStreams('pods', 'reset')],
])('%s', async (_, fault) => {
  const rig = new Rig();
  await rig.start();
  fault(rig);
  await rig.pod();
  rig.server.cluster.write('demo-1', 'main', '2026-11-24T00:00:01Z out\n');
  rig.end();
  expect(await rig.finish()).toMatchObject({ ok: true, jobs: [{ verdict: 'Complete' }] });
  expect(rig.lines).toEqual(['out']);
});

test('a half-open watch is given up after a silence, and what was missed is seen', async () => {
  const server = new FakeApiServer();
  await server.start();
  const cluster = new KubernetesCluster(server.identity());
  const stop = new AbortController();
  const seen: string[] = [];
  server.cluster.put(jobManifest('demo'));
  for await (const change of reflect(cluster, jobs, { idle: 50, backoff: { first: 1, longest: 2 } }, stop.signal)) {
    seen.push(change.type);
    if (change.type === 'LISTED') {
      void (async () => {
        while (server.breakStreams('jobs', 'freeze') === 0) await new Promise((resolve) => setImmediate(resolve));
        server.cluster.put(withCondition(jobManifest('demo'), 'Complete'));
      })();
    }
    if (change.type === 'MODIFIED') break;
  }
  stop.abort();
  expect(seen).toEqual(['ADDED', 'LISTED', 'MODIFIED']);
  await cluster.close();
  await server.stop();
});

test('output over many cuts, by ends and resets: every line once, in order', async () => {
  const rig = new Rig();
  await rig.start();
  await rig.pod();
  const expected: string[] = [];
  for (let number = 0; number < 3000; number += 1) {
    const time = new Date(Date.UTC(2026, 10, 24) + Math.floor(number / 3)).toISOString();
    expected.push(`line ${number}`);
    rig.server.cluster.write('demo-1', 'main', `${time} line ${number}\n`);
    if (number % 300 === 299) {
      await rig.until(() => rig.server.cluster.openStreams('logs') === 1);
      await new Promise((resolve) => setImmediate(resolve));
      rig.server.breakStreams('log', number % 600 === 599 ? 'reset' : 'end');
    }
  }
  rig.end();
  expect((await rig.finish()).ok).toBe(true);
  expect(rig.lines).toEqual(expected);
});

test('an error in place of the log is not printed, and the log comes later', async () => {
  const rig = new Rig();
  await rig.start();
  rig.server.fail('/log', { type: 'answer', status: 500, body: { kind: 'Status', code: 500, message: 'no preferred addresses found' } });
  await rig.pod();
  rig.server.cluster.write('demo-1', 'main', '2026-11-24T00:00:01Z out\n');
  rig.end();
  expect((await rig.finish()).ok).toBe(true);
  expect(rig.lines).toEqual(['out']);
});
