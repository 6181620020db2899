import type { Committed } from './committed';
import type { Delivery } from './tool';
import { argocd, flux, type GitOps } from '../../../src';
import { argoCdAnnotations, fluxAnnotations } from '../../../src/api/gitops';

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
  | 'runs once'
  | 'suspended again'
  | 'runs to its end';

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
  /** What makes the tool do so, as it is written in the app of this package, or in the Application. */
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
  'its command and a ConfigMap change': { command: 'echo second; sleep 2', setting: 'second' },
  'the first commit': undefined,
  'time passes': undefined,
  'somebody resumes it in the cluster': undefined,
} as const satisfies Record<string, Partial<Committed> | undefined>;

const argoForce = intended(argocd({ run: 'on-change' }));
const argoOnce = intended(argocd({ run: 'once' }));
const argoWave = intended(argocd({ run: 'before-rollout-when-changed' }));
const argoHook = intended(argocd({ run: 'before-rollout' }));
const fluxForce = intended(flux({ run: 'on-change' }));
const fluxOnce = intended(flux({ run: 'once' }));
const folders = { job: 'before', rest: 'after' };
const ignoreDifferences = [{ group: 'batch', kind: 'Job', jsonPointers: ['/spec/template'] }];
const frozen: Delivery = { application: { ignoreDifferences, syncOptions: ['RespectIgnoreDifferences=true'] } };
const ignored: Pick<ToolCase, 'told' | 'delivery'> = { told: '`ignoreDifferences` of `/spec/template`', delivery: { application: { ignoreDifferences } } };
const ignoringAtFlux = (path: string): Pick<Required<ToolCase>, 'told' | 'delivery'> => ({
  told: `\`spec.ignore\` of \`${path}\``, delivery: { kustomizations: [{ path: '', spec: { ignore: [{ paths: [path], target: { kind: 'Job' } }] } }] },
});
const suspendIgnored: Delivery = {
  application: { selfHeal: true, ignoreDifferences: [{ group: 'batch', kind: 'Job', jsonPointers: ['/spec/suspend'] }], syncOptions: ['RespectIgnoreDifferences=true'] },
};
const suspended = { command: 'sleep 25', suspend: true };
const slow = { command: 'sleep 5' };
const short = { command: 'true', ttlSecondsAfterFinished: 1 };

/** Prune is on in all of them. Made to happen with Argo CD and with Flux's kustomize-controller: see README.md. */
export const gitOpsCases: readonly GitOpsCase[] = [
  {
    job: 'a Job with a fixed name',
    happens: 'its command changes',
    argocd: { outcome: 'refused: field is immutable' },
    flux: { outcome: 'refused: field is immutable' },
  },
  {
    job: 'a Job with a fixed name',
    happens: 'its backoffLimit changes',
    argocd: { outcome: 'in place' },
    flux: { outcome: 'in place' },
  },
  {
    job: 'a Job with a hash name',
    happens: 'its command changes',
    argocd: { told: "`rerun: 'on-change'`", committed: { hashName: true }, outcome: 'runs again; the old one is deleted' },
    flux: { told: "`rerun: 'on-change'`", committed: { hashName: true }, outcome: 'runs again; the old one is deleted' },
  },
  {
    job: 'a Job that is forced',
    happens: 'its command changes',
    argocd: { ...argoForce, outcome: 'runs again; the old one is deleted' },
    flux: { ...fluxForce, outcome: 'runs again; the old one is deleted' },
  },
  {
    job: 'a Job that is forced',
    happens: 'only a ConfigMap changes',
    argocd: { ...argoForce, outcome: 'unchanged' },
    flux: { ...fluxForce, outcome: 'unchanged' },
  },
  {
    job: 'a Job that is forced',
    happens: 'its command changes',
    flux: {
      told: '`force: enabled` in `spec.commonMetadata` of the Kustomization',
      delivery: { kustomizations: [{ path: '', spec: { commonMetadata: { annotations: { [fluxAnnotations.force]: 'enabled' } } } }] },
      outcome: 'runs again; the old one is deleted',
    },
  },
  {
    job: 'a Job with `Replace=false`',
    happens: 'its backoffLimit changes',
    argocd: {
      told: '`Replace=true` in the Application',
      committed: { annotations: { [argoCdAnnotations.syncOptions]: 'Replace=false' } },
      delivery: { application: { syncOptions: ['Replace=true'] } },
      outcome: 'refused: field is immutable',
    },
  },
  {
    job: 'a Job that runs once',
    happens: 'its command changes',
    argocd: {
      ...argoOnce,
      told: `${argoOnce.told}, \`ignoreDifferences\` of \`/spec/template\` and \`RespectIgnoreDifferences=true\``,
      delivery: frozen,
      outcome: 'unchanged',
    },
    flux: { ...fluxOnce, outcome: 'unchanged' },
  },
  {
    job: 'a Job whose template is ignored',
    happens: 'its command changes',
    argocd: { ...ignored, outcome: 'unchanged' },
    flux: { ...ignoringAtFlux('/spec/template'), outcome: 'refused: field is immutable' },
  },
  {
    job: 'a Job whose `backoffLimit` is ignored',
    happens: 'its backoffLimit changes',
    flux: { ...ignoringAtFlux('/spec/backoffLimit'), outcome: 'unchanged' },
  },
  {
    job: 'a Job whose template is ignored',
    happens: 'its command and a ConfigMap change',
    argocd: { ...ignored, outcome: 'refused: field is immutable' },
  },
  {
    job: 'a Job whose template is ignored',
    happens: 'its command and a ConfigMap change',
    argocd: { told: `${ignored.told} and \`RespectIgnoreDifferences=true\``, delivery: frozen, outcome: 'unchanged' },
  },
  {
    job: 'a Job before the rest',
    happens: 'the first commit',
    argocd: {
      told: `\`rerun: 'on-change'\` and ${argoWave.told}`,
      committed: { ...argoWave.committed, ...slow, hashName: true },
      outcome: 'the rest waits for it',
    },
    flux: {
      told: 'its own Kustomization with `wait: true`, and `dependsOn` in that of the rest',
      committed: { ...slow, folders },
      delivery: { kustomizations: [{ path: 'before', wait: true }, { path: 'after', dependsOn: 'before' }] },
      outcome: 'the rest waits for it',
    },
  },
  {
    job: 'a Job before the rest',
    happens: 'the first commit',
    flux: {
      told: 'the same without `wait`',
      committed: { ...slow, folders },
      delivery: { kustomizations: [{ path: 'before' }, { path: 'after', dependsOn: 'before' }] },
      outcome: 'the rest does not wait',
    },
  },
  {
    job: 'a Job as a hook',
    happens: 'the first commit',
    argocd: { ...argoHook, committed: { ...argoHook.committed, ...slow }, outcome: 'the rest waits for it' },
  },
  {
    job: 'a Job as a hook',
    happens: 'only a ConfigMap changes',
    argocd: { ...argoHook, outcome: 'runs again; the old one is deleted' },
  },
  {
    job: 'a suspended Job',
    happens: 'somebody resumes it in the cluster',
    argocd: { told: '`selfHeal: true`', committed: suspended, delivery: { application: { selfHeal: true } }, outcome: 'suspended again' },
    flux: { committed: suspended, outcome: 'suspended again' },
  },
  {
    job: 'a suspended Job',
    happens: 'somebody resumes it in the cluster',
    argocd: {
      told: '`selfHeal: true`, `ignoreDifferences` of `/spec/suspend` and `RespectIgnoreDifferences=true`',
      committed: suspended,
      delivery: suspendIgnored,
      outcome: 'runs to its end',
    },
    flux: { ...ignoringAtFlux('/spec/suspend'), committed: suspended, outcome: 'runs to its end' },
  },
  {
    job: 'a Job with `ttlSecondsAfterFinished`',
    happens: 'time passes',
    argocd: { told: '`selfHeal: true`', committed: short, delivery: { application: { selfHeal: true } }, outcome: 'runs for ever' },
    flux: { committed: short, outcome: 'runs for ever' },
  },
];

/** The commits of a case, in their order. */
export function commitsOf(happens: Happening, { committed = {} }: ToolCase): readonly Committed[] {
  const first: Committed = { command: 'echo first; sleep 2', ...committed };
  const change = changes[happens];
  return change === undefined ? [first] : [first, { ...first, ...change }];
}

/** An intention of the Job, and the text that says so. */
function intended(gitops: GitOps): Required<Pick<ToolCase, 'told' | 'committed'>> {
  const { tool, options } = gitops;
  return { told: `\`${tool}({ run: '${options.run}' })\``, committed: { gitops } };
}
