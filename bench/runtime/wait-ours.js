// Plain JavaScript, so that node loads nothing else: waits for Jobs with the compiled package and prints the name of each when its verdict is there.
const { join } = require('node:path');

const { LIBRARY, IDENTITY, NAMESPACE, NAMES, ACTION } = process.env;
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
  let isReady = false;
  const options = {
    failFast: false,
    onLog: () => undefined,
    onProgress: ({ type, verdict }) => {
      if (!isReady) process.stdout.write('ready\n');
      isReady = true;
      if (type === 'ended') process.stdout.write(`done ${verdict.name}\n`);
    },
  };
  if (ACTION === undefined) await cluster.wait(JSON.parse(NAMES), options);
  else await cluster.run(JSON.parse(ACTION), options);
  await cluster.close();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
