import { fluxValueRules } from './flux-values';
import { type KustomizationSettings } from './settings';
import { type FluxTarget, gitOpsRule, hasHashName, inGit, kustomization, measured } from './target';
import { annotated } from './values';
import { fluxAnnotations } from '../../api/gitops';
import { type RuleGroup } from '../rule/rule';
import { minimalPod } from '../rule/wrap';

const { force, ssa, prune, reconcile } = fluxAnnotations;
const forced = { annotations: { [force]: 'enabled' } };
const hashed = { name: 'demo-3f9a2c1' };
const bounded = { activeDeadlineSeconds: 60 };
const waiting = kustomization({ wait: true, timeout: '5m' });
const ignoring = (...ignore: readonly object[]): object => kustomization({ ignore });

/** Ways to `suspend`, and to what of a template cannot change even while the Job is suspended. */
const toSuspend = /^spec(?:\/suspend)?$/;
const toTemplate = /^spec(?:\/template(?:\/spec(?:\/(?:containers|initContainers)(?:\/\d+(?:\/(?:image|command|args|env)(?:\/.+)?)?)?)?)?)?$/;

/** How Flux applies and deletes Jobs. */
const applyGroup: RuleGroup<FluxTarget> = {
  at: '',
  source: measured,
  gitops: 'flux',
  wrap: inGit,
  rules: [
    gitOpsRule({
      id: 'flux-ttl-runs-again',
      field: 'spec.ttlSecondsAfterFinished',
      type: 'Forbidden',
      severity: 'error',
      message: 'Flux makes the Job again at the first interval after it is deleted, and so for ever: leave it out; a name with a hash and prune cleans up',
      cases: 'F15, F16',
      fault: ({ object: { spec }, isJob, marks }) => isJob && !marks.isIgnored && spec?.ttlSecondsAfterFinished !== undefined,
      examples: {
        bad: [{ spec: { ttlSecondsAfterFinished: 60 } }, { annotations: { [ssa]: 'IfNotPresent' }, spec: { ttlSecondsAfterFinished: 60 } }],
        good: [{}, { kind: 'CronJob', spec: { jobTemplate: { spec: { ttlSecondsAfterFinished: 60, template: { spec: minimalPod } } } } }],
      },
    }),
    gitOpsRule({
      id: 'flux-generate-name',
      field: 'metadata.generateName',
      type: 'Forbidden',
      severity: 'error',
      message: 'Flux cannot read an object without a name and applies nothing of the commit: write metadata.name, with a hash of the content for a new run at each change',
      cases: 'F17',
      fault: ({ object: { metadata } }) => (metadata?.name ?? '') === '' && (metadata?.generateName ?? '') !== '',
      examples: { bad: [{ generateName: 'demo-' }], good: [hashed] },
    }),
    gitOpsRule({
      id: 'flux-never-created',
      annotation: reconcile,
      type: 'Forbidden',
      severity: 'error',
      message: 'an object that is disabled in Git is never created, and the Kustomization is Ready: leave it out; it is for objects in the cluster',
      cases: 'F8',
      fault: ({ marks }) => marks.isDisabled,
      examples: { bad: [annotated(reconcile, 'disabled'), { labels: { [reconcile]: 'Disabled' } }], good: [annotated(reconcile, 'enabled')] },
    }),
    gitOpsRule({
      id: 'flux-ignored',
      annotation: ssa,
      type: 'Forbidden',
      severity: 'error',
      message: 'with Ignore the object is never created, and the Kustomization is Ready: write IfNotPresent to create it once and leave it alone then',
      cases: 'F9',
      fault: ({ marks }) => marks.isIgnored && !marks.isDisabled,
      examples: { bad: [annotated(ssa, 'Ignore')], good: [annotated(ssa, 'IfNotPresent')] },
    }),
    gitOpsRule({
      id: 'flux-force-deletes-first',
      annotation: force,
      type: 'Forbidden',
      severity: 'error',
      message: 'the API server refuses what is written here, and force takes that for a change of an immutable field: it deletes the good one with its pods '
        + 'and logs, and makes no new one: mend the other errors before this is committed',
      cases: 'F5',
      fault: (target) => target.isRefused && isForced(target),
      examples: {
        bad: [{ ...forced, spec: { parallelism: -1 } }, { spec: { parallelism: -1 }, beside: [kustomization({ force: true })] }],
        good: [
          forced,
          { spec: { parallelism: 1 }, annotations: { [force]: 'enabled', [ssa]: 'IfNotPresent' } },
        ],
      },
    }),
    gitOpsRule({
      id: 'flux-force-kills',
      annotation: force,
      type: 'Invalid',
      severity: 'advice',
      message: 'force starts the changed Job without waiting for the end of a pod that runs: both may work at once, so take a lock',
      cases: 'F6',
      fault: (target) => target.isJob && isForced(target),
      examples: {
        bad: [forced, { beside: [kustomization({ force: true })] }],
        good: [{}, { annotations: { [force]: 'enabled', [ssa]: 'IfNotPresent' } }],
      },
    }),
    gitOpsRule({
      id: 'flux-old-names-stay',
      field: 'metadata.name',
      type: 'Invalid',
      severity: 'warning',
      message: 'the Kustomization does not prune: Jobs of older content stay, and nobody owns them: set spec.prune: true there',
      cases: 'F11',
      fault: ({ object, isJob, marks, delivery: { kustomization: owner } }) => {
        return isJob && owner?.prune === false && !marks.keeps && hasHashName(object)
          && `${owner.title} does not prune: Jobs of older content stay, and nobody owns them: set spec.prune: true there`;
      },
      examples: {
        bad: [{ ...hashed, beside: [kustomization({ prune: false })] }],
        good: [
          { ...hashed, beside: [kustomization({ prune: true })] },
          { ...hashed, annotations: { [prune]: 'disabled' }, beside: [kustomization({ prune: false })] },
        ],
      },
    }),
    gitOpsRule({
      id: 'flux-started-job-is-suspended',
      field: 'spec.suspend',
      type: 'Invalid',
      severity: 'advice',
      message: 'a Job that somebody starts in the cluster is suspended again at the next interval and its pod killed: '
        + 'write kustomize.toolkit.fluxcd.io/ssa: IfNotPresent, or start it by a commit',
      cases: 'F24, F25, F38',
      fault: (target) => {
        const { object: { spec }, isJob, marks } = target;
        return isJob && spec?.suspend === true && !marks.onlyIfNotPresent && !marks.isIgnored && !ignores(target, toSuspend);
      },
      examples: {
        bad: [{ spec: { suspend: true } }, { spec: { suspend: true }, beside: [ignoring({ paths: ['/spec/suspend'], target: { name: 'other' } })] }],
        good: [
          { annotations: { [ssa]: 'IfNotPresent' }, spec: { suspend: true } },
          { spec: { suspend: true }, beside: [ignoring({ paths: ['/spec/suspend'], target: { kind: 'Job' } })] },
        ],
      },
    }),
    gitOpsRule({
      id: 'flux-cron-job-cannot-be-paused',
      field: 'spec.suspend',
      type: 'Invalid',
      severity: 'warning',
      message: 'false in Git is set again after somebody has paused the CronJob by hand: leave it out, and write kustomize.toolkit.fluxcd.io/ssa: Merge',
      cases: 'F26, F31',
      fault: (target) => {
        const { object: { spec }, isJob, marks } = target;
        return !isJob && spec?.suspend === false && !marks.onlyIfNotPresent && !ignores(target, toSuspend);
      },
      examples: {
        bad: [{ kind: 'CronJob', spec: { suspend: false } }],
        good: [
          { kind: 'CronJob', annotations: { [ssa]: 'Merge' } },
          { kind: 'CronJob', spec: { suspend: false }, beside: [ignoring({ paths: ['/spec/suspend'] })] },
        ],
      },
    }),
    gitOpsRule({
      id: 'flux-template-cannot-be-ignored',
      field: 'metadata.name',
      type: 'Invalid',
      severity: 'warning',
      message: ignoredInVain('the Kustomization'),
      cases: 'F39',
      fault: (target) => {
        const { object, isJob, marks, delivery: { kustomization: owner } } = target;
        return isJob && !marks.isIgnored && !marks.onlyIfNotPresent && !isForced(target) && !hasHashName(object)
          && ignores(target, toTemplate) && ignoredInVain(owner?.title);
      },
      examples: {
        bad: [{ beside: [ignoring({ paths: ['/spec/template'] })] }, { beside: [ignoring({ paths: ['/spec/template/spec/containers/0/image'] })] }],
        good: [
          { annotations: { [ssa]: 'IfNotPresent' }, beside: [ignoring({ paths: ['/spec/template'] })] },
          { beside: [ignoring({ paths: ['/spec/template/spec/nodeSelector', '/spec/suspend'] })] },
          { ...hashed, beside: [ignoring({ paths: ['/spec/template'] })] },
        ],
      },
    }),
  ],
};

/** What Kustomizations wait for. */
const waitGroup: RuleGroup<FluxTarget> = {
  at: '',
  source: measured,
  gitops: 'flux',
  wrap: inGit,
  rules: [
    gitOpsRule({
      id: 'flux-deadline',
      field: 'spec.activeDeadlineSeconds',
      type: 'Required',
      severity: 'warning',
      message: 'the Kustomization waits for the Job until its timeout, and then the pod runs on: say how long it may take',
      cases: 'F34',
      fault: (target) => {
        const owner = waiterOf(target);
        return owner !== undefined && target.object.spec?.activeDeadlineSeconds === undefined
          && `${owner.title} waits for the Job until its timeout, and then the pod runs on: say how long it may take`;
      },
      examples: {
        bad: [{ beside: [waiting] }],
        good: [{ spec: bounded, beside: [waiting] }, { beside: [kustomization({ wait: false })] }],
      },
    }),
    gitOpsRule({
      id: 'flux-deadline-within-timeout',
      field: 'spec.activeDeadlineSeconds',
      type: 'Invalid',
      severity: 'warning',
      message: 'is longer than the Kustomization waits: it reports a timeout while the Job still runs: set a longer spec.timeout there, or a shorter deadline',
      cases: 'F33',
      fault: (target) => {
        const { title = '', timeout } = waiterOf(target) ?? {};
        const deadline = target.object.spec?.activeDeadlineSeconds;
        return timeout !== undefined && deadline !== undefined && deadline > timeout
          && `is longer than the ${timeout} seconds that ${title} waits: it reports a timeout while the Job still runs: set a longer spec.timeout there, or a shorter deadline`;
      },
      examples: { bad: [{ spec: { activeDeadlineSeconds: 600 }, beside: [waiting] }], good: [{ spec: bounded, beside: [waiting] }] },
    }),
    gitOpsRule({
      id: 'flux-suspended-is-ready',
      field: 'spec.suspend',
      type: 'Invalid',
      severity: 'warning',
      message: 'a suspended Job counts as ready: what depends on the Kustomization does not wait for it: leave it out',
      cases: 'F23',
      fault: (target) => {
        const owner = waiterOf(target);
        return owner !== undefined && target.object.spec?.suspend === true
          && `a suspended Job counts as ready: what depends on ${owner.title} does not wait for it: leave it out`;
      },
      examples: { bad: [{ spec: { ...bounded, suspend: true }, beside: [waiting] }], good: [{ spec: { suspend: true } }] },
    }),
    gitOpsRule({
      id: 'flux-dependents-wait',
      field: 'metadata.name',
      type: 'Invalid',
      severity: 'warning',
      message: 'the Kustomization of the Job does not wait for it, so what depends on it starts before the Job ends: set spec.wait: true there',
      cases: 'F21, F22',
      fault: (target) => {
        const { isJob, delivery: { kustomization: owner, dependents }, marks } = target;
        return isJob && !marks.isIgnored && owner !== undefined && dependents.length > 0 && waiterOf(target) === undefined
          && `${owner.title} does not wait for this Job, so ${dependents.join(' and ')} starts before it ends: set spec.wait: true there`;
      },
      // Needs two folders: shown by its case.
      examples: { bad: [], good: [{ beside: [kustomization({})] }] },
    }),
  ],
};

/** The groups of rules of Flux. */
export const fluxRules = { values: fluxValueRules, apply: applyGroup, wait: waitGroup };

/** Whether Flux deletes the object when the API server refuses it; what it leaves alone it does not try. */
function isForced({ marks, delivery: { kustomization: owner } }: FluxTarget): boolean {
  return !marks.isIgnored && !marks.onlyIfNotPresent && (marks.force || owner?.force === true);
}

function ignoredInVain(owner: string | undefined): string {
  return `${owner} ignores the template, but asks the API server with the whole Job first: a change is refused, and nothing of the `
    + `commit applied: write ${ssa}: IfNotPresent at the Job`;
}

/** Whether the Kustomization leaves one of some fields as it is in the cluster. */
function ignores({ object, delivery: { kustomization: owner } }: FluxTarget, fields: RegExp): boolean {
  return owner?.ignored.pathsOf(object).some((path) => fields.test(path.join('/'))) === true;
}

/** The Kustomization that waits for a Job. */
function waiterOf({ isJob, object, marks, delivery: { kustomization: owner } }: FluxTarget): KustomizationSettings | undefined {
  return isJob && !marks.isIgnored && owner?.waitsFor('Job', object.metadata?.name ?? '') === true ? owner : undefined;
}
