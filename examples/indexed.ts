/** Three pods, each with an index of its own: it is in JOB_COMPLETION_INDEX. */
import { App, Chart } from 'cdk8s';
import { IndexedJob } from 'cdk8s-jobs';

const app = new App();
const chart = new Chart(app, 'indexed');

new IndexedJob(chart, 'job', {
  metadata: { name: 'indexed-job' },
  completions: 3,
  parallelism: 3,
  backoffLimitPerIndex: 1,
  restartPolicy: 'Never',
  containers: [{ name: 'shard', image: 'busybox:1.36', command: ['sh', '-c', 'echo "Shard $JOB_COMPLETION_INDEX of 3"'] }],
});

app.synth();
