/** The suspended Job once more, resumed: applied over the other one, it starts. */
import { App, Chart } from 'cdk8s';
import { NonParallelJob } from 'cdk8s-jobs';

const app = new App();
const chart = new Chart(app, 'resumed');

new NonParallelJob(chart, 'job', {
  metadata: { name: 'suspended-job' },
  suspend: false,
  restartPolicy: 'Never',
  containers: [{ name: 'main', image: 'busybox:1.36', command: ['sh', '-c', 'echo "Running after resumption"'] }],
});

app.synth();
