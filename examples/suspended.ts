/** A Job that waits for `suspend: false`: nothing runs until then, and the time does not count. */
import { App, Chart } from 'cdk8s';
import { NonParallelJob } from 'cdk8s-jobs';

const app = new App();
const chart = new Chart(app, 'suspended');

new NonParallelJob(chart, 'job', {
  metadata: { name: 'suspended-job' },
  suspend: true,
  restartPolicy: 'Never',
  containers: [{ name: 'main', image: 'busybox:1.36', command: ['sh', '-c', 'echo "Running after resumption"'] }],
});

app.synth();
