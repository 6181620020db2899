import { application, type ArgoCdTarget, configMap, gitOpsRule, hasHashName, inGit, isInWave, measured } from './target';
import { argoCdAnnotations } from '../../api/gitops';
import { queueNameLabel } from '../../api/kueue';
import { type RuleGroup } from '../rule/rule';

const { hook, hookDeletePolicy, syncWave } = argoCdAnnotations;

/** The phases of hooks that are meant to run when something has changed. */
const phasesOfSync: readonly string[] = ['PreSync', 'Sync', 'PostSync'];

const bounded = { activeDeadlineSeconds: 600 };

/** A PreSync hook with something to run before. */
const preSync = { annotations: { [hook]: 'PreSync' }, spec: bounded, beside: [configMap] };

/** What Argo CD waits for: hooks, and Jobs that stand before a later wave. */
const waitGroup: RuleGroup<ArgoCdTarget> = {
  at: '',
  source: measured,
  gitops: 'argocd',
  wrap: inGit,
  rules: [
    gitOpsRule({
      id: 'argocd-suspended-in-wave',
      field: 'spec.suspend',
      type: 'Forbidden',
      severity: 'error',
      message: 'the sync waits for ever for a suspended Job, and once it is resumed goes on without waiting for its end: leave it out, or the Job out of hooks and waves',
      cases: 'A40, A41, A42',
      fault: (target) => isWaitedFor(target) && target.object.spec?.suspend === true,
      examples: {
        bad: [{ annotations: { [hook]: 'PreSync' }, spec: { ...bounded, suspend: true } }, { annotations: { [syncWave]: '-1' }, spec: { ...bounded, suspend: true } }],
        good: [{ spec: { suspend: true } }, preSync],
      },
    }),
    gitOpsRule({
      id: 'argocd-queued-in-wave',
      field: 'metadata.labels',
      type: 'Invalid',
      severity: 'warning',
      message: `a queue suspends the Job and resumes it, and Argo CD takes a resumed Job for done: what comes after does not wait: leave ${queueNameLabel} out, or the Job out of hooks and waves`,
      cases: 'A41',
      fault: (target) => isWaitedFor(target) && Object.hasOwn(target.object.metadata?.labels ?? {}, queueNameLabel),
      examples: { bad: [{ ...preSync, labels: { [queueNameLabel]: 'default' } }], good: [preSync, { labels: { [queueNameLabel]: 'default' } }] },
    }),
    gitOpsRule({
      id: 'argocd-deadline',
      field: 'spec.activeDeadlineSeconds',
      type: 'Required',
      severity: 'warning',
      message: 'Argo CD has no timeout: a Job that hangs in a hook or a wave holds every later sync: say how long it may take',
      cases: 'A58',
      fault: (target) => isWaitedFor(target) && target.object.spec?.activeDeadlineSeconds === undefined,
      examples: { bad: [{ annotations: { [syncWave]: '-1' } }, { annotations: { [hook]: 'PreSync' } }], good: [preSync, {}] },
    }),
    gitOpsRule({
      id: 'argocd-hook-name-changes',
      field: 'metadata.name',
      type: 'Invalid',
      severity: 'error',
      message: 'old hooks are never pruned, so each new name leaves a Job behind, and a new name starts no sync: give the hook one name',
      cases: 'A38, A39',
      fault: ({ object, isJob, marks }) => isJob && marks.isHook && (object.metadata?.name ?? '') !== '' && hasHashName(object) && !marks.deletePolicies.includes('HookSucceeded'),
      examples: { bad: [{ ...preSync, name: 'demo-3f9a2c1' }], good: [preSync] },
    }),
    gitOpsRule({
      id: 'argocd-generated-hooks-stay',
      field: 'metadata.generateName',
      type: 'Invalid',
      severity: 'warning',
      message: 'every sync makes a hook of another name and deletes none: write argocd.argoproj.io/hook-delete-policy: HookSucceeded',
      cases: 'A24, A25',
      fault: ({ object: { metadata }, isJob, marks }) => isJob && marks.isHook && (metadata?.name ?? '') === '' && (metadata?.generateName ?? '') !== ''
        && !marks.deletePolicies.includes('HookSucceeded'),
      examples: {
        bad: [{ ...preSync, generateName: 'demo-' }],
        good: [{ ...preSync, generateName: 'demo-', annotations: { [hook]: 'PreSync', [hookDeletePolicy]: 'HookSucceeded' } }],
      },
    }),
    gitOpsRule({
      id: 'argocd-hook-keeps-logs',
      annotation: hookDeletePolicy,
      type: 'Forbidden',
      severity: 'warning',
      message: 'HookFailed deletes a failed hook within a second, and its logs with it: write BeforeHookCreation',
      cases: 'A34',
      fault: ({ marks }) => marks.isHook && marks.deletePolicies.includes('HookFailed'),
      examples: {
        bad: [{ ...preSync, annotations: { [hook]: 'PreSync', [hookDeletePolicy]: 'HookFailed' } }],
        good: [{ ...preSync, annotations: { [hook]: 'PreSync', [hookDeletePolicy]: 'BeforeHookCreation' } }],
      },
    }),
    gitOpsRule({
      id: 'argocd-hook-alone',
      annotation: hook,
      type: 'Invalid',
      severity: 'warning',
      message: 'hooks are no part of the diff, and nothing else is applied with this one: changing it starts no sync: commit something with it that changes',
      cases: 'A38',
      fault: ({ marks, delivery }) => delivery.otherResources === 0 && marks.phases.some((phase) => phasesOfSync.includes(phase)),
      examples: { bad: [{ annotations: { [hook]: 'PreSync' }, spec: bounded }], good: [preSync] },
    }),
    gitOpsRule({
      id: 'argocd-hook-runs-at-each-retry',
      annotation: hook,
      type: 'Invalid',
      severity: 'warning',
      message: 'a failing hook runs again at each retry of the Application, six times by default: set syncPolicy.retry.limit: 0, or let the Job bear it',
      cases: 'A28, A55',
      fault: ({ isJob, marks, delivery: { application: owner } }) => isJob && marks.isHook && !marks.phases.includes('SyncFail') && owner !== undefined && owner.retries !== 0
        && `a failing hook runs ${owner.retries < 0 ? 'without end' : `${owner.retries + 1} times`} with the retries of ${owner.title}: set syncPolicy.retry.limit: 0, or let the Job bear it`,
      examples: {
        bad: [{ ...preSync, beside: [configMap, application({ automated: {} })] }],
        good: [{ ...preSync, beside: [configMap, application({ automated: {}, retry: { limit: 0 } })] }],
      },
    }),
  ],
};

/** The groups of rules of Argo CD about hooks and waves. */
export const argoCdHookRules = { wait: waitGroup };

function isWaitedFor(target: ArgoCdTarget): boolean {
  return target.isJob && (target.marks.isHook || isInWave(target));
}
