import { Chart } from 'cdk8s';
import * as jobs from 'cdk8s-jobs';
import { Construct } from 'constructs';

declare const chart: Chart;
declare const text: string;
declare const count: number;

const minimal = new jobs.NonParallelJob(chart, 'minimal', { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] });
export const plain: jobs.NonParallelJob = minimal;
export const base: jobs.JobConstruct = minimal;

new jobs.FixedCompletionJob(chart, 'fixed', {
  metadata: { name: 'fixed.v1', namespace: 'media', labels: { app: 'x' }, annotations: { note: 'y' }, finalizers: ['example.com/x'] },
  completions: 5,
  parallelism: 2,
  activeDeadlineSeconds: 600,
  podActiveDeadlineSeconds: 60,
  backoffLimit: 4,
  ttlSecondsAfterFinished: 300,
  suspend: true,
  podReplacementPolicy: 'Failed',
  managedBy: 'example.com/queue',
  restartPolicy: 'Never',
  podMetadata: { labels: { app: 'x' }, annotations: { note: 'y' } },
  nodeSelector: { disk: 'ssd' },
  tolerations: [{ key: 'gpu', operator: 'Exists', effect: 'NoSchedule' }],
  volumes: [{ name: 'data', emptyDir: { sizeLimit: '1Gi' } }, { name: 'config', configMap: { name: 'settings' } }],
  initContainers: [
    { name: 'fetch', image: 'busybox', volumeMounts: [{ name: 'data', mountPath: '/data' }] },
    { name: 'proxy', image: 'proxy', restartPolicy: 'Always', readinessProbe: { httpGet: { port: 80 } } },
  ],
  containers: [{
    name: 'main',
    image: 'busybox',
    command: ['sh', '-c'],
    args: ['echo hi'],
    env: [{ name: 'A', value: 'b' }, { name: 'C', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
    envFrom: [{ prefix: 'X_', secretRef: { name: 's' } }],
    resources: { requests: { cpu: '500m', memory: '64Mi' }, limits: { 'cpu': 1, 'memory': '1.5Gi', 'nvidia.com/gpu': 1 } },
    volumeMounts: [{ name: 'data', mountPath: '/data' }, { name: 'config', mountPath: '/config', readOnly: true }],
    lifecycle: { preStop: { sleep: { seconds: 3 } } },
  }],
  podFailurePolicy: {
    rules: [
      { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] },
      { action: 'FailJob', onExitCodes: { containerName: 'main', operator: 'In', values: [42, 43] } },
    ],
  },
});

new jobs.IndexedJob(chart, 'indexed', {
  completions: 8,
  parallelism: 4,
  backoffLimitPerIndex: 1,
  maxFailedIndexes: 3,
  restartPolicy: 'Never',
  successPolicy: { rules: [{ succeededIndexes: '0,2-5', succeededCount: 3 }, { succeededCount: 6 }] },
  podFailurePolicy: { rules: [{ action: 'FailIndex', onExitCodes: { operator: 'NotIn', values: [0] } }] },
  containers: [{ name: 'main', image: 'busybox' }],
});
new jobs.IndexedJob(chart, 'peers', { completions: 3, parallelism: 3, peers: true, restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] });
new jobs.IndexedJob(chart, 'many-peers', { completions: 5000, peers: 'unlisted', restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] });
new jobs.IndexedJob(chart, 'round-counts', { completions: 1e3, parallelism: 0x10, backoffLimit: 1_000, priority: -5, restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] });
new jobs.IndexedJob(chart, 'perhaps-peers', { completions: 3, peers: count > 1, restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] });
export const hosts: string = new jobs.IndexedJob(chart, 'hosts', {
  completions: 3, peers: true, restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }],
}).hostOf(0);
new jobs.IndexedJob(chart, 'computed', {
  completions: count, backoffLimitPerIndex: count, maxFailedIndexes: count, restartPolicy: 'OnFailure', containers: [{ name: text, image: text }],
});

new jobs.WorkQueueJob(chart, 'queue', { parallelism: 3, restartPolicy: 'OnFailure', containers: [{ name: 'worker', image: 'busybox' }] });

new jobs.NonParallelJob(chart, 'adopting', {
  manualSelector: true,
  selector: { matchLabels: { app: 'x' } },
  podMetadata: { labels: { app: 'x' } },
  restartPolicy: 'Never',
  containers: [{ name: 'main', image: 'busybox' }],
});

new jobs.NonParallelJob(chart, 'generated', {
  metadata: { name: `run-${count}`, generateName: 'run-' }, restartPolicy: count > 1 ? 'Never' : 'OnFailure', containers: [{ name: `main-${count}`, image: 'busybox' }],
});

// Names that come from elsewhere are checked when the app is synthesized.
const containers = [{ name: text, image: 'busybox', volumeMounts: [{ name: text, mountPath: '/data' }] }];
new jobs.NonParallelJob(chart, text, { metadata: { name: text }, restartPolicy: 'Never', containers, volumes: [{ name: text, emptyDir: {} }] });

const props: jobs.IndexedJobProps = { completions: 3, maxFailedIndexes: 1, backoffLimitPerIndex: 1, restartPolicy: 'Never', containers };
new jobs.IndexedJob(chart, 'props', props);

export class Migration extends jobs.NonParallelJob {
  constructor(scope: Construct, id: string, own: jobs.NonParallelJobProps) {
    super(scope, id, { ...own, backoffLimit: 0 });
  }
}
export class Shards extends jobs.IndexedJob {
  constructor(scope: Construct, id: string, own: jobs.IndexedJobProps) {
    super(scope, id, own);
  }
}
export class Nightly extends jobs.ScheduledJob {
  constructor(scope: Construct, id: string, own: jobs.ScheduledJobProps) {
    super(scope, id, own);
  }
}
new Migration(chart, 'migration', { restartPolicy: 'Never', containers });
new jobs.NonParallelJob(chart, 'rerun', { rerun: 'on-change', restartPolicy: 'Never', containers });
new jobs.IndexedJob(chart, 'rerun-on', { rerun: { on: String(chart) }, completions: 3, restartPolicy: 'Never', containers });

// A queue of Kueue, by name or with more.
new jobs.NonParallelJob(chart, 'queued', { queue: 'team', restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] });
new jobs.IndexedJob(chart, 'partly', {
  queue: { name: 'team', priority: 'high', minParallelism: 2 }, completions: 5, parallelism: 5, restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }],
});
new jobs.ScheduledJob(chart, 'in-turn', { schedule: '@daily', job: { queue: 'team', restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] } });
