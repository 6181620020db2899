import fc from 'fast-check';
import { FakeCluster } from './fake-cluster';
import { ManualTimers, settled } from './manual-timers';
import { container, jobManifest, podOf, running, terminated } from './objects';
import { ClusterError, type KubernetesObject } from '../../src/port/cluster-port';
import { LogFollower } from '../../src/runtime/log-follow';
import { LineSplitter } from '../../src/runtime/log-line';
import { LogPosition } from '../../src/runtime/log-position';

const time = (millisecond: number): string => new Date(Date.UTC(2026, 10, 24) + millisecond).toISOString();

class Follow {
  public readonly cluster = new FakeCluster();
  public readonly timers = new ManualTimers();
  public readonly lines: string[] = [];
  public readonly trouble: string[] = [];
  public readonly follower: LogFollower;
  private readonly job: KubernetesObject;

  public constructor() {
    this.job = this.cluster.put(jobManifest('demo'));
    this.follower = new LogFollower(this.cluster, 'demo', {
      timers: this.timers,
      onLine: (line) => void this.lines.push(`${line.source.container}#${line.source.attempt} ${line.text}`),
      onTrouble: (error) => void this.trouble.push(error.message),
    });
  }

  public async pod(...containerStatuses: object[]): Promise<KubernetesObject> {
    const pod = this.cluster.put(podOf(this.job, 'pod-1', { containerStatuses }));
    this.follower.observe('MODIFIED', pod);
    await settled();
    return pod;
  }

  public async write(text: string, name = 'main', attempt = 0): Promise<void> {
    this.cluster.write('pod-1', name, text, attempt);
    await settled();
  }

  public async finish(): Promise<void> {
    const done = this.follower.finish(60_000);
    await this.timers.pass(60_000);
    await done;
  }
}

test('lines come as they are written, and the follower ends with the container', async () => {
  const follow = new Follow();
  await follow.pod(container(running));
  await follow.write(`${time(0)} one\n`);
  expect(follow.lines).toEqual(['main#0 one']);
  await follow.write(`${time(10)} two\n`);
  follow.cluster.endLog('pod-1', 'main');
  await follow.pod(container(terminated(0)));
  await follow.finish();
  expect(follow.lines).toEqual(['main#0 one', 'main#0 two']);
});

test('nothing is waited for once all has been read: a timer would keep the process alive', async () => {
  const follow = new Follow();
  await follow.pod(container(running));
  await follow.write(`${time(0)} one\n`);
  await follow.pod(container(terminated(0)));
  expect(follow.timers.alarms.size).toBe(1);
  follow.cluster.endLog('pod-1', 'main');
  await settled();
  expect(follow.timers.alarms.size).toBe(0);
  await follow.finish();
  expect(follow.lines).toEqual(['main#0 one']);
});

test('the end of a stream is not the end of the run', async () => {
  const follow = new Follow();
  await follow.pod(container(running));
  await follow.write(`${time(0)} one\n${time(0)} two\n`);
  follow.cluster.cut('logs');
  await follow.timers.pass(1000);
  await follow.write(`${time(1)} three\n`);
  expect(follow.lines).toEqual(['main#0 one', 'main#0 two', 'main#0 three']);
});

test('half a line at a cut is not printed, and the whole one is once', async () => {
  const follow = new Follow();
  await follow.pod(container(running));
  await follow.write(`${time(0)} one\n${time(5)} tw`);
  follow.cluster.cut('logs', new ClusterError('UNREACHABLE', 'connection reset'));
  await follow.timers.pass(1000);
  await follow.write('o\n');
  expect(follow.lines).toEqual(['main#0 one', 'main#0 two']);
  expect(follow.trouble).toEqual(['connection reset']);
});

test('a last line without a newline is not lost', async () => {
  const follow = new Follow();
  await follow.pod(container(running));
  await follow.write(`${time(0)} one\n${time(5)} no newline`);
  follow.cluster.endLog('pod-1', 'main');
  await follow.pod(container(terminated(0)));
  await follow.finish();
  expect(follow.lines).toEqual(['main#0 one', 'main#0 no newline']);
});

test('a container that was never seen to run is read when it has ended', async () => {
  const follow = new Follow();
  follow.cluster.write('pod-1', 'main', `${time(0)} quick\n`);
  follow.cluster.endLog('pod-1', 'main');
  await follow.pod(container({ waiting: { reason: 'ContainerCreating' } }));
  expect(follow.lines).toEqual([]);
  await follow.pod(container(terminated(0)));
  expect(follow.lines).toEqual(['main#0 quick']);
});

test('a restart that was missed is read as the previous run, in order of runs', async () => {
  const follow = new Follow();
  follow.cluster.write('pod-1', 'main', `${time(0)} first\n`, 0);
  follow.cluster.endLog('pod-1', 'main', 0);
  follow.cluster.write('pod-1', 'main', `${time(100)} second\n`, 1);
  await follow.pod(container(running, { restartCount: 1, lastState: terminated(1, 0) }));
  expect(follow.lines.sort()).toEqual(['main#0 first', 'main#1 second']);
  expect(follow.cluster.calls.filter((call) => call.includes('previous'))).toHaveLength(1);
});

test('a container that waits for its restart: the run is the one that has ended', async () => {
  const follow = new Follow();
  await follow.pod(container(running));
  await follow.write(`${time(0)} first\n`);
  follow.cluster.endLog('pod-1', 'main');
  await follow.pod(container(terminated(1)));
  await follow.timers.pass(1000);
  await follow.pod(container({ waiting: { reason: 'CrashLoopBackOff' } }, { lastState: terminated(1, 0) }));
  await follow.write(`${time(100)} second\n`, 'main', 1);
  await follow.pod(container(running, { restartCount: 1, lastState: terminated(1, 0) }));
  expect(follow.lines).toEqual(['main#0 first', 'main#1 second']);
});

test('all containers, init containers too', async () => {
  const follow = new Follow();
  follow.cluster.write('pod-1', 'setup', `${time(0)} ready\n`);
  follow.cluster.endLog('pod-1', 'setup');
  follow.cluster.write('pod-1', 'main', `${time(10)} work\n`);
  const pod = follow.cluster.put(podOf({ metadata: { name: 'demo', uid: 'u' } }, 'pod-1', {
    initContainerStatuses: [container(terminated(0, 0, 'setup'), { name: 'setup' })],
    containerStatuses: [container(running)],
  }));
  follow.follower.observe('ADDED', pod);
  await settled();
  expect(follow.lines.sort()).toEqual(['main#0 work', 'setup#0 ready']);
});

test('a stream that hangs after its container has ended is given up, and what is left is read', async () => {
  const follow = new Follow();
  await follow.pod(container(running));
  await follow.write(`${time(0)} one\n`);
  await follow.pod(container(terminated(0)));
  await follow.timers.pass(10_000);
  await follow.finish();
  expect(follow.lines).toEqual(['main#0 one']);
  expect(follow.cluster.openStreams('logs')).toBe(0);
});

test('a pod that is gone ends its streams', async () => {
  const follow = new Follow();
  const pod = await follow.pod(container(running));
  await follow.write(`${time(0)} one\n${time(1)} half`);
  follow.cluster.remove(pod);
  follow.follower.observe('DELETED', pod);
  await follow.timers.pass(10_000);
  await follow.finish();
  expect(follow.lines).toEqual(['main#0 one', 'main#0 half']);
});

test('property: whatever is cut where, no line comes twice and none is lost', () => {
  const line = fc.record({ step: fc.integer({ min: -300, max: 1500 }), text: fc.stringMatching(/^[a-z]{0,5}$/) });
  fc.assert(fc.property(fc.array(line, { maxLength: 60 }), fc.array(fc.nat({ max: 2000 }), { maxLength: 8 }), (steps, cuts) => {
    let now = 10_000;
    // stdout and stderr may be out of order by less than a second.
    const lines = steps.map(({ step, text }) => {
      now = Math.max(now + Math.max(step, 0), 10_000);
      return { at: now + Math.min(step, 0), text };
    });
    const seconds = (at: number): number => Math.floor(at / 1000);
    const position = new LogPosition();
    const read: string[] = [];
    const take = (bytes: Uint8Array): void => {
      const text = Buffer.from(bytes).toString();
      const at = text.slice(0, text.indexOf(' '));
      if (position.take(at, 1) === 0) read.push(text.slice(at.length + 1, -1));
    };
    for (const cut of [...cuts, Infinity]) {
      const since = position.sinceTime;
      position.rewind();
      const splitter = new LineSplitter();
      const first = since === undefined ? -Infinity : (Date.parse(since) - Date.UTC(2026, 10, 24)) / 1000;
      const served = lines.filter(({ at }) => seconds(at) >= first);
      const bytes = Buffer.from(served.map(({ at, text }) => `${time(at)} ${text}\n`).join(''));
      for (let offset = 0; offset < Math.min(cut, bytes.length); offset += 7) {
        for (const whole of splitter.push(bytes.subarray(offset, Math.min(offset + 7, cut)))) take(whole);
      }
    }
    expect(read).toEqual(lines.map(({ text }) => text));
  }), { numRuns: 300 });
});
