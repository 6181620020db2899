/** Three successes, all pods at the same time. */
import { App, Chart } from 'cdk8s';
import { FixedCompletionJob } from 'cdk8s-jobs';

const app = new App();
const chart = new Chart(app, 'completions-in-parallel');

new FixedCompletionJob(chart, 'job', {
  metadata: { name: 'parallel-job' },
  completions: 3,
  parallelism: 3,
  restartPolicy: 'Never',
  containers: [{ name: 'worker', image: 'busybox:1.36', command: ['sh', '-c', 'echo "Processing in parallel"'] }],
});

app.synth();
