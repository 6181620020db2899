/** Prints the milliseconds of CPU that so many Jobs take: `worker.ts <simulate|run> <none|levels|chain> <Jobs>`. */
import type { Executor } from '../../src/local/executor';
import { createLocalCluster } from '../../src/local/local-cluster';
import { runJobs } from '../../src/runtime/run';
import { simulate } from '../../src/testing/simulate';

const [way = '', order = '', count = '0'] = process.argv.slice(2);
/** How many Jobs stand in one level, and how many of the level before each waits for. */
const [perLevel, earlierJobs] = [10, 3];

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

async function main(): Promise<void> {
  const jobs = Array.from({ length: Number(count) }, (_, position) => jobAt(position));
  const cluster = way === 'run' ? await createLocalCluster({ executor }) : undefined;
  const before = process.cpuUsage();
  const isComplete = cluster === undefined ? simulate(jobs).condition === 'Complete' : (await runJobs(cluster, jobs)).ok;
  const { user, system } = process.cpuUsage(before);
  await cluster?.close();
  if (!isComplete) throw new Error('not all Jobs are complete');
  console.log((user + system) / 1000);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
