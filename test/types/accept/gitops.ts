import { App, Chart } from 'cdk8s';
import * as jobs from 'cdk8s-jobs';

declare const app: App;
declare const chart: Chart;
const pod = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] } as const;

new jobs.NonParallelJob(chart, 'a', { ...pod, gitops: jobs.argocd({ run: 'before-rollout', cleanUp: 'after-success' }) });
new jobs.NonParallelJob(chart, 'b', { ...pod, rerun: 'on-change', gitops: jobs.argocd({ run: 'before-rollout-when-changed', whenRemoved: 'kept' }) });
new jobs.NonParallelJob(chart, 'c', { ...pod, suspend: true, gitops: jobs.flux({ start: 'later' }) });
new jobs.NonParallelJob(chart, 'd', { ...pod, gitops: jobs.flux({ run: 'once', whenRemoved: 'kept', start: 'later' }) });
new jobs.ScheduledJob(chart, 'e', { schedule: '@daily', job: pod, gitops: jobs.flux({ pause: 'by-hand' }) });
jobs.argocd({ order: 'dependencies', health: 'ignored' }).applyTo(app);
jobs.argocd({ run: 'on-change', pause: 'by-hand' }).applyTo(chart);

const gitops: jobs.GitOps = process() ? jobs.argocd({ run: 'on-change' }) : jobs.flux({ run: 'on-change' });
gitops.applyTo(new jobs.IndexedJob(chart, 'f', { ...pod, completions: 3, gitops }));

declare function process(): boolean;

/** A mixin of constructs, from version 10.5 on. */
interface Mixin {
  supports(construct: jobs.JobConstruct): boolean;
  applyTo(construct: jobs.JobConstruct): void;
}
export const mixin: Mixin = jobs.argocd({ run: 'once' });
