import type { Intention } from './intentions';
import type { GitOpsTool } from '../api/gitops';
import type { ArgoCdOptions } from '../api/props/gitops-props';
import { gitOpsRefusals } from '../api/props/refusals';
import type { Finding } from '../core/finding';
import { asObject } from '../core/json';

/** What an intention is checked against. */
interface Intended {
  readonly tool: GitOpsTool;
  readonly intention: Intention;
  /** The Job or CronJob as it will be written. */
  readonly manifest: unknown;
  /** Whether its name changes with its content. */
  readonly hasRerun: boolean;
}

/** A fault: the place, its kind and the sentence. */
type Fault = readonly [field: string, type: Finding['type'], message: string];

/** What the other fields of a Job, or another option, keep from being done. */
export function findIntentionFaults({ tool, intention, manifest, hasRerun }: Intended): Finding[] {
  const { spec } = asObject(manifest);
  const { suspend } = asObject(spec);
  const { run, start, pause } = intention;
  const faults: Fault[] = findBrokenOptions(tool, intention);
  if (run === 'once' && hasRerun) faults.push(['rerun', 'Forbidden', "run: 'once' is for a name that stays, and rerun makes a new one: leave one of them out"]);
  if (run === 'on-change' && hasRerun) faults.push(['rerun', 'Forbidden', "both run the Job again on change: rerun under a new name, run: 'on-change' under the old one: leave one of them out"]);
  if (run === 'before-rollout-when-changed' && !hasRerun) faults.push(['rerun', 'Required', "run: 'before-rollout-when-changed' needs a name that changes: rerun: 'on-change'"]);
  if (start === 'later' && suspend !== true) faults.push(['spec.suspend', 'Required', "start: 'later' needs suspend: true, else the Job starts at once"]);
  if (pause === 'by-hand' && start === undefined && suspend !== undefined) {
    faults.push(['spec.suspend', 'Forbidden', "pause: 'by-hand' is for what Git does not say: leave it out, else the next sync sets it again"]);
  }
  const unknown = findUnknownOptions(intention);
  const blamed = unknown.map(({ field }) => field);
  return [...unknown, ...faults.filter(([field]) => !blamed.includes(field)).map(([field, type, message]): Finding => (
    { rule, field, type, message, severity: 'error' }
  ))];
}

const rule = 'gitops-intention';

/** The values of each option, of both tools: which of them a tool has not is told by its own sentence. */
const known = new Map<string, readonly string[]>(Object.entries({
  run: ['once', 'on-change', 'before-rollout', 'before-rollout-when-changed', 'after-rollout'],
  start: ['later'],
  pause: ['by-hand'],
  cleanUp: ['after-success'],
  whenRemoved: ['kept'],
  order: ['dependencies'],
  health: ['ignored'],
} satisfies Record<keyof ArgoCdOptions, readonly string[]>));

/** Options and values that there are not. The types refuse them; one that is computed, or written in JavaScript, would do nothing. */
function findUnknownOptions(intention: Intention): Finding[] {
  return Object.entries(intention).flatMap(([option, value]): Finding[] => {
    const field = `gitops.${option}`;
    const values = known.get(option);
    if (values === undefined) return [{ rule, field, type: 'Unknown', message: `known are ${[...known.keys()].join(', ')}`, severity: 'error' }];
    if (values.some((one) => one === value)) return [];
    return [{ rule, field, type: 'NotSupported', value, message: `supported values: ${values.map((one) => JSON.stringify(one)).join(', ')}`, severity: 'error' }];
  });
}

/** Options that exclude each other. The types refuse them where they are written together; they may come from several scopes. */
function findBrokenOptions(tool: GitOpsTool, { run = '', start, pause, cleanUp, whenRemoved, order, health }: Intention): Fault[] {
  const isHook = run === 'before-rollout' || run === 'after-rollout';
  const isArgoCd = tool === 'argocd';
  const broken: ReadonlyArray<readonly [boolean, string, string]> = [
    [isArgoCd && start !== undefined && (isHook || run === 'before-rollout-when-changed'), 'start', gitOpsRefusals.startInRollout],
    [isArgoCd && cleanUp !== undefined && !isHook, 'cleanUp', gitOpsRefusals.cleanUpNeedsHook],
    [isArgoCd && whenRemoved !== undefined && isHook, 'whenRemoved', gitOpsRefusals.hooksAreKept],
    [start !== undefined && pause !== undefined, 'pause', gitOpsRefusals.pauseAndStart],
    [!isArgoCd && start !== undefined && run === 'on-change', 'start', gitOpsRefusals.startOnChange],
    [!isArgoCd && pause !== undefined && run === 'once', 'pause', gitOpsRefusals.pauseOnce],
    [!isArgoCd && !['', 'once', 'on-change'].includes(run), 'run', gitOpsRefusals.fluxHasNoHooks],
    [!isArgoCd && order !== undefined, 'order', gitOpsRefusals.fluxHasNoWaves],
    [!isArgoCd && health !== undefined, 'health', gitOpsRefusals.fluxHealth],
    [!isArgoCd && cleanUp !== undefined, 'cleanUp', gitOpsRefusals.fluxCleanUp],
  ];
  return broken.flatMap(([holds, option, message]): Fault[] => (holds ? [[`gitops.${option}`, 'Forbidden', message]] : []));
}
