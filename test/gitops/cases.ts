/** The manifests of the cases of docs/gitops-cases.md, by the number of the case; long, since there is one entry for each. */
import { argoCdAnnotations, fluxAnnotations } from '../../src/api/gitops';

const { hook, hookDeletePolicy, syncWave, syncOptions, compareOptions, ignoreHealthcheck } = argoCdAnnotations;
const { force, ssa, prune, reconcile } = fluxAnnotations;

interface Metadata {
  readonly name?: string;
  readonly generateName?: string;
  readonly labels?: object;
  readonly annotations?: Readonly<Record<string, string>>;
}

const container = { name: 'main', image: 'busybox:1.37', command: ['sleep', '5'] };
const template = { spec: { restartPolicy: 'Never', containers: [container] } };
const bounded = { activeDeadlineSeconds: 60 };

function job(metadata: Metadata = {}, spec: object = {}): object {
  const name = metadata.generateName === undefined ? { name: 'work' } : {};
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { ...name, ...metadata }, spec: { template, ...spec } };
}

function annotated(annotations: Readonly<Record<string, string>>, spec: object = {}): object {
  return job({ annotations }, spec);
}

function cronJob(spec: object = {}, annotations?: Readonly<Record<string, string>>): object {
  const metadata = { name: 'nightly', ...annotations === undefined ? {} : { annotations } };
  return { apiVersion: 'batch/v1', kind: 'CronJob', metadata, spec: { schedule: '0 3 * * *', timeZone: 'Etc/UTC', jobTemplate: { spec: { template } }, ...spec } };
}

/** A Job whose name changes with its content. */
function named(annotations: Readonly<Record<string, string>> = {}): object {
  return job({ name: 'work-3f9a2c1', annotations });
}

/** An Application that does not retry, unless its policy says so. */
function application(syncPolicy: object, spec: object = {}): object {
  const policy = { retry: { limit: 0 }, ...syncPolicy };
  return { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', metadata: { name: 'case' }, spec: { ...spec, syncPolicy: policy } };
}

function kustomization(spec: object, name = 'case'): object {
  const metadata = { name };
  return { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata, spec: { interval: '10m', prune: true, ...spec } };
}

const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { a: '1' } };
const laterMap = { ...configMap, metadata: { name: 'later', annotations: { [syncWave]: '1' } } };
const odd = {
  manualSelector: true,
  selector: { matchLabels: { app: 'work' } },
  completionMode: 'NonIndexed',
  suspend: false,
  podFailurePolicy: { rules: [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [3] } }] },
  template: {
    metadata: { labels: { app: 'work' } },
    spec: { restartPolicy: 'Never', containers: [{ ...container, resources: { limits: { cpu: 1, memory: '0.0625Gi' } }, env: [{ name: 'EMPTY', value: '' }] }] },
  },
};
const refused = { template: { spec: { ...template.spec, restartPolicy: 'Always' } } };
const ignoringTemplate = { ignoreDifferences: [{ group: 'batch', kind: 'Job', jsonPointers: ['/spec/template'] }] };
const ttlInTemplate = cronJob({ jobTemplate: { spec: { template, ttlSecondsAfterFinished: 60 } } });
const selfHeal = application({ automated: { selfHeal: true } });

/** What is committed in a case, and the files where they matter. */
export interface GitOpsCase {
  readonly objects: readonly object[];
  readonly files?: readonly string[];
}

/** Every case, by its number. */
export const gitOpsCases: Readonly<Record<string, GitOpsCase>> = {
  A1: of(job()),
  A2: of(job({}, { template: { spec: { ...template.spec, containers: [{ ...container, command: ['true'] }] } } }), configMap),
  A3: of(annotated({ [syncOptions]: 'Replace=true' })),
  A4: of(annotated({ [syncOptions]: 'Force=true' }), configMap),
  A5: of(annotated({ [syncOptions]: 'Force=true,Replace=true' }), configMap),
  A6: of(annotated({ [syncOptions]: 'ServerSideApply=true' })),
  A7: of(annotated({ [syncOptions]: 'ServerSideApply=true,Force=true' })),
  A8: of(annotated({ [syncOptions]: 'Force=true' }), application({ automated: {}, syncOptions: ['ServerSideApply=true'] })),
  A9: of(job(), configMap, { ...application({ retry: { limit: 0 } }), metadata: { name: 'app', annotations: { [compareOptions]: 'ServerSideDiff=true' } } }),
  A10: of(job(), application({ automated: {}, syncOptions: ['RespectIgnoreDifferences=true'] }, ignoringTemplate)),
  A11: of(annotated({ [syncOptions]: 'Force=true' }, refused)),
  A12: of(annotated({ [syncOptions]: 'Force=true' })),
  A13: of(named(), application({ automated: { prune: true } })),
  A14: of(named(), application({ automated: {} })),
  A15: of(named(), application({ automated: { prune: true }, syncOptions: ['PruneLast=true'] })),
  A16: of(named({ [syncOptions]: 'Prune=false' }), application({ automated: { prune: true } })),
  A17: of(named({ [syncOptions]: 'Prune=false', [compareOptions]: 'IgnoreExtraneous' }), application({ automated: { prune: true } })),
  A18: of(named(), application({ automated: { prune: true } })),
  A19: of(job({}, { ttlSecondsAfterFinished: 5 }), configMap),
  A20: of(job({}, { ttlSecondsAfterFinished: 5 }), selfHeal),
  A21: of(annotated({ [syncWave]: '0' }, { ...bounded, ttlSecondsAfterFinished: 0 }), laterMap),
  A22: of(annotated({ [hook]: 'PreSync' }, { ...bounded, ttlSecondsAfterFinished: 0 }), configMap, selfHeal),
  A23: of(job({ generateName: 'work-' }), configMap),
  A24: of(job({ generateName: 'work-', annotations: { [hook]: 'PreSync', [hookDeletePolicy]: 'HookSucceeded' } }, bounded), configMap),
  A25: of(job({ generateName: 'work-', annotations: { [hook]: 'PreSync' } }, bounded), configMap),
  A26: of(job({}, { backoffLimit: 0 })),
  A27: of(annotated({ [syncWave]: '0' }, { ...bounded, backoffLimit: 0 }), laterMap),
  A28: of(annotated({ [hook]: 'PreSync' }, bounded), configMap, application({ automated: {}, retry: undefined })),
  A29: of(annotated({ [syncWave]: '0' }, bounded), laterMap),
  A30: of(annotated({ [syncWave]: '-1' }, bounded), configMap, laterMap),
  A31: of(
    job({ name: 'before', annotations: { [hook]: 'PreSync' } }, bounded),
    job({}, bounded),
    job({ name: 'after', annotations: { [hook]: 'PostSync' } }, bounded),
  ),
  A32: of(annotated({ [hook]: 'PreSync' }, bounded), configMap),
  A33: of(annotated({ [hook]: 'PreSync', [hookDeletePolicy]: 'HookSucceeded' }, bounded), configMap),
  A34: of(annotated({ [hook]: 'PreSync', [hookDeletePolicy]: 'HookFailed' }, bounded), configMap),
  A35: of(annotated({ [hook]: 'SyncFail' }, bounded), configMap, application({ automated: {}, retry: undefined })),
  A36: of(annotated({ [hook]: 'PreSync' }, bounded), configMap, selfHeal),
  A37: of(annotated({ [hook]: 'PostSync' }, bounded), configMap),
  A38: of(annotated({ [hook]: 'PreSync' }, bounded), application({ automated: {} })),
  A39: of(job({ name: 'work-3f9a2c1', annotations: { [hook]: 'PreSync' } }, bounded), configMap, application({ automated: { prune: true } })),
  A40: of(annotated({ [syncWave]: '0' }, { ...bounded, suspend: true }), laterMap),
  A41: of(job({ labels: { 'kueue.x-k8s.io/queue-name': 'default' }, annotations: { [syncWave]: '0' } }, bounded), laterMap),
  A42: of(annotated({ [hook]: 'PreSync' }, { ...bounded, suspend: true }), configMap),
  A43: of(job({}, { suspend: true })),
  A44: of(job({}, { suspend: true }), selfHeal),
  A45: of(cronJob(), selfHeal),
  A46: of(job({}, { parallelism: 2, completions: 4, activeDeadlineSeconds: 90, backoffLimit: 2 })),
  A47: of(job({}, { completions: 3 })),
  A48: of(cronJob({ schedule: '30 4 * * *' })),
  A49: of(ttlInTemplate, selfHeal),
  A50: of(cronJob({ suspend: false })),
  A51: of(cronJob(), application({ automated: { prune: true } })),
  A52: of(job({}, odd)),
  A53: of(job(), application({ automated: {}, retry: undefined })),
  A54: of(job(), application({ automated: {}, retry: { refresh: true } })),
  A55: of(job(), application({ automated: {}, retry: { limit: 0 } })),
  A56: of(annotated({ [ignoreHealthcheck]: 'true' }, { backoffLimit: 0 })),
  A57: of(cronJob()),
  A58: of(annotated({ [syncWave]: '0' }), laterMap),
  A59: of(annotated({ [syncOptions]: 'Replace=false' }, { backoffLimit: 2 }), application({ automated: {}, syncOptions: ['Replace=true'] })),

  F1: of(job({}, bounded), kustomization({ wait: true })),
  F2: of(job({}, { template: { spec: { ...template.spec, containers: [{ ...container, command: ['true'] }] } } }), kustomization({})),
  F3: of(annotated({ [force]: 'enabled' }), configMap),
  F4: of(job(), kustomization({ force: true })),
  F5: of(annotated({ [force]: 'enabled' }, refused)),
  F6: of(annotated({ [force]: 'enabled' })),
  F7: of(annotated({ [ssa]: 'IfNotPresent' })),
  F8: of(annotated({ [reconcile]: 'disabled' })),
  F9: of(annotated({ [ssa]: 'Ignore' })),
  F10: of(named(), kustomization({})),
  F11: of(named(), kustomization({ prune: false })),
  F12: of(named({ [prune]: 'disabled' }), kustomization({})),
  F13: of(job({ name: 'work-3f9a2c1' }, bounded), kustomization({ wait: true })),
  F14: of(named({ [prune]: 'disabled' }), kustomization({})),
  F15: of(job({}, { ttlSecondsAfterFinished: 5 })),
  F16: of(annotated({ [ssa]: 'IfNotPresent' }, { ttlSecondsAfterFinished: 5 })),
  F17: of(job({ generateName: 'work-' })),
  F18: of(job({}, { ...bounded, backoffLimit: 0 }), kustomization({ wait: true })),
  F19: of(job({}, { backoffLimit: 0 }), kustomization({})),
  F20: of(job(), configMap, kustomization({})),
  F21: inFolders(kustomization({ path: './first', wait: true }, 'first'), job({}, bounded)),
  F22: inFolders(kustomization({ path: './first' }, 'first'), job()),
  F23: of(job({}, { ...bounded, suspend: true }), kustomization({ wait: true })),
  F24: of(job({}, { suspend: true }), kustomization({})),
  F25: of(job({}, { suspend: true }), kustomization({})),
  F26: of(cronJob({}, { [ssa]: 'Merge' })),
  F27: of(job({}, { parallelism: 2, activeDeadlineSeconds: 90, backoffLimit: 2 }), kustomization({})),
  F28: of(job({}, { completions: 3 })),
  F29: of(cronJob({ schedule: '30 4 * * *' })),
  F30: of(ttlInTemplate, kustomization({ wait: true })),
  F31: of(cronJob({ suspend: false }, { [ssa]: 'Merge' })),
  F32: of(job({}, odd), kustomization({})),
  F33: of(job({}, { activeDeadlineSeconds: 600 }), kustomization({ wait: true, timeout: '1m30s' })),
  F34: of(job(), kustomization({ wait: true, timeout: '1m30s' })),
  F35: of(job({}, { completions: 3 }), configMap, kustomization({})),
  F36: of(job(), kustomization({ commonMetadata: { annotations: { [force]: 'enabled' } } })),
  F37: of(job(), kustomization({ commonMetadata: { labels: { [reconcile]: 'disabled' } } })),
  F38: of(job({}, { suspend: true }), kustomization({ ignore: [{ paths: ['/spec/suspend'], target: { kind: 'Job' } }] })),
  F39: of(job(), configMap, kustomization({ ignore: [{ paths: ['/spec/template'], target: { kind: 'Job' } }] })),
  F40: of(job({}, { backoffLimit: 2 }), kustomization({ ignore: [{ paths: ['/spec/backoffLimit'] }] })),
};

function of(...objects: readonly object[]): GitOpsCase {
  return { objects };
}

/** A Kustomization, the Job of its folder, and a Kustomization that depends on it. */
function inFolders(first: object, work: object): GitOpsCase {
  return {
    objects: [first, kustomization({ path: './second', dependsOn: [{ name: 'first' }] }, 'second'), work],
    files: ['clusters/first.yaml', 'clusters/second.yaml', 'first/job.yaml'],
  };
}
