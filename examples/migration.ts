/** A construct of a team's own: it sets what all its migrations share, and passes the rest on. */
import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { NonParallelJob, type NonParallelJobProps } from 'cdk8s-jobs';

/** What a migration takes: all of a Job but the containers, which it makes, and the restart policy, which it knows. */
interface MigrationJobProps extends Omit<NonParallelJobProps, 'containers' | 'restartPolicy'> {
  /** The image of the service; its migrations are in it. */
  readonly image: string;
  /** What runs them. */
  readonly command: readonly string[];
}

/** Migrates a database, once: a migration that has failed is looked at before it runs again. */
class MigrationJob extends Construct {
  public readonly job: NonParallelJob;

  public constructor(scope: Construct, id: string, { image, command, ...rest }: MigrationJobProps) {
    super(scope, id);
    this.job = new NonParallelJob(this, 'job', {
      backoffLimit: 0,
      activeDeadlineSeconds: 1800,
      ...rest,
      podMetadata: { ...rest.podMetadata, labels: { 'app.kubernetes.io/component': 'migration', ...rest.podMetadata?.labels } },
      restartPolicy: 'Never',
      containers: [{ name: 'migrate', image, command }],
    });
  }
}

const app = new App();
const chart = new Chart(app, 'migration');

new MigrationJob(chart, 'orders', {
  metadata: { name: 'migrate-orders' },
  image: 'busybox:1.36',
  command: ['echo', 'Migrating orders'],
  activeDeadlineSeconds: 600,
  ttlSecondsAfterFinished: 3600,
});

app.synth();
