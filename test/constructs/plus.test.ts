import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { newChart, synth } from './helpers';
import { NonParallelJob } from '../../src/constructs/non-parallel-job';

type Values = Readonly<Record<string, unknown>>;

function podOf(chart: ReturnType<typeof newChart>): Values & { readonly containers: readonly Values[] } {
  const job = synth(chart).find(({ kind }) => kind === 'Job');
  return (job as { spec?: { template?: { spec?: unknown } } }).spec?.template?.spec as ReturnType<typeof podOf>;
}

const main = { name: 'main', image: 'busybox' };

test('Secrets, ConfigMaps, claims and service accounts stand for their names', () => {
  const chart = newChart();
  const named = { metadata: { name: 'mine' } };
  const secret = new kplus.Secret(chart, 'secret', named);
  const config = new kplus.ConfigMap(chart, 'config', named);
  const account = new kplus.ServiceAccount(chart, 'account', named);
  const claim = kplus.PersistentVolumeClaim.fromClaimName(chart, 'claim', 'mine');
  new NonParallelJob(chart, 'job', {
    restartPolicy: 'Never',
    serviceAccountName: account,
    imagePullSecrets: [secret],
    volumes: [
      { name: 'a', secret }, { name: 'b', secret: { secretName: secret } }, { name: 'c', configMap: config },
      { name: 'd', persistentVolumeClaim: claim }, { name: 'e', persistentVolumeClaim: { claimName: claim, readOnly: true } },
    ],
    containers: [{
      ...main,
      env: [{ name: 'A', valueFrom: { secretKeyRef: { name: secret, key: 'k' } } }, { name: 'B', valueFrom: { configMapKeyRef: { name: config, key: 'k' } } }],
      envFrom: [{ secretRef: secret }, { configMapRef: config, prefix: 'X_' }],
    }],
  });
  expect(podOf(chart)).toEqual({
    restartPolicy: 'Never',
    serviceAccountName: 'mine',
    imagePullSecrets: [{ name: 'mine' }],
    volumes: [
      { name: 'a', secret: { secretName: 'mine' } }, { name: 'b', secret: { secretName: 'mine' } }, { name: 'c', configMap: { name: 'mine' } },
      { name: 'd', persistentVolumeClaim: { claimName: 'mine' } }, { name: 'e', persistentVolumeClaim: { claimName: 'mine', readOnly: true } },
    ],
    containers: [{
      ...main,
      env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'mine', key: 'k' } } }, { name: 'B', valueFrom: { configMapKeyRef: { name: 'mine', key: 'k' } } }],
      envFrom: [{ secretRef: { name: 'mine' } }, { configMapRef: { name: 'mine' }, prefix: 'X_' }],
    }],
  });
});

test('an EnvValue is its value or its source', () => {
  const chart = newChart();
  const secret = kplus.Secret.fromSecretName(chart, 'secret', 'mine');
  new NonParallelJob(chart, 'job', {
    restartPolicy: 'Never',
    containers: [{
      ...main,
      env: [
        { name: 'A', value: kplus.EnvValue.fromValue('text') },
        { name: 'B', value: kplus.EnvValue.fromSecretValue({ secret, key: 'k' }) },
        { name: 'C', value: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_NAME) },
        { name: 'D', value: kplus.EnvValue.fromResource(kplus.ResourceFieldPaths.CPU_LIMIT) },
      ],
    }],
  });
  expect(podOf(chart).containers[0]?.env).toEqual([
    { name: 'A', value: 'text' },
    { name: 'B', valueFrom: { secretKeyRef: { name: 'mine', key: 'k' } } },
    { name: 'C', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    { name: 'D', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } },
  ]);
});

test('a Container and a Volume are what they render, with mounts and variables added later', () => {
  const chart = newChart();
  const volume = kplus.Volume.fromEmptyDir(chart, 'volume', 'scratch', { sizeLimit: Size.mebibytes(64) });
  const container = new kplus.Container({
    name: 'plus',
    image: 'busybox',
    command: ['true'],
    portNumber: 80,
    resources: { cpu: { limit: kplus.Cpu.millis(500) } },
    liveness: kplus.Probe.fromHttpGet('/live'),
    ports: [{ number: 81, hostIp: '127.0.0.1', hostPort: 81 }],
  });
  new NonParallelJob(chart, 'job', { restartPolicy: 'Never', containers: [container], volumes: [volume] });
  container.mount('/scratch', volume);
  container.env.addVariable('A', kplus.EnvValue.fromValue('b'));
  const pod = podOf(chart);
  expect(pod.volumes).toEqual([{ name: 'scratch', emptyDir: { sizeLimit: '64Mi' } }]);
  expect(pod.containers[0]).toMatchObject({
    name: 'plus',
    resources: { limits: { cpu: '500m' } },
    env: [{ name: 'A', value: 'b' }],
    volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }],
    livenessProbe: { httpGet: { path: '/live', port: 80 } },
  });
  expect(JSON.stringify(pod)).toContain('"hostIP":"127.0.0.1"');
});
