/** A Job that is deleted, with its pods and logs, five minutes after it has finished. */
import { App, Chart } from 'cdk8s';
import { NonParallelJob } from 'cdk8s-jobs';

const app = new App();
const chart = new Chart(app, 'time-to-live');

new NonParallelJob(chart, 'job', {
  metadata: { name: 'ttl-job' },
  ttlSecondsAfterFinished: 300,
  restartPolicy: 'Never',
  containers: [{ name: 'main', image: 'busybox:1.36', command: ['sh', '-c', 'echo "Gone in five minutes"'] }],
});

app.synth();
