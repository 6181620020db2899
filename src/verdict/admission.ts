import type { Diagnosis } from './diagnosis';
import type { ObservedAnswer } from './observation';
import { text } from './read';
import type { Sign } from './sign';

/** The words of admission plugins, the most telling first. */
const wordings: ReadonlyArray<{ readonly code: Diagnosis; readonly words: RegExp; readonly canHeal: boolean }> = [
  { code: 'NamespaceDeleted', words: /because it is being terminated/i, canHeal: false },
  { code: 'QuotaExceeded', words: /exceeded quota/i, canHeal: true },
  { code: 'QuotaExceeded', words: /failed quota/i, canHeal: false },
  { code: 'ServiceAccountMissing', words: /error looking up service account|serviceaccount "[^"]*" not found/i, canHeal: true },
  { code: 'PriorityClassMissing', words: /no PriorityClass with name/i, canHeal: true },
  { code: 'RuntimeClassMissing', words: /RuntimeClass "[^"]*" not found/i, canHeal: true },
  { code: 'AdmissionRefused', words: /failed calling webhook|request timed out|did not complete|InternalError/i, canHeal: true },
];

/** Why pods of the Job are refused, in the words of a `FailedCreate` Event. */
export function refusedPodSign(message: string): Sign {
  const detail = message.replace(/^Error creating: /, '');
  const found = wordings.find(({ words }) => words.test(message));
  return found === undefined ? { code: 'AdmissionRefused', detail, canHeal: false } : { code: found.code, detail, canHeal: found.canHeal };
}

/** A refused create request: the reason in the Status, and the cause behind it. */
export interface CreateRefusal {
  readonly reason: string | null;
  readonly code: Diagnosis;
  readonly detail: string;
}

/**
 * The refusal in the answer to a create request; undefined if nothing was refused.
 *
 * A ValidatingAdmissionPolicy answers 422 with reason Invalid, as validation does, but its message says that the object is forbidden.
 */
export function createRefusal(answer: ObservedAnswer): CreateRefusal | undefined {
  if (!(answer.code >= 400)) return undefined;
  const reason = text(answer, 'body', 'reason') ?? null;
  const detail = text(answer, 'body', 'message') ?? `HTTP ${answer.code}`;
  return { reason, code: refusalCode(answer.code, reason, detail), detail };
}

function refusalCode(status: number, reason: string | null, message: string): Diagnosis {
  if (status === 409 || reason === 'AlreadyExists') return 'AlreadyExists';
  const found = wordings.find(({ words }) => words.test(message));
  if (found !== undefined) return found.code;
  const isForbidden = /is forbidden:|denied (the )?request|admission webhook/i.test(message);
  // An object that does not fit its kind is answered with 500 by server-side apply.
  const isInvalid = status === 422 || status === 400 || reason === 'Invalid' || message.startsWith('failed to create typed patch object');
  return isInvalid && !isForbidden ? 'Invalid' : 'AdmissionRefused';
}
