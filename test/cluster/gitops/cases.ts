import type { Committed } from './committed';
import type { Delivery } from './tool';

/** What became of a Job: the first words are those of the review. */
export type Outcome =
  | 'runs again; the old one is deleted'
  | 'runs again; the old one stays'
  | 'refused: field is immutable'
  | 'refused'
  | 'in place'
  | 'unchanged'
  | 'the rest waits for it'
  | 'the rest does not wait'
  | 'runs for ever'
  | 'runs once';

/** What happens after the first commit. */
export type Happening = keyof typeof changes;

/** One row of the table: a Job in Git, what happens, and what each tool makes of it. */
export interface GitOpsCase {
  /** What is in Git, for the first column. */
  readonly job: string;
  readonly happens: Happening;
  readonly argocd?: ToolCase;
  readonly flux?: ToolCase;
}

/** A row's part for one tool. */
export interface ToolCase {
  /** What the tool must be told, as it is written in the manifest or in the Application or Kustomization. */
  readonly told?: string;
  readonly committed?: Partial<Committed>;
  readonly delivery?: Delivery;
  readonly outcome: Outcome;
}

/** What the second commit changes; nothing where the first alone is looked at. */
export const changes = {
  'its command changes': { command: 'echo second; sleep 2' },
  'its backoffLimit changes': { backoffLimit: 3 },
  'only a ConfigMap changes': { setting: 'second' },
  'the first commit': undefined,
  'time passes': undefined,
} as const satisfies Record<string, Partial<Committed> | undefined>;

const hook = annotations('argocd.argoproj.io/hook: PreSync', 'argocd.argoproj.io/hook-delete-policy: BeforeHookCreation');
const argoForce = annotations('argocd.argoproj.io/sync-options: Force=true');
const frozen: Delivery = {
  application: {
    ignoreDifferences: [{ group: 'batch', kind: 'Job', jsonPointers: ['/spec/template'] }],
    syncOptions: ['RespectIgnoreDifferences=true'],
  },
};
const slow = { command: 'sleep 5' };
const short = { command: 'true', ttlSecondsAfterFinished: 1 };

/** Prune is on in all of them. Made to happen with Argo CD: see README.md. */
export const gitOpsCases: readonly GitOpsCase[] = [
  {
    job: 'a Job with a fixed name',
    happens: 'its command changes',
    argocd: { outcome: 'refused: field is immutable' },
  },
  {
    job: 'a Job with a fixed name',
    happens: 'its backoffLimit changes',
    argocd: { outcome: 'in place' },
  },
  {
    job: 'a Job with a hash name',
    happens: 'its command changes',
    argocd: { told: "`rerun: 'on-change'`", committed: { hashName: true }, outcome: 'runs again; the old one is deleted' },
  },
  {
    job: 'a Job that is forced',
    happens: 'its command changes',
    argocd: { ...argoForce, outcome: 'runs again; the old one is deleted' },
  },
  {
    job: 'a Job that is forced',
    happens: 'only a ConfigMap changes',
    argocd: { ...argoForce, outcome: 'unchanged' },
  },
  {
    job: 'a Job that runs once',
    happens: 'its command changes',
    argocd: { told: '`ignoreDifferences` of `/spec/template` and `RespectIgnoreDifferences=true`', delivery: frozen, outcome: 'unchanged' },
  },
  {
    job: 'a Job before the rest',
    happens: 'the first commit',
    argocd: {
      told: '`argocd.argoproj.io/sync-wave: "-1"`',
      committed: { ...slow, annotations: { 'argocd.argoproj.io/sync-wave': '-1' } },
      outcome: 'the rest waits for it',
    },
  },
  {
    job: 'a Job as a hook',
    happens: 'the first commit',
    argocd: { ...hook, committed: { ...hook.committed, ...slow }, outcome: 'the rest waits for it' },
  },
  {
    job: 'a Job as a hook',
    happens: 'only a ConfigMap changes',
    argocd: { ...hook, outcome: 'runs again; the old one is deleted' },
  },
  {
    job: 'a Job with `ttlSecondsAfterFinished`',
    happens: 'time passes',
    argocd: { told: '`selfHeal: true`', committed: short, delivery: { application: { selfHeal: true } }, outcome: 'runs for ever' },
  },
];

/** The commits of a case, in their order. */
export function commitsOf(happens: Happening, { committed = {} }: ToolCase): readonly Committed[] {
  const first: Committed = { command: 'echo first; sleep 2', ...committed };
  const change = changes[happens];
  return change === undefined ? [first] : [first, { ...first, ...change }];
}

/** Annotations of the Job, and the text that says so. */
function annotations(...lines: readonly string[]): Required<Pick<ToolCase, 'told' | 'committed'>> {
  return {
    told: lines.map((line) => `\`${line}\``).join(' and '),
    committed: { annotations: Object.fromEntries(lines.map((line) => line.split(': '))) as Record<string, string> },
  };
}
