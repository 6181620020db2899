/**
 * The output of many pods on a whole real cluster, beside kubectl: `npx tsx bench/output/main.ts [pods] [lines of each]`.
 * Fails where a line is lost or printed twice.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { costOfProgram, type ProgramCost } from './program-cost';
import { startCluster } from '../../test/cluster/harness/cluster';
import { endCluster } from '../../test/cluster/harness/leftovers';
import { compilePackage } from '../measure';
import { formatNumber, printTable } from '../table';

const [pods = 200, linesOfEach = 500] = process.argv.slice(2).map(Number);
const program = join(compilePackage(), 'cli', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'cdk8s-jobs-bench-'));

const command = ['sh', '-c', `seq ${linesOfEach} | sed "s/^/$HOSTNAME line /"`];
const containers = [{ name: 'main', image: 'busybox:1.36', imagePullPolicy: 'IfNotPresent', command }];
const job = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'printing' },
  spec: { completions: pods, parallelism: pods, template: { spec: { restartPolicy: 'Never', containers } } },
};

/** Throws unless each pod's lines are there, all of them once. */
function checkLines(name: string, output: string): void {
  const lines = output.match(/printing-\w+ line \d+/g) ?? [];
  if (lines.length === pods * linesOfEach && new Set(lines).size === lines.length) return;
  throw new Error(`${name} printed ${lines.length} lines, ${new Set(lines).size} of them different, in place of ${pods * linesOfEach}`);
}

async function main(): Promise<void> {
  const { kubeconfig, kubectl, folder: clusterFolder } = await startCluster({ name: `bench-output-${process.pid}` });
  try {
    const manifest = join(folder, 'job.json');
    writeFileSync(manifest, JSON.stringify(job));
    const connection = ['--kubeconfig', kubeconfig];
    const ways: ReadonlyArray<readonly [name: string, command: string, args: readonly string[]]> = [
      ['`cdk8s-jobs run`, from its creation to its verdict', process.execPath, [program, 'run', manifest, '--timeout', '20m', ...connection]],
      ['`cdk8s-jobs logs`, once it has ended', process.execPath, [program, 'logs', 'printing', ...connection]],
      ['`kubectl logs`, once it has ended', kubectl, [
        'logs', '--selector', 'job-name=printing', '--tail', '-1', '--prefix', '--max-log-requests', String(pods), ...connection,
      ]],
    ];
    const rows: string[][] = [];
    for (const [name, path, args] of ways) {
      const cost = await costOfProgram(path, args);
      checkLines(name, cost.output);
      rows.push([name, ...cellsOf(cost)]);
    }
    printTable([`${formatNumber(pods)} pods, ${formatNumber(pods * linesOfEach)} lines, none lost, none twice`, 's', 's of CPU', 'MB resident'], rows);
  } finally {
    if (clusterFolder !== undefined) endCluster(clusterFolder);
    rmSync(folder, { recursive: true, force: true });
  }
}

function cellsOf({ seconds, cpu, memory }: ProgramCost): string[] {
  return [formatNumber(seconds, 1), formatNumber(cpu, 1), formatNumber(memory)];
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
