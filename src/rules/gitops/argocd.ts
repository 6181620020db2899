import { replacedBy, serverSideBy } from './sync-options';
import { application, type ArgoCdTarget, configMap, gitOpsRule, hasHashName, inGit, isInWave, measured } from './target';
import { argoCdAnnotations } from '../../api/gitops';
import { type RuleGroup } from '../rule/rule';

const { syncOptions, syncWave, compareOptions, hook } = argoCdAnnotations;
const force = { annotations: { [syncOptions]: 'Force=true' } };
const comparing = (option: string): object => ({ ...application({ automated: { prune: true }, retry: { limit: 0 } }), metadata: { name: 'web', annotations: { [compareOptions]: option } } });
const inWave = { [syncWave]: '-1' };
const hashed = { name: 'demo-3f9a2c1' };

/** How Argo CD applies and deletes Jobs. */
const applyGroup: RuleGroup<ArgoCdTarget> = {
  at: '',
  source: measured,
  gitops: 'argocd',
  wrap: inGit,
  rules: [
    gitOpsRule({
      id: 'argocd-ttl-runs-again',
      field: 'spec.ttlSecondsAfterFinished',
      type: 'Forbidden',
      severity: 'error',
      message: 'Argo CD makes the Job again once it is deleted, at the next change of anything in the Application and with selfHeal at once, for ever: '
        + 'leave it out; a name with a hash and prune, or a hook with HookSucceeded, cleans up',
      cases: 'A19, A20',
      fault: (target) => {
        if (!hasTtl(target) || isInWave(target)) return false;
        const { application: owner } = target.delivery;
        return owner?.selfHeal !== true || `${owner.title} has selfHeal: Argo CD makes the Job again as soon as it is deleted, for ever: leave it out; `
          + 'a name with a hash and prune, or a hook with HookSucceeded, cleans up';
      },
      examples: {
        bad: [{ spec: { ttlSecondsAfterFinished: 60 } }],
        good: [{ annotations: { [hook]: 'PreSync' }, spec: { ttlSecondsAfterFinished: 0, activeDeadlineSeconds: 60 }, beside: [configMap] }],
      },
    }),
    gitOpsRule({
      id: 'argocd-ttl-in-wave',
      field: 'spec.ttlSecondsAfterFinished',
      type: 'Forbidden',
      severity: 'error',
      message: 'a later wave waits for this Job: deleted before Argo CD has looked, it holds the sync for ever, and from 3.4 on runs again at every retry: leave it out',
      cases: 'A21',
      fault: (target) => hasTtl(target) && isInWave(target),
      examples: {
        bad: [{ annotations: inWave, spec: { ttlSecondsAfterFinished: 0, activeDeadlineSeconds: 60 } }],
        good: [{ annotations: inWave, spec: { activeDeadlineSeconds: 60 } }],
      },
    }),
    gitOpsRule({
      id: 'argocd-generate-name',
      field: 'metadata.generateName',
      type: 'Forbidden',
      severity: 'error',
      message: 'Argo CD cannot apply it and refuses the whole commit: write metadata.name, with a hash of the content for a new run at each change',
      cases: 'A23',
      fault: ({ object: { metadata }, marks }) => (metadata?.name ?? '') === '' && (metadata?.generateName ?? '') !== '' && !marks.isHook && !marks.isSkipped,
      examples: { bad: [{ generateName: 'demo-' }], good: [hashed] },
    }),
    gitOpsRule({
      id: 'argocd-replace',
      annotation: syncOptions,
      type: 'Forbidden',
      severity: 'error',
      message: 'Replace=true: a changed Job cannot be replaced, and with Force=true beside it the Job runs at every sync, changed or not: write Force=true alone',
      cases: 'A3, A5, A59',
      fault: (target) => {
        const { marks, delivery: { application: owner } } = target;
        const replaced = isResource(target) ? replacedBy(marks, owner) : undefined;
        if (replaced !== 'by its Application') return replaced !== undefined;
        if (marks.syncOptions.includes('Force=true')) return `${owner?.title} has Replace=true: with Force=true here the Job runs at every sync, changed or not: take it out there`;
        const vain = marks.syncOptions.includes('Replace=false') ? ', which Replace=false here does not change' : '';
        return `${owner?.title} has Replace=true${vain}, and a changed Job cannot be replaced: take it out there, and write it at the objects that need it`;
      },
      examples: {
        bad: [
          { annotations: { [syncOptions]: 'Replace=true' } },
          { annotations: { [syncOptions]: 'Force=true,Replace=true' } },
          { beside: [application({ syncOptions: ['Replace=true'] })] },
          { annotations: { [syncOptions]: 'Replace=false' }, beside: [application({ syncOptions: ['Replace=true'] })] },
          { ...force, beside: [application({ syncOptions: ['Replace=true', 'ServerSideApply=true'] })] },
        ],
        good: [force],
      },
    }),
    gitOpsRule({
      id: 'argocd-force-server-side',
      annotation: syncOptions,
      type: 'Forbidden',
      severity: 'error',
      message: 'Force=true cannot be used with ServerSideApply=true: every sync fails, the first one too: leave one of them out',
      cases: 'A7, A8',
      fault: (target) => {
        const { marks, delivery: { application: owner } } = target;
        // What is replaced is not applied, on neither side.
        if (marks.isSkipped || !marks.syncOptions.includes('Force=true') || replacedBy(marks, owner) !== undefined) return false;
        const serverSide = serverSideBy(marks, owner);
        if (serverSide === undefined) return false;
        return serverSide === 'by the object'
          || `Force=true cannot be used with the ServerSideApply=true of ${owner?.title}, every sync fails: write Force=true,ServerSideApply=false`;
      },
      examples: {
        bad: [
          { annotations: { [syncOptions]: 'ServerSideApply=true,Force=true' } },
          { ...force, beside: [application({ syncOptions: ['ServerSideApply=true'] })] },
        ],
        good: [
          { annotations: { [syncOptions]: 'ServerSideApply=true' } },
          { annotations: { [syncOptions]: 'Force=true,ServerSideApply=false' }, beside: [application({ syncOptions: ['ServerSideApply=true'] })] },
        ],
      },
    }),
    gitOpsRule({
      id: 'argocd-force-deletes-first',
      annotation: syncOptions,
      type: 'Forbidden',
      severity: 'error',
      message: 'the API server refuses what is written here, and Force=true takes that for a change of an immutable field: it deletes the good one with its pods '
        + 'and logs, and makes no new one: mend the other errors before this is committed',
      cases: 'A11',
      fault: ({ isRefused, marks, delivery: { application: owner } }) => {
        // What is applied on the server's side fails before anything is deleted.
        const deletes = replacedBy(marks, owner) !== undefined || serverSideBy(marks, owner) === undefined;
        return isRefused && !marks.isSkipped && marks.syncOptions.includes('Force=true') && deletes;
      },
      examples: { bad: [{ ...force, spec: { parallelism: -1 } }], good: [force] },
    }),
    gitOpsRule({
      id: 'argocd-force-kills',
      annotation: syncOptions,
      type: 'Invalid',
      severity: 'advice',
      message: 'Force=true starts the changed Job without waiting for the end of a pod that runs: both may work at once, so take a lock; '
        + 'a name with a hash and PruneLast=true lets it end first',
      cases: 'A12',
      fault: (target) => {
        const { marks, delivery: { application: owner } } = target;
        return isResource(target) && marks.syncOptions.includes('Force=true')
          && replacedBy(marks, owner) === undefined && serverSideBy(marks, owner) === undefined;
      },
      examples: { bad: [force], good: [hashed] },
    }),
    gitOpsRule({
      id: 'argocd-server-side-diff',
      field: 'metadata.name',
      type: 'Invalid',
      severity: 'warning',
      message: 'the Application has ServerSideDiff=true: a change of an immutable field of this Job makes all of it Unknown, and nothing of it is applied: '
        + 'give the Job a name with a hash, or take the option out there',
      cases: 'A9',
      fault: (target) => {
        const { object, delivery: { application: owner } } = target;
        return isResource(target) && owner?.serverSideDiff === true && !hasHashName(object)
          && `${owner.title} has ServerSideDiff=true: a change of an immutable field of this Job makes all of it Unknown, and nothing of it is applied: `
          + 'give the Job a name with a hash, or take the option out there';
      },
      examples: { bad: [{ beside: [comparing('ServerSideDiff=true')] }], good: [{ ...hashed, beside: [comparing('ServerSideDiff=true')] }, { beside: [comparing('')] }] },
    }),
    gitOpsRule({
      id: 'argocd-old-names-stay',
      field: 'metadata.name',
      type: 'Invalid',
      severity: 'warning',
      message: 'the Application does not prune: Jobs of older content stay and keep it OutOfSync: set spec.syncPolicy.automated.prune: true there',
      cases: 'A14',
      fault: (target) => {
        const { object, marks, delivery: { application: owner } } = target;
        return isResource(target) && owner?.prune === false && !marks.syncOptions.includes('Prune=false') && hasHashName(object)
          && `${owner.title} does not prune: Jobs of older content stay and keep it OutOfSync: set spec.syncPolicy.automated.prune: true there`;
      },
      examples: {
        bad: [{ ...hashed, beside: [application({ automated: {} })] }],
        good: [{ ...hashed, beside: [application({ automated: { prune: true } })] }],
      },
    }),
    gitOpsRule({
      id: 'argocd-kept-job-out-of-sync',
      annotation: syncOptions,
      type: 'Invalid',
      severity: 'warning',
      message: 'Prune=false keeps Jobs of older content, and the Application OutOfSync for ever: write argocd.argoproj.io/compare-options: IgnoreExtraneous beside it',
      cases: 'A16, A17',
      fault: ({ object, isJob, marks }) => isJob && !marks.isHook && marks.syncOptions.includes('Prune=false')
        && !marks.compareOptions.includes('IgnoreExtraneous') && hasHashName(object),
      examples: {
        bad: [{ ...hashed, annotations: { [syncOptions]: 'Prune=false' } }],
        good: [{ ...hashed, annotations: { [syncOptions]: 'Prune=false', [compareOptions]: 'IgnoreExtraneous' } }],
      },
    }),
    gitOpsRule({
      id: 'argocd-retries-hold-mending',
      field: 'metadata.name',
      type: 'Invalid',
      severity: 'advice',
      message: 'when a change of this Job is refused, the old revision is tried again for about six minutes, whatever is pushed: '
        + 'set syncPolicy.retry.refresh: true or retry.limit: 0',
      cases: 'A53, A54, A55',
      fault: (target) => {
        const { object, marks, delivery: { application: owner } } = target;
        const isFixed = isResource(target) && !marks.syncOptions.includes('Force=true') && !hasHashName(object);
        return isFixed && owner !== undefined && owner.retries !== 0 && !owner.refreshesRetries
          && `when a change of this Job is refused, ${owner.title} tries the old revision again for about six minutes, whatever is pushed: `
          + 'set syncPolicy.retry.refresh: true or retry.limit: 0';
      },
      examples: {
        bad: [{ beside: [application({ automated: {} })] }],
        good: [
          { beside: [application({ automated: {}, retry: { refresh: true } })] },
          { beside: [application({ automated: {}, retry: { limit: 0 } })] },
        ],
      },
    }),
    gitOpsRule({
      id: 'argocd-started-job-is-suspended',
      field: 'spec.suspend',
      type: 'Invalid',
      severity: 'warning',
      message: 'with selfHeal, a Job that somebody starts in the cluster is suspended again and its pod killed: '
        + 'ignore /spec/suspend with ignoreDifferences and RespectIgnoreDifferences=true, or start it by a commit',
      cases: 'A44',
      fault: (target) => {
        const { object: { spec }, delivery: { application: owner } } = target;
        return isResource(target) && spec?.suspend === true && owner?.selfHeal === true && !ignoresSuspend(target)
          && `${owner.title} has selfHeal: a Job that somebody starts in the cluster is suspended again and its pod killed: `
          + 'ignore /spec/suspend with ignoreDifferences and RespectIgnoreDifferences=true, or start it by a commit';
      },
      examples: {
        bad: [{ spec: { suspend: true }, beside: [application({ automated: { selfHeal: true } })] }],
        good: [{
          spec: { suspend: true },
          beside: [application(
            { automated: { selfHeal: true }, syncOptions: ['RespectIgnoreDifferences=true'] },
            { ignoreDifferences: [{ group: 'batch', kind: 'Job', jsonPointers: ['/spec/suspend'] }] },
          )],
        }],
      },
    }),
    gitOpsRule({
      id: 'argocd-cron-job-cannot-be-paused',
      field: 'spec.suspend',
      type: 'Invalid',
      severity: 'warning',
      message: 'false in Git is set again after somebody has paused the CronJob by hand: leave it out',
      cases: 'A45, A50',
      fault: ({ object, isJob }) => !isJob && object.spec?.suspend === false,
      examples: { bad: [{ kind: 'CronJob', spec: { suspend: false } }], good: [{ kind: 'CronJob' }, { kind: 'CronJob', spec: { suspend: true } }] },
    }),
  ],
};

/** The groups of rules of Argo CD about resources. */
export const argoCdRules = { apply: applyGroup };

/** Whether the Application leaves `suspend` as it is in the cluster, in syncs too. */
function ignoresSuspend({ object, delivery: { application: owner } }: ArgoCdTarget): boolean {
  return owner?.ignored.inSyncs === true && owner.ignored.pathsOf(object).some((path) => ['spec', 'spec/suspend'].includes(path.join('/')));
}

/** Whether it is a Job that is applied as any resource is: neither a hook nor left out. */
function isResource({ isJob, marks }: ArgoCdTarget): boolean {
  return isJob && !marks.isHook && !marks.isSkipped;
}

function hasTtl(target: ArgoCdTarget): boolean {
  return isResource(target) && target.object.spec?.ttlSecondsAfterFinished !== undefined;
}
