import { Chart, Duration, Size } from 'cdk8s';
import { ContainerProps, FixedCompletionJob, IndexedJob, NonParallelJob, NonParallelJobProps, ResourceProps, ScheduledJob, ScheduledJobProps } from 'cdk8s-jobs';
import { Cpu } from 'cdk8s-plus-28';

// A literal is checked by the compiler; a text or a number from elsewhere is taken, and checked when the app is synthesized.
declare const chart: Chart;
declare const environment: Readonly<Record<string, string | undefined>>;
declare const text: string;
declare const gigabytes: number;
const memory = environment.MEMORY ?? '1Gi';
const limits = { cpu: '500m', memory: '1Gi' };
const resources: ResourceProps = { limits: { memory: text } };
const container = { name: 'main', image: 'busybox', resources: { limits: { memory: '1Gi' } } };
const typed: ContainerProps = { name: text, image: text, resources: { limits: { memory: text, cpu: `${gigabytes}` } } };
const main = { name: 'main', image: 'busybox' };

new NonParallelJob(chart, 'text', { restartPolicy: 'Never', containers: [{ ...main, resources: { limits: { memory: text, cpu: 1 } } }] });
new NonParallelJob(chart, 'variable', { restartPolicy: 'Never', containers: [{ ...main, resources: { limits: { memory } } }] });
new NonParallelJob(chart, 'number', { restartPolicy: 'Never', containers: [{ ...main, resources: { limits: { memory: `${gigabytes}Gi`, cpu: gigabytes } } }] });
new NonParallelJob(chart, 'part', { restartPolicy: 'Never', containers: [{ ...main, resources: { limits: { memory: `${text}Gi` } } }] });
new NonParallelJob(chart, 'choice', { restartPolicy: 'Never', containers: [{ ...main, resources: { limits: { memory: gigabytes > 1 ? '1Gi' : '2Gi' } } }] });
new NonParallelJob(chart, 'constant', { restartPolicy: 'Never', containers: [{ ...main, resources: { limits } }, { ...main, resources }, container, typed] });
new NonParallelJob(chart, 'pod', { restartPolicy: 'Never', containers: [main], resources: { limits: { memory: text } }, overhead: { cpu: text } });
new NonParallelJob(chart, 'volumes', {
  restartPolicy: 'Never',
  containers: [{ ...main, env: [{ name: 'CPU', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: text } } }] }],
  volumes: [
    { name: 'a', emptyDir: { sizeLimit: text } }, { name: 'b', emptyDir: { sizeLimit: Size.gibibytes(1) } }, { name: 'c', emptyDir: { sizeLimit: '1Gi' } },
    { name: 'd', ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: Size.gibibytes(2) } } } } } },
  ],
});

new FixedCompletionJob(chart, text, { metadata: { name: `${text}-x` }, completions: gigabytes, parallelism: gigabytes, backoffLimit: gigabytes, restartPolicy: 'Never', containers: [{ name: `${text}-main`, image: text }] });
new IndexedJob(chart, 'indexes', { completions: gigabytes, successPolicy: { rules: [{ succeededIndexes: text }, { succeededIndexes: `0-${gigabytes}` }] }, restartPolicy: 'Never', containers: [main] });
new ScheduledJob(chart, 'schedule', { metadata: { name: text }, schedule: text, timeZone: text, startingDeadlineSeconds: gigabytes, job: { restartPolicy: 'Never', containers: [main] } });
new ScheduledJob(chart, 'default', { schedule: environment.SCHEDULE ?? '@daily', timeZone: environment.ZONE ?? 'UTC', job: { restartPolicy: 'Never', containers: [container] } });

// Words: a text is taken where some are wanted.
new NonParallelJob(chart, 'words', {
  restartPolicy: text,
  podReplacementPolicy: text,
  podFailurePolicy: { rules: [] },
  dnsPolicy: text,
  preemptionPolicy: text,
  tolerations: [{ key: 'gpu', operator: text, effect: text }],
  initContainers: [{ ...main, name: 'init', imagePullPolicy: text, terminationMessagePolicy: text }],
  containers: [{ ...main, imagePullPolicy: environment.PULL ?? 'IfNotPresent', terminationMessagePolicy: text, restartPolicy: text }],
});
new ScheduledJob(chart, 'scheduled-words', { schedule: '@daily', concurrencyPolicy: text, job: { restartPolicy: text, containers: [{ ...main, imagePullPolicy: text }] } });
new NonParallelJob(chart, 'replaced', { restartPolicy: 'Never', podReplacementPolicy: 'TerminatingOrFailed', containers: [main] });
new NonParallelJob(chart, 'replaced-late', { restartPolicy: 'Never', podReplacementPolicy: 'Failed', podFailurePolicy: { rules: [] }, containers: [main] });

// Counts.
new IndexedJob(chart, 'counts', {
  completions: gigabytes + 1, parallelism: gigabytes, backoffLimitPerIndex: gigabytes, maxFailedIndexes: gigabytes, backoffLimit: gigabytes,
  activeDeadlineSeconds: gigabytes, ttlSecondsAfterFinished: gigabytes, podActiveDeadlineSeconds: gigabytes, restartPolicy: 'Never', containers: [main],
});
new FixedCompletionJob(chart, 'zero', { completions: 0, parallelism: 0, backoffLimit: 2147483647, restartPolicy: 'Never', containers: [main] });
new ScheduledJob(chart, 'scheduled-counts', { schedule: '@daily', failedJobsHistoryLimit: gigabytes, successfulJobsHistoryLimit: 0, job: { type: 'Indexed', completions: gigabytes, parallelism: gigabytes, backoffLimitPerIndex: gigabytes, maxFailedIndexes: gigabytes, restartPolicy: 'Never', containers: [main] } });

// Objects of cdk8s and cdk8s-plus.
new NonParallelJob(chart, 'objects', {
  activeDeadlineSeconds: Duration.hours(1),
  ttlSecondsAfterFinished: Duration.days(1),
  podActiveDeadlineSeconds: Duration.minutes(5),
  terminationGracePeriodSeconds: Duration.seconds(10),
  tolerations: [{ operator: 'Exists', tolerationSeconds: Duration.minutes(1) }],
  restartPolicy: 'Never',
  containers: [{
    ...main,
    resources: { requests: { cpu: Cpu.millis(500), memory: Size.mebibytes(64) }, limits: { cpu: Cpu.units(1), memory: '64Mi' } },
    livenessProbe: { tcpSocket: { port: 80 }, periodSeconds: Duration.seconds(5), timeoutSeconds: Duration.seconds(1) },
    lifecycle: { preStop: { sleep: { seconds: Duration.seconds(3) } } },
  }],
});
new NonParallelJob(chart, 'token', { restartPolicy: 'Never', containers: [main], volumes: [{ name: 'token', projected: { sources: [{ serviceAccountToken: { path: 'token', expirationSeconds: Duration.hours(1) } }] } }] });
new ScheduledJob(chart, 'late', { schedule: '@daily', startingDeadlineSeconds: Duration.minutes(5), job: { activeDeadlineSeconds: Duration.hours(1), restartPolicy: 'Never', containers: [main] } });
export const props: NonParallelJobProps = { activeDeadlineSeconds: Duration.hours(1), restartPolicy: 'Never', containers: [typed] };
export const scheduled: ScheduledJobProps = { schedule: text, job: { restartPolicy: 'Never', containers: [typed] } };
