import { Chart, Duration } from 'cdk8s';
import { JobSet, JobSetProps, ReplicatedJobProps } from 'cdk8s-jobs';

declare const chart: Chart;
declare const count: number;
declare const names: readonly string[];
const job = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] } as const;

new JobSet(chart, 'train', {
  metadata: { name: 'train', labels: { app: 'x' } },
  network: { subdomain: 'net', enableDNSHostnames: true, publishNotReadyAddresses: true },
  successPolicy: { operator: 'All', targetReplicatedJobs: ['workers'] },
  failurePolicy: { maxRestarts: 3, restartStrategy: 'BlockingRecreate', rules: [{ action: 'FailJobSet', onJobFailureReasons: ['PodFailurePolicy'] }] },
  coordinator: { replicatedJob: 'leader', jobIndex: 0, podIndex: 0 },
  suspend: true,
  managedBy: 'kueue.x-k8s.io/multikueue',
  ttlSecondsAfterFinished: Duration.hours(1),
  replicatedJobs: [
    { name: 'leader', job: { ...job, type: 'Indexed', completions: 1 } },
    { name: 'workers', replicas: count, groupName: 'gpu', dependsOn: [{ name: 'leader', status: 'Ready' }], job: { ...job, type: 'WorkQueue', parallelism: 2 } },
  ],
}).after();
new JobSet(chart, 'computed', { replicatedJobs: names.map((name) => ({ name, job })) });
const entries: ReplicatedJobProps[] = [{ name: 'a', job }, { name: 'b', job, dependsOn: [{ name: 'a', status: 'Complete' }] }];
const props: JobSetProps = { replicatedJobs: entries };
new JobSet(chart, 'variable', props);
