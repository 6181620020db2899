/*
 * Waiting for Jobs beside `kubectl wait` and client-node's informer, on a real API server without a node:
 * `npx tsx bench/runtime/main.ts [--quick]`.
 *
 * Time from sending the status write to the tool's line, requests of a whole run, memory and CPU while nothing happens, and the
 * start of `--help`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Credentials, openProxy } from './counting-proxy';
import { completeJob, createJobs, idleJob } from './jobs';
import { environment, type Task, type Tool, toolsFor } from './tools';
import { WaitingProcess } from './waiting-process';
import { startCluster } from '../../test/cluster/harness/cluster';
import type { ClusterRecord } from '../../test/cluster/harness/cluster-record';
import { endCluster } from '../../test/cluster/harness/leftovers';
import { type KubeApi, openKubeApi } from '../../test/cluster/kube-api';
import { printCosts } from '../comparison';
import { compilePackage, measureInTurn, median, runNode } from '../measure';
import { printTable } from '../table';

const isQuick = process.argv.includes('--quick');
const namespace = 'default';

interface Bench {
  readonly api: KubeApi;
  readonly library: string;
  readonly kubeconfig: string;
  readonly credentials: Credentials;
  readonly tools: readonly Tool[];
}

interface Row {
  readonly latencies: readonly number[];
  readonly writes: readonly number[];
  readonly memory: number;
  /** Milliseconds of CPU per second while nothing happens, and until then. */
  readonly idleCpu: number;
  readonly startCpu: number;
}

/** What is told of waiting, its unit, how many digits behind the point, and whether it grows with the Jobs. */
const parts = [
  ['latency', 'ms from the write of a status to the verdict', 1, false],
  ['write', 'ms that the write itself takes', 1, false],
  ['memory', 'MB resident', 0, true],
  ['startCpu', 'ms of CPU until it waits', 0, true],
  ['idleCpu', 'ms of CPU a second while nothing happens', 1, false],
] as const;

async function main(): Promise<void> {
  const library = compilePackage();
  measureHelp(library);
  const record = await startCluster({ withNode: false, name: `bench-${process.pid}` });
  try {
    const bench = openBench(record, library);
    const counts = isQuick ? [1, 100] : [1, 100, 1000];
    const results: Array<ReadonlyMap<Tool, readonly Row[]>> = [];
    for (const count of counts) results.push(await measureWaiting(bench, count));
    printWaiting(counts, bench.tools, results);
    await measureRequests(bench);
  } finally {
    if (record.folder !== undefined) endCluster(record.folder);
  }
}

function openBench({ kubeconfig, kubectl }: ClusterRecord, library: string): Bench {
  return { api: openKubeApi(kubeconfig), library, kubeconfig, credentials: credentialsOf(kubeconfig), tools: toolsFor(library, kubectl) };
}

/** The start of `--help` beside a node that does nothing, wall-clock. */
function measureHelp(library: string): void {
  const scripts = { 'bare node': ['-e', '0'], 'cdk8s-jobs --help': [join(library, 'cli', 'main.js'), '--help'] } as const;
  const times = measureInTurn(['bare node', 'cdk8s-jobs --help'], isQuick ? 5 : 21, (name) => {
    const started = performance.now();
    const [script, ...args] = scripts[name];
    runNode(script, args);
    return performance.now() - started;
  });
  const over = times['cdk8s-jobs --help'] - times['bare node'];
  console.log(`--help: ${over.toFixed(0)} ms over bare node's ${times['bare node'].toFixed(0)} ms (target 60)\n`);
}

async function measureWaiting({ api, kubeconfig, credentials, tools }: Bench, count: number): Promise<ReadonlyMap<Tool, readonly Row[]>> {
  const rounds = count === 1 ? (isQuick ? 3 : 7) : 1;
  const perRound = count === 1 ? 1 : 20;
  console.log(`waiting for ${count} Job${count === 1 ? '' : 's'}`);
  const results = new Map<Tool, Row[]>(tools.map((tool) => [tool, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const tool of tools) {
      const label = `wait-${count}-${round}-${tools.indexOf(tool)}`;
      const names = await createJobs(api, namespace, label, count);
      const task = { server: api.server, credentials, kubeconfig, namespace, names, label };
      results.get(tool)?.push(await measureTool(api, tool, task, perRound));
      await api.mustRequest('DELETE', `/apis/batch/v1/namespaces/${namespace}/jobs?labelSelector=bench%3D${label}`);
    }
  }
  return results;
}

async function measureTool(api: KubeApi, tool: Tool, task: Task, completions: number): Promise<Row> {
  const waiting = tool.start(task);
  try {
    if (tool.saysReady) await waiting.arrival('ready', 120);
    await pause(task.names.length === 1 ? 1500 : 5000);
    const before = waiting.usage();
    const idle = task.names.length === 1 ? 1000 : 5000;
    await pause(idle);
    const { cpu, memory } = waiting.usage();
    const latencies: number[] = [];
    const writes: number[] = [];
    for (const name of task.names.slice(0, completions)) {
      const { sent, answered } = await completeJob(api, task.namespace, name);
      latencies.push(await waiting.arrival(tool.done(name)) - sent);
      writes.push(answered - sent);
      await pause(150);
    }
    return { latencies, writes, memory, idleCpu: (cpu - before.cpu) / (idle / 1000), startCpu: before.cpu };
  } finally {
    await waiting.end();
  }
}

/** Prints what waiting took, by tools and by how many Jobs were waited for. */
function printWaiting(counts: readonly number[], tools: readonly Tool[], results: ReadonlyArray<ReadonlyMap<Tool, readonly Row[]>>): void {
  for (const [part, unit, digits, grows] of parts) {
    const costs = results.map((rows) => Object.fromEntries(tools.map((tool) => [tool.name, summary(rows.get(tool) ?? [])[part]])));
    printCosts({ title: 'waiting for Jobs', unit, digits, names: tools.map(({ name }) => name), sizes: counts, rounds: 1, growth: grows && counts.length > 2 }, costs);
  }
}

function summary(rows: readonly Row[]): Readonly<Record<(typeof parts)[number][0], number>> {
  return {
    write: median(rows.flatMap(({ writes }) => writes)),
    latency: median(rows.flatMap(({ latencies }) => latencies)),
    memory: median(rows.map(({ memory }) => memory)),
    startCpu: median(rows.map(({ startCpu }) => startCpu)),
    idleCpu: median(rows.map(({ idleCpu }) => idleCpu)),
  };
}

/** What is asked of the API server from the creation of one Job to its verdict. */
async function measureRequests({ api, library, credentials, tools }: Bench): Promise<void> {
  const rows: string[][] = [];
  const proxy = await openProxy(api.server, credentials);
  try {
    for (const [index, { name: tool, saysReady, done }] of tools.entries()) {
      const name = `requests-${index}`;
      const job = idleJob(name, name);
      const task: Task = { server: proxy.url, credentials: {}, kubeconfig: '', namespace, names: [name], label: name };
      proxy.reset();
      const waiting = startRun(tools, index, task, job, library);
      if (saysReady) await waiting.arrival('ready');
      await pause(3000);
      await completeJob(api, namespace, name);
      await waiting.arrival(done(name));
      await waiting.end();
      rows.push([tool, String(proxy.requests.length), proxy.requests.map((request) => `\`${request.replace(/\?.*/, '?…')}\``).join('<br>')]);
    }
    printTable(['one Job is created or applied, and waited for', 'requests', 'which'], rows);
  } finally {
    proxy.close();
  }
}

function startRun(tools: readonly Tool[], index: number, task: Task, job: object, library: string): WaitingProcess {
  const { kubectl = 'kubectl' } = tools[index] ?? {};
  const env = { ...environment(task), ACTION: JSON.stringify(job), LIBRARY: library };
  if (index === 0) return new WaitingProcess(process.execPath, [join(__dirname, 'run-ours.js')], env);
  if (index === 2) return new WaitingProcess(process.execPath, [join(__dirname, 'wait-client-node.js')], env);
  const call = `"${kubectl}" --server=${task.server} --namespace=${task.namespace}`;
  const script = `echo "$ACTION" | ${call} apply -f - && exec ${call} wait job/${task.names[0]} --for=condition=complete --timeout=60s`;
  return new WaitingProcess('sh', ['-c', script], { ...env, KUBECONFIG: '/dev/null' });
}

function credentialsOf(kubeconfig: string): Credentials {
  type Entries = ReadonlyArray<Readonly<Record<string, Record<string, string>>>>;
  const config = parse(readFileSync(kubeconfig, 'utf8')) as Readonly<Record<'clusters' | 'users', Entries>>;
  const [cluster, user] = [config.clusters[0]?.cluster ?? {}, config.users[0]?.user ?? {}];
  const pem = (record: Readonly<Record<string, string>>, field: string): string | undefined => {
    const data = record[`${field}-data`];
    const file = record[field];
    if (data !== undefined) return Buffer.from(data, 'base64').toString();
    return file === undefined ? undefined : readFileSync(file, 'utf8');
  };
  const all = {
    token: user.token,
    ca: pem(cluster, 'certificate-authority'),
    cert: pem(user, 'client-certificate'),
    key: pem(user, 'client-key'),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Credentials;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
