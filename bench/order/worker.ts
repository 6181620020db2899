/** Prints the milliseconds of CPU that so many Jobs take: `worker.ts <simulate|run|served> <none|levels|chain> <Jobs>`. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { serveCluster } from '../../src/local/api-server';
import type { Executor } from '../../src/local/executor';
import { createLocalCluster, createServedCluster } from '../../src/local/local-cluster';
import { defaultVersion } from '../../src/rules/rule/versions';
import { KubernetesCluster } from '../../src/runtime/connection/kubernetes-cluster';
import { runJobs } from '../../src/runtime/run';
import { simulate } from '../../src/testing/simulate';

const [way = '', order = '', count = '0'] = process.argv.slice(2);
/** How many Jobs stand in one level, and how many of the level before each waits for. */
const [perLevel, earlierJobs] = [10, 3];
/** How much faster than the wall clock the time of the served engine goes, which gathers changes of pods for a second. */
const speed = 100;

/** Containers that end with 0 as soon as they have started. */
const executor: Executor = {
  start(run) {
    run.started();
    return { ended: Promise.resolve({ exitCode: 0 }), signal: () => undefined };
  },
};

function jobAt(position: number): object {
  const level = Math.floor(position / perLevel);
  const earlier = order === 'chain' ? [position - 1] : Array.from({ length: earlierJobs }, (_, step) => (level - 1) * perLevel + (position + step) % perLevel);
  const waits = order !== 'none' && (order === 'chain' ? position > 0 : level > 0);
  const annotations = waits ? { annotations: { 'cdk8s-jobs/after': earlier.map((job) => `job-${job}`).join(',') } } : {};
  const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox:1.36', command: ['true'] }] } };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: `job-${position}`, ...annotations }, spec: { template } };
}

/** The CPU of the calls in this process; the API server has a process of its own. */
async function measure(jobs: readonly object[]): Promise<number> {
  const server = way === 'served' ? fork(__filename, ['serve'], { execArgv: process.execArgv }) : undefined;
  const [url] = server === undefined ? [] : await once(server, 'message') as [string];
  const cluster = url !== undefined
    ? new KubernetesCluster({ context: 'bench', namespace: 'default', server: url, credentials: async () => ({ headers: {}, tls: {} }) })
    : way === 'run' ? await createLocalCluster({ executor }) : undefined;
  const before = process.cpuUsage();
  const isComplete = cluster === undefined ? simulate(jobs).condition === 'Complete' : (await runJobs(cluster, jobs)).ok;
  const { user, system } = process.cpuUsage(before);
  await cluster?.close();
  server?.kill();
  if (!isComplete) throw new Error('not all Jobs are complete');
  return (user + system) / 1000;
}

/** Serves an engine to the process that began this one. */
async function serve(): Promise<void> {
  const start = Date.now();
  const now = (): number => start + (Date.now() - start) * speed;
  const clock = {
    now,
    alarm: (at: number, wake: () => void) => {
      const timer = setTimeout(wake, Math.min(2 ** 31 - 1, Math.max(0, (at - now()) / speed)));
      return () => clearTimeout(timer);
    },
  };
  const cluster = await createServedCluster({ clock, executor });
  const { url } = await serveCluster(cluster, { secret: 'bench', version: defaultVersion, clock });
  process.send?.(url);
}

async function main(): Promise<void> {
  if (way === 'serve') await serve();
  else console.log(await measure(Array.from({ length: Number(count) }, (_, position) => jobAt(position))));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
