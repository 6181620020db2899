/** A CronJob: a Job at the start of every hour. */
import { App, Chart } from 'cdk8s';
import { ScheduledJob } from 'cdk8s-jobs';

const app = new App();
const chart = new Chart(app, 'hourly');

new ScheduledJob(chart, 'job', {
  metadata: { name: 'scheduled-job' },
  schedule: '0 * * * *',
  concurrencyPolicy: 'Forbid',
  job: {
    restartPolicy: 'OnFailure',
    containers: [{ name: 'scheduled', image: 'busybox:1.36', command: ['sh', '-c', 'echo "Scheduled job"'] }],
  },
});

app.synth();
