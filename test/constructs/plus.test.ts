import { Duration, Lazy, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { newChart, refusal, synth, untyped } from './helpers';
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

test.each<readonly [string, Size | kplus.Cpu, string]>([
  ['kibibytes', Size.kibibytes(500), '500Ki'],
  ['mebibytes', Size.mebibytes(64), '64Mi'],
  ['mebibytes that are a whole number of larger units', Size.mebibytes(2048), '2Gi'],
  ['a fraction of a gibibyte', Size.gibibytes(1.5), '1536Mi'],
  ['pebibytes', Size.pebibyte(1), '1Pi'],
  ['thousandths of a core', kplus.Cpu.millis(500), '500m'],
  ['cores', kplus.Cpu.units(2), '2'],
])('an amount of %s is the quantity that it stands for', (_, amount, quantity) => {
  const chart = newChart();
  new NonParallelJob(chart, 'job', { restartPolicy: 'Never', containers: [{ ...main, resources: { requests: { memory: amount } } }] });
  expect(podOf(chart).containers[0]?.resources).toEqual({ requests: { memory: quantity } });
});

test('a Duration is its seconds wherever seconds stand, and so is a Lazy one', () => {
  const chart = newChart();
  new NonParallelJob(chart, 'job', {
    activeDeadlineSeconds: Duration.hours(1),
    ttlSecondsAfterFinished: Duration.days(1),
    podActiveDeadlineSeconds: Duration.minutes(5),
    terminationGracePeriodSeconds: Lazy.any({ produce: () => Duration.seconds(10) }),
    tolerations: [{ operator: 'Exists', effect: 'NoExecute', tolerationSeconds: Duration.minutes(1) }],
    restartPolicy: 'Never',
    containers: [{
      ...main,
      livenessProbe: { tcpSocket: { port: 80 }, periodSeconds: Duration.seconds(5) },
      lifecycle: { preStop: { sleep: { seconds: Duration.seconds(3) } } },
    }],
  });
  expect(synth(chart)[0]?.spec).toMatchObject({ activeDeadlineSeconds: 3600, ttlSecondsAfterFinished: 86400 });
  expect(podOf(chart)).toMatchObject({
    activeDeadlineSeconds: 300,
    terminationGracePeriodSeconds: 10,
    tolerations: [{ tolerationSeconds: 60 }],
    containers: [{ livenessProbe: { periodSeconds: 5 }, lifecycle: { preStop: { sleep: { seconds: 3 } } } }],
  });
});

test.each<readonly [string, unknown, string]>([
  ['a part of a second', { activeDeadlineSeconds: Duration.millis(1500) }, 'spec.activeDeadlineSeconds: Cannot decode'],
  ['a Duration where a count stands', { backoffLimit: Duration.seconds(3) }, "can't render non-simple object of type 'Duration'"],
  ['a computed text that is no quantity', { resources: { limits: { memory: 'much' } } }, 'spec.template.spec.resources'],
])('%s is refused at synth', (_, props, words) => {
  const chart = newChart();
  new NonParallelJob(chart, 'x', untyped({ restartPolicy: 'Never', containers: [main], ...props as object }));
  expect(refusal(() => synth(chart)).join('\n')).toContain(words);
});
