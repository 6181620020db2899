import { nearestName } from './explain/suggest';
import { silenceAnnotation } from './rule/silence-annotation';
import { baseNameAnnotation, retryOfLabel, retryOfUidAnnotation } from '../api/labels';
import { afterAnnotation } from '../api/order';
import { inputsAnnotation } from '../api/outputs';
import { peersLabel } from '../api/peers';
import type { Finding } from '../core/finding';
import { given } from '../core/given';
import { asObject, isObject, valueAt } from '../core/json';

const prefix = 'cdk8s-jobs/';

/** Asked for what begins like them alone: most manifests have none. */
function knownNames(): readonly string[] {
  return [afterAnnotation, silenceAnnotation, baseNameAnnotation, inputsAnnotation, peersLabel, retryOfLabel, retryOfUidAnnotation];
}

/** Annotations and labels of this package that say nothing, by their name or where they are: whoever wrote them meant something. */
export function findUnknownOwnNames(manifest: unknown, places: ReadonlyArray<readonly string[]>): Finding[] {
  const findings: Finding[] = [];
  for (const place of places) {
    const metadata = valueAt(manifest, place);
    if (!isObject(metadata)) continue;
    for (const map of maps) {
      for (const name in asObject(metadata[map])) {
        if (!name.startsWith(prefix)) continue;
        const isKnown = knownNames().includes(name);
        // Only objects wait, not what is made of their templates.
        if (!isKnown || (name === afterAnnotation && place.length > 1)) findings.push(findingOf([...place, map].join('.'), name, isKnown));
      }
    }
  }
  return findings;
}

const maps = ['annotations', 'labels'] as const;

function findingOf(map: string, name: string, isKnown: boolean): Finding {
  const nearest = isKnown ? undefined : nearestName(name, knownNames());
  const hint = nearest === undefined ? undefined : `did you mean ${nearest}?`;
  const message = isKnown ? 'says nothing here: an object waits by the annotations in its own metadata' : 'cdk8s-jobs knows no such annotation or label';
  return { rule: 'own-annotation-known', field: `${map}[${name}]`, type: 'NotSupported', severity: 'warning', message, value: name, ...given({ hint }) };
}
