// Plain JavaScript, so that node loads nothing else: waits for Jobs with client-node's informer and prints the name of each when it is complete.
const { BatchV1Api, KubeConfig, makeInformer } = require('@kubernetes/client-node');

const { IDENTITY, NAMESPACE, NAMES, ACTION } = process.env;

async function main() {
  const { server, token, ca, cert, key } = JSON.parse(IDENTITY);
  const base64 = (text) => (text === undefined ? undefined : Buffer.from(text).toString('base64'));
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: [{ name: 'bench', server, caData: base64(ca), skipTLSVerify: ca === undefined }],
    users: [{ name: 'bench', certData: base64(cert), keyData: base64(key), token }],
    contexts: [{ name: 'bench', cluster: 'bench', user: 'bench' }],
    currentContext: 'bench',
  });
  const api = config.makeApiClient(BatchV1Api);
  const names = new Set(JSON.parse(NAMES));
  if (ACTION !== undefined) await api.createNamespacedJob({ namespace: NAMESPACE, body: JSON.parse(ACTION) });
  const path = `/apis/batch/v1/namespaces/${NAMESPACE}/jobs`;
  const informer = makeInformer(config, path, () => api.listNamespacedJob({ namespace: NAMESPACE }));
  const see = ({ metadata: { name }, status: { conditions = [] } = {} }) => {
    if (!conditions.some(({ type, status }) => type === 'Complete' && status === 'True') || !names.delete(name)) return;
    process.stdout.write(`done ${name}\n`);
    if (names.size === 0) process.exit(0);
  };
  informer.on('add', see);
  informer.on('update', see);
  await informer.start();
  process.stdout.write('ready\n');
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
