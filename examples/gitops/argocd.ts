/**
 * Jobs in Git with Argo CD: a migration before the rollout, only when it has changed, and a smoke test after each rollout.
 *
 * CI runs this and commits `dist/` (`render.yaml`), and an Application with `prune: true` points at it; `review.yaml` comments pull
 * requests.
 */
import { ApiObject, App, Chart } from 'cdk8s';
import { argocd, NonParallelJob } from 'cdk8s-jobs';

const image = 'registry.example/orders:7';
const app = new App();
const chart = new Chart(app, 'orders', { namespace: 'orders', labels: { app: 'orders' } });

new NonParallelJob(chart, 'migrate', {
  metadata: { name: 'migrate' },
  // A new image, a new name, a new run; what is the same runs no second time.
  rerun: 'on-change',
  gitops: argocd({ run: 'before-rollout-when-changed' }),
  activeDeadlineSeconds: 600,
  backoffLimit: 0,
  restartPolicy: 'Never',
  containers: [{ name: 'migrate', image, command: ['migrate', '--lock'] }],
});

new ApiObject(chart, 'deployment', {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'orders' },
  spec: {
    selector: { matchLabels: { app: 'orders' } },
    template: { metadata: { labels: { app: 'orders' } }, spec: { containers: [{ name: 'orders', image }] } },
  },
});

new NonParallelJob(chart, 'smoke-test', {
  metadata: { name: 'smoke-test' },
  gitops: argocd({ run: 'after-rollout', cleanUp: 'after-success' }),
  activeDeadlineSeconds: 120,
  backoffLimit: 0,
  restartPolicy: 'Never',
  containers: [{ name: 'probe', image, command: ['probe', 'http://orders'] }],
});

app.synth();
