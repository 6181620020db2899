/**
 * Prints what a simulation costs: `worker.ts <NonIndexed|Indexed> <completions> <library>`,
 * `worker.ts <all kept|the last 100> <days> <library>`.
 */
import { join } from 'node:path';
import type { simulate as Simulate, SimulateOptions } from '../../src/testing/simulate';

/** What a simulation took, beyond loading the package. */
export interface SimulationCost {
  /** Milliseconds, of user and system. */
  readonly cpu: number;
  /** The most that was resident in the process, in MB of 1024². */
  readonly memory: number;
}

const [way = '', size = '0', library = ''] = process.argv.slice(2);
const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox:1.36', command: ['true'] }] } };
const secondsPerDay = 86_400;

function jobOf(completions: number): object {
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'job' }, spec: { completions, parallelism: 20, completionMode: way, template } };
}

function cronJob(): object {
  const spec = { schedule: '* * * * *', jobTemplate: { spec: { template } } };
  return { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'tick' }, spec };
}

const isCronJob = way === 'all kept' || way === 'the last 100';
const manifest = isCronJob ? cronJob() : jobOf(Number(size));
const script = isCronJob
  ? { default: { after: 5 } }
  : { byOrder: Array.from({ length: Number(size) }, (_, order) => ({ after: 1 + (order * 7) % 13 })) };
const options: SimulateOptions = isCronJob ? { until: Number(size) * secondsPerDay, ...(way === 'all kept' ? {} : { keepLast: 100 }) } : {};

// eslint-disable-next-line @typescript-eslint/no-require-imports -- compiled code is what users run
const { simulate } = require(join(library, 'testing', 'simulate.js')) as { readonly simulate: typeof Simulate };
const before = process.cpuUsage();
const trace = simulate(manifest, script, options);
const { user, system } = process.cpuUsage(before);
if (trace.condition !== 'Complete') throw new Error(`the simulation ended with ${String(trace.condition)}: ${String(trace.message)}`);
const cost: SimulationCost = { cpu: (user + system) / 1000, memory: process.resourceUsage().maxRSS / 1024 };
console.log(JSON.stringify(cost));
