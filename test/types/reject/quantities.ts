import { Chart } from 'cdk8s';
import { NonParallelJob, ScheduledJob } from 'cdk8s-jobs';

declare const chart: Chart;
const main = { name: 'main', image: 'busybox' } as const;

//✗ '512mb' is no quantity: write a number, and after it m, k, M, G, T, Ki, Mi, Gi, Ti or nothing, as '500m' or '64Mi'
new NonParallelJob(chart, 'a', { restartPolicy: 'Never', containers: [{ ...main, resources: { limits: { memory: '512mb' } } }] });
//✗ '1 GB' is no quantity: write a number, and after it m, k, M, G, T, Ki, Mi, Gi, Ti or nothing, as '500m' or '64Mi'
new NonParallelJob(chart, 'b', { restartPolicy: 'Never', containers: [{ ...main, resources: { requests: { memory: '1 GB' } } }] });
//✗ 'half' is no quantity: write a number, and after it m, k, M, G, T, Ki, Mi, Gi, Ti or nothing, as '500m' or '64Mi'
new NonParallelJob(chart, 'c', { restartPolicy: 'Never', containers: [{ ...main, resources: { requests: { cpu: 'half' } } }] });
//✗ '1gi' is no quantity: write a number, and after it m, k, M, G, T, Ki, Mi, Gi, Ti or nothing, as '500m' or '64Mi'
new NonParallelJob(chart, 'd', { restartPolicy: 'Never', containers: [main], volumes: [{ name: 'scratch', emptyDir: { sizeLimit: '1gi' } }] });
//✗ '1 gb' is no quantity
new NonParallelJob(chart, 'e', { restartPolicy: 'Never', containers: [main], resources: { requests: { memory: '1 gb' } } });
//✗ '2 cores' is no quantity
new NonParallelJob(chart, 'f', { restartPolicy: 'Never', containers: [main], initContainers: [{ name: 'init', image: 'busybox', resources: { limits: { cpu: '2 cores' } } }] });
//✗ 'much' is no quantity
new ScheduledJob(chart, 'g', { schedule: '@daily', job: { restartPolicy: 'Never', containers: [{ ...main, resources: { limits: { memory: 'much', cpu: '1' } } }] } });
//✗ Type 'true' is not assignable to type 'number | DurationObject
new NonParallelJob(chart, 'h', { restartPolicy: 'Never', containers: [main], activeDeadlineSeconds: true });
