import { allRules } from './all-rules';
import { otherFindings } from './explain/other-findings';
import { nearestName } from './explain/suggest';
import { silenceAnnotation } from './rule/silence-annotation';
import type { FaultType, Finding } from '../core/finding';
import { given } from '../core/given';
import { asObject, valueAt } from '../core/json';

/** An id that an object names in the annotation, and the path of the annotation. */
interface SilencedId {
  readonly id: string;
  readonly field: string;
}

/** What keeps an id from being silenced. */
interface SilenceProblem {
  readonly type: FaultType;
  readonly message: string;
  /** What to write instead, where that is known. */
  readonly hint?: string;
}

/** Where metadata may stand in a Job and in a CronJob. */
export const metadataPlaces = [
  ['metadata'],
  ['spec', 'template', 'metadata'],
  ['spec', 'jobTemplate', 'metadata'],
  ['spec', 'jobTemplate', 'spec', 'template', 'metadata'],
] as const;

const annotationPlaces = metadataPlaces.map((place) => ({
  path: [...place, 'annotations', silenceAnnotation],
  field: `${place.join('.')}.annotations[${silenceAnnotation}]`,
}));

/** The ids in the annotations of an object of any kind, each with its place; what the Jobs of a JobSet silence holds for all of it. */
export function idsSilencedIn(manifest: unknown): readonly SilencedId[] {
  const jobs = valueAt(manifest, ['spec', 'replicatedJobs']);
  return Array.isArray(jobs) ? [manifest, ...jobs.map((job) => asObject(job).template)].flatMap(idsIn) : idsIn(manifest);
}

function idsIn(job: unknown): readonly SilencedId[] {
  return annotationPlaces.flatMap(({ path, field }) => {
    const text = valueAt(job, path);
    return typeof text === 'string' ? readIds(text).map((id) => ({ id, field })) : [];
  });
}

/** The ids of a text with commas between them. */
export function readIds(text: string): readonly string[] {
  return text.split(',').map((part) => part.trim()).filter(Boolean);
}

/** Why an id cannot be silenced; undefined for one that can. */
export function problemOfSilence(id: string): SilenceProblem | undefined {
  const known = canBeSilenced();
  const can = known.get(id);
  if (can === true) return undefined;
  if (can === false) return { type: 'Invalid', message: 'it is an error: only warnings and advice can be silenced' };
  const nearest = nearestName(id, [...known.keys()]);
  return { type: 'NotFound', message: 'there is no finding of this id', ...given({ hint: nearest === undefined ? undefined : `did you mean ${nearest}?` }) };
}

/** The ids of all findings that can be silenced, in the order of the alphabet. */
export function idsToSilence(): readonly string[] {
  return [...canBeSilenced()].filter(([, can]) => can).map(([id]) => id).sort();
}

/** Ids in an object's annotations that silence nothing, since there is no such finding or it is an error. */
export function findSilenceFaults(silenced: readonly SilencedId[]): Finding[] {
  return silenced.flatMap(({ id, field }) => {
    const problem = problemOfSilence(id);
    return problem === undefined ? [] : [{ rule: 'silence-names-a-finding', field, severity: 'warning', value: id, ...problem }];
  });
}

let known: ReadonlyMap<string, boolean> | undefined;

/** Of each id of a finding, whether it can be silenced: there are warnings or advice of it. */
function canBeSilenced(): ReadonlyMap<string, boolean> {
  return known ??= new Map<string, boolean>([
    ...allRules.map(({ id, severity = 'error' }) => [id, severity !== 'error'] as const),
    ...[...otherFindings].map(([id, { severity, orElse = severity }]) => [id, severity !== 'error' || orElse !== 'error'] as const),
  ]);
}
