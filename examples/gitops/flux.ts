/**
 * Jobs in Git with Flux: one folder for each step, and a Kustomization for each folder that waits for the one before it.
 *
 * `dist/<step>` holds the objects of a step; point the one Kustomization that you make by hand at `dist/flux`.
 */
import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import { flux, NonParallelJob } from 'cdk8s-jobs';

const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });

const migration = new Chart(app, 'migration', { namespace: 'orders' });
new NonParallelJob(migration, 'migrate', {
  metadata: { name: 'migrate' },
  // A new image, a new name, a new run; what is the same runs no second time.
  rerun: 'on-change',
  activeDeadlineSeconds: 600,
  backoffLimit: 0,
  restartPolicy: 'Never',
  containers: [{ name: 'migrate', image: 'registry.example/orders:7', command: ['migrate', '--lock'] }],
});

const service = new Chart(app, 'service', { namespace: 'orders', labels: { app: 'orders' } });
new ApiObject(service, 'deployment', {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'orders' },
  spec: {
    selector: { matchLabels: { app: 'orders' } },
    template: { metadata: { labels: { app: 'orders' } }, spec: { containers: [{ name: 'orders', image: 'registry.example/orders:7' }] } },
  },
});

// What is checked with Flux's rules: all Jobs of the app.
flux({}).applyTo(app);

/** The order of the steps; each waits until the one before it is ready, a Job until it is Complete. */
const steps = [migration, service];
const kustomizations = new Chart(app, 'flux', { namespace: 'flux-system' });
for (const [position, { node: { id } }] of steps.entries()) {
  const before = steps[position - 1];
  new ApiObject(kustomizations, id, {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: `orders-${id}` },
    spec: {
      sourceRef: { kind: 'GitRepository', name: 'orders' },
      path: `./dist/${id}`,
      interval: '10m',
      prune: true,
      // Without `wait` the next step starts while the Job runs. The timeout is longer than the Job may take.
      wait: true,
      timeout: '15m',
      ...before === undefined ? {} : { dependsOn: [{ name: `orders-${before.node.id}` }] },
    },
  });
}

app.synth();
