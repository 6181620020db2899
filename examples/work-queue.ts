/** Three workers that take items from one queue, here a list of words, until it is empty. */
import { App, Chart } from 'cdk8s';
import { WorkQueueJob } from 'cdk8s-jobs';

const app = new App();
const chart = new Chart(app, 'work-queue');

// A real queue would be Redis or a broker; a worker ends with 0 when there is nothing left to do.
const drain = 'for item in first second third; do echo "Working on $item"; done; echo "Queue empty"';

new WorkQueueJob(chart, 'job', {
  metadata: { name: 'queue-workers' },
  parallelism: 3,
  restartPolicy: 'OnFailure',
  backoffLimit: 4,
  containers: [{ name: 'worker', image: 'busybox:1.36', command: ['sh', '-c', drain] }],
});

app.synth();
