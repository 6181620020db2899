import { type ArgoCdTarget, inGit, measured } from './target';
import { annotated, knownNames, knownValues, unlessOneOf } from './values';
import { argoCdAnnotations, hookDeletePolicies, hookPhases, toWave } from '../../api/gitops';
import { quoted, supportedValues } from '../rule/makers/makers';
import { type RuleGroup } from '../rule/rule';

const { hook, hookDeletePolicy, syncWave, syncOptions, compareOptions, ignoreHealthcheck } = argoCdAnnotations;

const domain = 'argocd.argoproj.io/';
const ofObjects = [
  'Prune=true', 'Prune=false', 'Prune=confirm', 'Delete=true', 'Delete=false', 'Delete=confirm', 'PruneLast=true', 'PruneLast=false',
  'Replace=true', 'Replace=false', 'Force=true', 'Force=false', 'ServerSideApply=true', 'ServerSideApply=false', 'Validate=true', 'Validate=false',
  'SkipDryRunOnMissingResource=true', 'SkipDryRunOnMissingResource=false', 'ClientSideApplyMigration=true', 'ClientSideApplyMigration=false',
];

/** Options that Argo CD reads in an Application's `syncOptions` alone. */
const ofApplications = ['CreateNamespace', 'ApplyOutOfSyncOnly', 'PrunePropagationPolicy', 'RespectIgnoreDifferences', 'FailOnSharedResource'];

const comparisons = ['IgnoreExtraneous', 'IgnoreNeedsPruning'];

/** Comparisons that Argo CD reads in the annotation of an Application alone. */
const comparisonsOfApplications = ['ServerSideDiff', 'IncludeMutationWebhook'];

/** Annotations of Argo CD with values that it does not know: it takes them without a word. */
export const argoCdValueRules: Readonly<Record<'values', RuleGroup<ArgoCdTarget>>> = {
  values: {
    at: '',
    source: measured,
    gitops: 'argocd',
    wrap: inGit,
    rules: [
      knownNames({
        id: 'argocd-annotation-known',
        domain,
        names: Object.values(argoCdAnnotations).map((name) => name.slice(domain.length)),
        others: ['hydrate', 'refresh', 'tracking-id', 'installation-id', 'instance'],
        message: 'Argo CD takes it without a word, and reads another name',
        cases: 'A1',
        examples: { bad: [annotated(`${domain}hookk`, 'PreSync'), annotated(`${domain}sync-waves`, '1')], good: [annotated(`${domain}tracking-id`, 'x')] },
      }),
      knownValues({
        id: 'argocd-hook-phase-known',
        annotation: hook,
        severity: 'error',
        message: supportedValues(hookPhases),
        isRequired: true,
        cases: 'A31',
        problem: (value) => unlessOneOf(hookPhases, value),
        examples: { bad: [annotated(hook, 'presync'), annotated(hook, '')], good: [annotated(hook, 'PreSync')] },
      }),
      knownValues({
        id: 'argocd-delete-policy-known',
        annotation: hookDeletePolicy,
        severity: 'error',
        message: supportedValues(hookDeletePolicies),
        cases: 'A32',
        problem: (value) => unlessOneOf(hookDeletePolicies, value),
        examples: {
          bad: [{ annotations: { [hook]: 'Sync', [hookDeletePolicy]: 'BeforeHookCreated' } }],
          good: [{ annotations: { [hook]: 'Sync', [hookDeletePolicy]: 'BeforeHookCreation,HookSucceeded' } }],
        },
      }),
      knownValues({
        id: 'argocd-wave-is-integer',
        annotation: syncWave,
        severity: 'error',
        message: 'must be an integer in quotes: with anything else it is wave 0',
        cases: 'A29',
        isList: false,
        problem: (value) => toWave(value) === undefined ? 'must be an integer in quotes: with anything else it is wave 0' : undefined,
        examples: { bad: ['first', '1.5', ' 5', '9223372036854775808'].map((wave) => annotated(syncWave, wave)), good: [annotated(syncWave, '-1')] },
      }),
      knownValues({
        id: 'argocd-sync-option-known',
        annotation: syncOptions,
        severity: 'warning',
        message: `must be an option of objects: ${[...new Set(ofObjects.map((option) => option.split('=')[0]))].join(', ')}`,
        cases: 'A4',
        problem: unlessSyncOption,
        examples: { bad: [annotated(syncOptions, 'force=true'), annotated(syncOptions, 'CreateNamespace=true')], good: [annotated(syncOptions, 'Prune=false, PruneLast=true')] },
      }),
      knownValues({
        id: 'argocd-compare-option-known',
        annotation: compareOptions,
        severity: 'warning',
        message: supportedValues(comparisons),
        cases: 'A17',
        problem: (value) => comparisonsOfApplications.includes(value.split('=')[0] ?? '')
          ? 'has no effect on an object: Argo CD reads it in the annotations of the Application'
          : unlessOneOf(comparisons, value),
        examples: { bad: [annotated(compareOptions, 'IgnoreExtra'), annotated(compareOptions, 'ServerSideDiff=true')], good: [annotated(compareOptions, 'IgnoreExtraneous')] },
      }),
      knownValues({
        id: 'argocd-ignore-healthcheck-known',
        annotation: ignoreHealthcheck,
        severity: 'warning',
        message: supportedValues(['true', 'false']),
        cases: 'A56',
        problem: (value) => unlessOneOf(['true', 'false'], value),
        examples: { bad: [annotated(ignoreHealthcheck, 'yes')], good: [annotated(ignoreHealthcheck, 'true')] },
      }),
    ],
  },
};

function unlessSyncOption(option: string): string | undefined {
  const [name = ''] = option.split('=');
  if (ofObjects.includes(option)) return undefined;
  if (ofApplications.includes(name)) return 'has no effect on an object: write it in spec.syncPolicy.syncOptions of the Application';
  const values = ofObjects.filter((other) => other.startsWith(`${name}=`));
  return values.length > 0 ? `supported values: ${quoted(values)}` : unlessOneOf(ofObjects, option);
}
