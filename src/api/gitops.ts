/** The annotations by which Argo CD and Flux are told what to do with an object that they take from Git. */
import { asObject } from '../core/json';

/** The tools that apply what is committed to Git, as options name them. */
export const gitOpsTools = ['argocd', 'flux'] as const;

/** A tool that applies what is committed to Git: Argo CD or Flux. */
export type GitOpsTool = (typeof gitOpsTools)[number];

/** The names of Argo CD's annotations. */
export const argoCdAnnotations = {
  hook: 'argocd.argoproj.io/hook',
  hookDeletePolicy: 'argocd.argoproj.io/hook-delete-policy',
  syncWave: 'argocd.argoproj.io/sync-wave',
  syncOptions: 'argocd.argoproj.io/sync-options',
  compareOptions: 'argocd.argoproj.io/compare-options',
  ignoreHealthcheck: 'argocd.argoproj.io/ignore-healthcheck',
} as const;

/** The names of the annotations of Flux's kustomize-controller. */
export const fluxAnnotations = {
  force: 'kustomize.toolkit.fluxcd.io/force',
  ssa: 'kustomize.toolkit.fluxcd.io/ssa',
  prune: 'kustomize.toolkit.fluxcd.io/prune',
  reconcile: 'kustomize.toolkit.fluxcd.io/reconcile',
} as const;

/** What Argo CD reads off an object. */
export interface ArgoCdMarks {
  /** The phases in which the object is a hook: `PreSync`. Those of a Helm hook are translated. */
  readonly phases: readonly string[];
  /** Whether it is a hook: applied by every full sync, and no part of the diff. */
  readonly isHook: boolean;
  /** Whether it is not applied at all: the hook `Skip`, a test of Helm, or a hook of no phase that there is. */
  readonly isSkipped: boolean;
  /** When a hook is deleted; never empty, since there is a default. */
  readonly deletePolicies: readonly string[];
  /** The wave in which it is applied; 0 without an annotation, and for one that is no integer. */
  readonly wave: number;
  /** `Force=true`, `Prune=false` and so on, in the order in which they are written. */
  readonly syncOptions: readonly string[];
  /** `IgnoreExtraneous`, `ServerSideDiff=true` and so on. */
  readonly compareOptions: readonly string[];
}

/** What Argo CD makes of a Helm hook that has no annotation of its own. */
const phasesOfHelm: Readonly<Record<string, string>> = {
  'pre-install': 'PreSync',
  'pre-upgrade': 'PreSync',
  'post-install': 'PostSync',
  'post-upgrade': 'PostSync',
  'pre-delete': 'PreDelete',
  'post-delete': 'PostDelete',
};

/** The phases that hooks may name; the last three are not of a sync. */
export const hookPhases: readonly string[] = ['PreSync', 'Sync', 'PostSync', 'SyncFail', 'PreDelete', 'PostDelete', 'Skip'];

/** When hooks may be deleted. */
export const hookDeletePolicies: readonly string[] = ['BeforeHookCreation', 'HookSucceeded', 'HookFailed'];

const policiesOfHelm: Readonly<Record<string, string>> = {
  'before-hook-creation': 'BeforeHookCreation',
  'hook-succeeded': 'HookSucceeded',
  'hook-failed': 'HookFailed',
};

/**
 * Reads what Argo CD is told by the annotations of an object. Words that it does not know count for nothing.
 *
 * @source argoproj/gitops-engine pkg/sync/hook/hook.go IsHook, Skip and Types, pkg/sync/hook/delete_policy.go DeletePolicies, and
 * pkg/sync/syncwaves/waves.go Wave (of Argo CD 3.2.11)
 */
export function readArgoCdMarks(object: unknown): ArgoCdMarks {
  const annotations = annotationsOf(object);
  const ofHelm = annotations['helm.sh/hook'];
  const known = splitOptions(annotations[argoCdAnnotations.hook]).filter((phase) => hookPhases.includes(phase));
  const all = known.length > 0 ? known : translate(splitOptions(ofHelm), phasesOfHelm);
  const phases = all.length > 1 ? all.filter((phase) => phase !== 'Skip') : all;
  // What Helm calls a hook may be a definition, which is none.
  const isMarked = annotations[argoCdAnnotations.hook] !== undefined || (ofHelm !== undefined && ofHelm !== 'crd-install');
  const isSkipped = isMarked && (phases.length === 0 || phases.includes('Skip'));
  const policies = [
    ...splitOptions(annotations[argoCdAnnotations.hookDeletePolicy]).filter((policy) => hookDeletePolicies.includes(policy)),
    ...translate(splitOptions(annotations['helm.sh/hook-delete-policy']), policiesOfHelm),
  ];
  return {
    phases,
    isHook: isMarked && !isSkipped,
    isSkipped,
    deletePolicies: policies.length > 0 ? policies : ['BeforeHookCreation'],
    wave: toWave(annotations[argoCdAnnotations.syncWave]) ?? toWave(annotations['helm.sh/hook-weight']) ?? 0,
    syncOptions: splitOptions(annotations[argoCdAnnotations.syncOptions]),
    compareOptions: splitOptions(annotations[argoCdAnnotations.compareOptions]),
  };
}

/** What Flux reads off an object. */
export interface FluxMarks {
  /** Whether the object is deleted and made again when the API server refuses its change. */
  readonly force: boolean;
  /** Whether a change in Git is applied to an object that is there already. */
  readonly onlyIfNotPresent: boolean;
  /** Whether it is disabled: `reconcile: disabled`. */
  readonly isDisabled: boolean;
  /** Whether Flux leaves the object alone, and so never creates it: disabled, or `ssa: Ignore`. */
  readonly isIgnored: boolean;
  /** Whether the object stays in the cluster when it leaves Git; what is left alone is not deleted either. */
  readonly keeps: boolean;
}

/**
 * Reads what Flux is told by the annotations or labels of an object; the case of values does not matter.
 *
 * @source fluxcd/pkg ssa/utils/meta.go AnyInMetadata (v0.76.2)
 */
export function readFluxMarks(object: unknown): FluxMarks {
  const says = (key: string, value: string): boolean => {
    return [labelsOf(object), annotationsOf(object)].some((map) => map[key]?.toLowerCase() === value.toLowerCase());
  };
  const [isDisabled, isSsaIgnored] = [says(fluxAnnotations.reconcile, 'disabled'), says(fluxAnnotations.ssa, 'Ignore')];
  return {
    force: says(fluxAnnotations.force, 'enabled'),
    onlyIfNotPresent: says(fluxAnnotations.ssa, 'IfNotPresent'),
    isDisabled,
    isIgnored: isDisabled || isSsaIgnored,
    keeps: says(fluxAnnotations.prune, 'disabled') || isDisabled || isSsaIgnored,
  };
}

/** The options of a list with commas, without blanks around them. */
export function splitOptions(text: string | undefined): string[] {
  return (text ?? '').split(',').map((option) => option.trim()).filter((option) => option !== '');
}

/** The wave of an annotation; undefined when it is no integer, or none of 64 bits. @source Go strconv.Atoi */
export function toWave(text: string | undefined): number | undefined {
  if (text === undefined || !/^[+-]?\d+$/.test(text)) return undefined;
  const number = BigInt(text.replace('+', ''));
  return BigInt.asIntN(64, number) === number ? Number(number) : undefined;
}

/** The annotations of an object that are texts. */
export function annotationsOf(object: unknown): Readonly<Record<string, string>> {
  return textsOf(asObject(asObject(object).metadata).annotations);
}

function labelsOf(object: unknown): Readonly<Record<string, string>> {
  return textsOf(asObject(asObject(object).metadata).labels);
}

function textsOf(map: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(asObject(map)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function translate(words: readonly string[], dictionary: Readonly<Record<string, string>>): string[] {
  return [...new Set(words.flatMap((word) => dictionary[word] ?? []))];
}
