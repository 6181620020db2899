/** One pod that says "Running job": the smallest Job there is. */
import { App, Chart } from 'cdk8s';
import { NonParallelJob } from 'cdk8s-jobs';

const app = new App();
const chart = new Chart(app, 'demo');

new NonParallelJob(chart, 'job', {
  metadata: { name: 'demo-job' },
  restartPolicy: 'Never',
  backoffLimit: 4,
  containers: [{ name: 'demo', image: 'busybox:1.36', command: ['sh', '-c', 'echo "Running job"'] }],
});

app.synth();
