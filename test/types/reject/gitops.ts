import { Chart } from 'cdk8s';
import { argocd, flux, NonParallelJob } from 'cdk8s-jobs';

declare const chart: Chart;
const pod = { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] } as const;

//✗ '"before-deployment"'
argocd({ run: 'before-deployment' });
//✗ cleanUp: only a Job that runs 'before-rollout' or 'after-rollout' is deleted after success; for others use rerun, and prune in the Application
argocd({ run: 'once', cleanUp: 'after-success' });
//✗ cleanUp: only a Job that runs 'before-rollout' or 'after-rollout' is deleted after success
argocd({ cleanUp: 'after-success' });
//✗ start: a rollout waits for ever for a suspended Job, and does not wait for the end of one that was resumed; leave start or run out
argocd({ run: 'before-rollout', start: 'later' });
//✗ start: a rollout waits for ever for a suspended Job
argocd({ run: 'before-rollout-when-changed', start: 'later' });
//✗ pause: what is started later has suspend: true, and what is paused by hand has no suspend; leave one of them out
argocd({ start: 'later', pause: 'by-hand' });
//✗ whenRemoved: a hook is never pruned anyway; leave it out
argocd({ run: 'after-rollout', whenRemoved: 'kept' });
//✗ run: Flux has no hooks; put the Job into a Kustomization of its own, and dependsOn into that of the rollout
flux({ run: 'before-rollout' });
//✗ order: Flux has no waves; write one folder and one Kustomization for each level, with dependsOn and wait: true
flux({ order: 'dependencies' });
//✗ health: Flux looks at a whole Kustomization; put the Job into one of its own, without wait
flux({ health: 'ignored' });
//✗ cleanUp: Flux deletes no finished Job; use rerun, and prune: true in the Kustomization
flux({ run: 'once', cleanUp: 'after-success' });
//✗ start: Flux either never touches the Job again, or makes it again on change; leave one of them out, or use run: 'once'
flux({ run: 'on-change', start: 'later' });
//✗ pause: with run: 'once' Flux never touches the Job again, whoever suspends it; leave pause out
flux({ run: 'once', pause: 'by-hand' });
//✗ Type 'string' is not assignable to type 'GitOps'
new NonParallelJob(chart, 'a', { ...pod, gitops: 'argocd' });
