import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startCluster } from './harness/cluster';
import { readClusterRecord } from './harness/cluster-record';
import { ClusterUnavailableError } from './harness/errors';
import { clustersFolder } from './harness/folders';
import { buildKubernetes } from './harness/kubernetes-build';
import { defaultKubernetesVersion, writeKubernetesModule } from './harness/kubernetes-module';
import { endCluster } from './harness/leftovers';

const usage = `usage: npx tsx test/cluster/main.ts COMMAND
  up [--kubernetes 1.36.3] [--without-node]   start a cluster that stays until "down"
  down                                        end it
  kubeconfig                                  print the path of its kubeconfig
  kubectl ARGS…                               kubectl of its version, as its administrator
  build [--kubernetes 1.36.3]                 only build the programs
  module VERSION                              write kubernetes/go.mod and go.sum for another default version
`;

const folder = join(clustersFolder(), 'kept');
const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function main(command: string | undefined, args: readonly string[]): Promise<number> {
  const version = valueOf(args, '--kubernetes');
  switch (command) {
    case 'up': {
      if (existsSync(join(folder, 'cluster.json'))) throw new ClusterUnavailableError('Cannot start a cluster: one is up; "down" ends it');
      endCluster(folder);
      await startCluster({ ...(version === undefined ? {} : { version }), withNode: !args.includes('--without-node'), keep: true, name: 'kept' });
      say(`export KUBECONFIG=${record().kubeconfig}`);
      return 0;
    }
    case 'down':
      endCluster(folder);
      return 0;
    case 'kubeconfig':
      process.stdout.write(`${record().kubeconfig}\n`);
      return 0;
    case 'kubectl':
      return spawnSync(record().kubectl, args, { stdio: 'inherit', env: { ...process.env, KUBECONFIG: record().kubeconfig } }).status ?? 1;
    case 'build':
      process.stdout.write(`${await buildKubernetes(version ?? defaultKubernetesVersion(), say)}\n`);
      return 0;
    case 'module':
      writeKubernetesModule(args[0] ?? defaultKubernetesVersion(), join(__dirname, 'kubernetes'), say);
      return 0;
    default:
      process.stderr.write(usage);
      return 2;
  }
}

function record(): ReturnType<typeof readClusterRecord> {
  const path = join(folder, 'cluster.json');
  if (!existsSync(path)) throw new ClusterUnavailableError('Cannot find a cluster: none is up; "up" starts one');
  return readClusterRecord(path);
}

function valueOf(args: readonly string[], option: string): string | undefined {
  const index = args.indexOf(option);
  return index === -1 ? undefined : args[index + 1];
}

main(process.argv[2], process.argv.slice(3)).then(
  (status) => { process.exitCode = status; },
  (error: unknown) => {
    process.stderr.write(`${error instanceof ClusterUnavailableError ? error.message : String((error as Error).stack)}\n`);
    process.exitCode = 1;
  },
);
