import type { Diagnosis } from './diagnosis';
import { condition, record, records, text } from './read';
import type { Sign } from './sign';
import type { JsonObject } from '../core/json';

/**
 * The scheduler's words, the most telling first: when nodes are unfit for different reasons, a full node says more than a tainted one.
 *
 * @source pkg/scheduler/framework/plugins ErrReason of each plugin (v1.36)
 */
const wordings: ReadonlyArray<{ readonly code: Diagnosis | 'SelectorOrAffinity'; readonly words: RegExp }> = [
  { code: 'VolumeMissing', words: /persistentvolumeclaim "[^"]*" (not found|is being deleted|bound to non-existent)/i },
  { code: 'VolumeUnbound', words: /unbound immediate PersistentVolumeClaims|available persistent volumes to bind|volume node affinity conflict|waiting for .* volume/i },
  { code: 'Unschedulable.Resources', words: /\bInsufficient \S+|Too many pods|free ports/i },
  { code: 'SelectorOrAffinity', words: /didn't match Pod's node affinity\/selector/i },
  { code: 'Unschedulable.PodAffinity', words: /pod (anti-)?affinity rules|topology spread constraints/i },
  { code: 'Unschedulable.Taint', words: /untolerated taint/i },
  { code: 'Unschedulable.Cordoned', words: /were unschedulable/i },
];

/** A pod that fits no node, or that waits for its scheduling gates. */
export function placementSign(pod: JsonObject): Sign | undefined {
  const scheduled = condition(pod, 'PodScheduled');
  if (scheduled === undefined || scheduled.status !== 'False') return undefined;
  const reason = text(scheduled, 'reason');
  const detail = text(scheduled, 'message') ?? reason ?? '';
  if (reason === 'SchedulingGated') return { code: 'SchedulingGated', detail };
  if (reason !== 'Unschedulable') return undefined;
  const { words, why } = firstSentence(detail);
  const code = wordings.find((wording) => wording.words.test(words))?.code ?? 'Unschedulable.Resources';
  return { code: code === 'SelectorOrAffinity' ? selectorOrAffinity(pod) : code, detail: why };
}

/** The part before the remarks on preemption, which differ between attempts. */
function firstSentence(message: string): { readonly words: string; readonly why: string } {
  const words = message.split(/\.? (?:no new claims to deallocate|preemption: )/)[0] ?? message;
  return { words, why: words.replace(/\.$/, '') };
}

/** One message serves both; the pod's spec tells them apart. */
function selectorOrAffinity(pod: JsonObject): Diagnosis {
  const hasSelector = Object.keys(record(pod, 'spec', 'nodeSelector')).length > 0;
  const terms = records(pod, 'spec', 'affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms');
  return terms.length > 0 && !hasSelector ? 'Unschedulable.Affinity' : 'Unschedulable.Selector';
}
