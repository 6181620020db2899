// Plain JavaScript, so that node loads nothing else: applies a Job with the compiled package, and prints its name when its verdict is there.
const { join } = require('node:path');

const { LIBRARY, IDENTITY, NAMESPACE, ACTION } = process.env;
const load = (file) => require(join(LIBRARY, 'runtime', file));

async function open() {
  const { server, token, ...tls } = JSON.parse(IDENTITY);
  const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  const credentials = async () => ({ headers, tls });
  const { KubernetesCluster } = load('connection/kubernetes-cluster');
  return new (load('cluster').Cluster)(new KubernetesCluster({ context: 'bench', namespace: NAMESPACE, server, credentials }));
}

async function main() {
  const cluster = await open();
  const options = {
    failFast: false,
    onLog: () => undefined,
    onProgress: ({ type, verdict }) => {
      if (type === 'ended') process.stdout.write(`${verdict.name} ${verdict.verdict}\n`);
    },
  };
  await cluster.run(JSON.parse(ACTION), options);
  await cluster.close();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
