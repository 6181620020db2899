/** Three pods that find one another: the first one leads, and the others know its host name. */
import { App, Chart } from 'cdk8s';
import { IndexedJob } from 'cdk8s-jobs';

const app = new App();
const chart = new Chart(app, 'peers');

const work = `
set -- $(echo "$JOB_PEERS" | tr , ' ')
leader=$1
shift "$JOB_COMPLETION_INDEX"
if [ "$1" = "$leader" ]; then echo "$leader leads"; else echo "$1 works for $leader"; fi
`;

new IndexedJob(chart, 'job', {
  metadata: { name: 'ring' },
  peers: true,
  completions: 3,
  parallelism: 3,
  restartPolicy: 'Never',
  containers: [{ name: 'worker', image: 'busybox:1.36', command: ['sh', '-c', work] }],
});

app.synth();
