import { Chart } from 'cdk8s';
import { NonParallelJob } from 'cdk8s-jobs';

declare const chart: Chart;
const main = { name: 'main', image: 'busybox' } as const;

//✗ Type '"512mb"' is not assignable to type 'QuantityProps
new NonParallelJob(chart, 'a', { restartPolicy: 'Never', containers: [{ ...main, resources: { limits: { memory: '512mb' } } }] });
//✗ Type '"1 GB"' is not assignable to type 'QuantityProps
new NonParallelJob(chart, 'b', { restartPolicy: 'Never', containers: [{ ...main, resources: { requests: { memory: '1 GB' } } }] });
//✗ Type '"half"' is not assignable to type 'QuantityProps
new NonParallelJob(chart, 'c', { restartPolicy: 'Never', containers: [{ ...main, resources: { requests: { cpu: 'half' } } }] });
//✗ Type '"1gi"' is not assignable to type 'QuantityProps
new NonParallelJob(chart, 'd', { restartPolicy: 'Never', containers: [main], volumes: [{ name: 'scratch', emptyDir: { sizeLimit: '1gi' } }] });
