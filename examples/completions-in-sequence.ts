/** Three successes, one pod after the other. */
import { App, Chart } from 'cdk8s';
import { FixedCompletionJob } from 'cdk8s-jobs';

const app = new App();
const chart = new Chart(app, 'completions-in-sequence');

new FixedCompletionJob(chart, 'job', {
  metadata: { name: 'sequential-job' },
  completions: 3,
  parallelism: 1,
  restartPolicy: 'Never',
  containers: [{ name: 'step', image: 'busybox:1.36', command: ['sh', '-c', 'echo "Processing one item"'] }],
});

app.synth();
