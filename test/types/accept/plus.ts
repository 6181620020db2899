import { Chart } from 'cdk8s';
import { NonParallelJob } from 'cdk8s-jobs';
import * as kplus from 'cdk8s-plus-28';

declare const chart: Chart;
const secret = new kplus.Secret(chart, 'secret');
const config = new kplus.ConfigMap(chart, 'config');
const account = new kplus.ServiceAccount(chart, 'account');
const claim = new kplus.PersistentVolumeClaim(chart, 'claim');
const volume = kplus.Volume.fromSecret(chart, 'volume', secret);
const container = new kplus.Container({ image: 'busybox' });

new NonParallelJob(chart, 'job', {
  restartPolicy: 'Never',
  serviceAccountName: account,
  imagePullSecrets: [secret],
  volumes: [volume, { name: 'config', configMap: config }, { name: 'data', persistentVolumeClaim: { claimName: claim } }],
  initContainers: [container],
  containers: [container, {
    name: 'main',
    image: 'busybox',
    env: [
      { name: 'PASSWORD', value: kplus.EnvValue.fromSecretValue({ secret, key: 'password' }) },
      { name: 'TOKEN', valueFrom: { secretKeyRef: { name: secret, key: 'token' } } },
    ],
    envFrom: [{ configMapRef: config }, { secretRef: secret }],
  }],
});
