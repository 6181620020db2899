import { argoCdAnnotations, fluxAnnotations, type GitOpsTool, splitOptions } from '../api/gitops';

/** What a tool shall do with a Job: the options of `argocd` or `flux`, by name. */
export type Intention = Readonly<Record<string, string | undefined>>;

/** Annotations, by key. */
type Annotations = Readonly<Record<string, string>>;

const { hook, hookDeletePolicy, syncWave, syncOptions, compareOptions, ignoreHealthcheck } = argoCdAnnotations;

/** What each option writes: `run: 'once'` → annotations. What is not here is said by no annotation. Measured: docs/gitops-cases.md. */
const writings: Readonly<Record<GitOpsTool, Readonly<Record<string, Annotations>>>> = {
  argocd: {
    'run: on-change': { [syncOptions]: 'Force=true' },
    'run: before-rollout': { [hook]: 'PreSync', [hookDeletePolicy]: 'BeforeHookCreation' },
    'run: before-rollout-when-changed': { [syncWave]: '-1' },
    'run: after-rollout': { [hook]: 'PostSync', [hookDeletePolicy]: 'BeforeHookCreation' },
    'health: ignored': { [ignoreHealthcheck]: 'true' },
    'cleanUp: after-success': { [hookDeletePolicy]: 'HookSucceeded' },
    'whenRemoved: kept': { [syncOptions]: 'Prune=false', [compareOptions]: 'IgnoreExtraneous' },
  },
  flux: {
    'run: once': { [fluxAnnotations.ssa]: 'IfNotPresent' },
    'run: on-change': { [fluxAnnotations.force]: 'enabled' },
    'start: later': { [fluxAnnotations.ssa]: 'IfNotPresent' },
    'pause: by-hand': { [fluxAnnotations.ssa]: 'Merge' },
    'whenRemoved: kept': { [fluxAnnotations.prune]: 'disabled' },
  },
};

/** Annotations whose value is a list with commas. */
const lists: ReadonlySet<string> = new Set([hookDeletePolicy, syncOptions, compareOptions]);

/** The annotations by which a tool does what is intended. */
export function annotationsFor(tool: GitOpsTool, intention: Intention): Annotations {
  let all: Annotations = {};
  for (const [option, value] of Object.entries(intention)) all = { ...all, ...joinAll(all, writings[tool][`${option}: ${value}`] ?? {}) };
  return all;
}

function joinAll(all: Annotations, some: Annotations): Annotations {
  return Object.fromEntries(Object.entries(some).map(([key, value]) => [key, join(key, all[key], value)]));
}

/** What an annotation says with another value beside its own: lists are put together, of other values the new one stands. */
function join(key: string, own: string | undefined, value: string): string {
  return own === undefined || !lists.has(key) ? value : [...new Set([...splitOptions(own), ...splitOptions(value)])].join(',');
}

/** The annotations of an intention beside those that were written by hand, and where the two contradict each other. */
interface Joined {
  readonly annotations: Annotations;
  readonly conflicts: ReadonlyArray<{ readonly key: string; readonly written: string; readonly intended: string }>;
}

/** The annotations of an intention, with the options that were written into the same lists by hand; another value is a conflict. */
export function joinWritten(written: Annotations, intended: Annotations): Joined {
  const conflicts = Object.entries(intended).flatMap(([key, value]) => {
    const own = written[key];
    return own === undefined || agree(key, own, value) ? [] : [{ key, written: own, intended: value }];
  });
  return { annotations: joinAll(written, intended), conflicts };
}

/** Whether both values can be meant at once: `Prune=false` and `Force=true` can, `Force=false` and `Force=true` cannot. */
function agree(key: string, written: string, intended: string): boolean {
  if (!lists.has(key)) return written === intended;
  const nameOf = (option: string): string => option.split('=')[0] ?? '';
  const wanted = splitOptions(intended);
  return splitOptions(written).every((option) => wanted.includes(option) || !wanted.some((other) => nameOf(other) === nameOf(option)));
}
