import { Chart } from 'cdk8s';
import { JobSet } from 'cdk8s-jobs';

declare const chart: Chart;
const job = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] } as const;

//✗ Type '"feeder"' is not assignable to type '"leader" | "workers"'
new JobSet(chart, 'a', { replicatedJobs: [{ name: 'leader', job }, { name: 'workers', job, dependsOn: [{ name: 'feeder', status: 'Ready' }] }] });
//✗ Type '"Done"' is not assignable to type '"Ready" | "Complete"'
new JobSet(chart, 'b', { replicatedJobs: [{ name: 'leader', job }, { name: 'workers', job, dependsOn: [{ name: 'leader', status: 'Done' }] }] });
//✗ Type '"driver"' is not assignable to type '"leader"'
new JobSet(chart, 'c', { replicatedJobs: [{ name: 'leader', job }], coordinator: { replicatedJob: 'driver' } });
//✗ Type '"driver"' is not assignable to type '"leader"'
new JobSet(chart, 'd', { replicatedJobs: [{ name: 'leader', job }], successPolicy: { operator: 'All', targetReplicatedJobs: ['driver'] } });
//✗ Property 'completions' is missing
new JobSet(chart, 'e', { replicatedJobs: [{ name: 'leader', job: { ...job, type: 'Indexed' } }] });
//✗ Type '"Always"' is not assignable to type
new JobSet(chart, 'f', { replicatedJobs: [{ name: 'leader', job: { restartPolicy: 'Always', containers: [] } }] });
