import { nearestName } from './explain/suggest';
import { silenceAnnotation } from './rule/silence-annotation';
import { baseNameAnnotation, retryOfLabel, retryOfUidAnnotation } from '../api/labels';
import { afterAnnotation } from '../api/order';
import { inputsAnnotation } from '../api/outputs';
import { peersLabel } from '../api/peers';
import type { Finding } from '../core/finding';
import { given } from '../core/given';
import { asObject, valueAt } from '../core/json';

const prefix = 'cdk8s-jobs/';

/** Asked for what begins like them alone: most manifests have none. */
function knownNames(): readonly string[] {
  return [afterAnnotation, silenceAnnotation, baseNameAnnotation, inputsAnnotation, peersLabel, retryOfLabel, retryOfUidAnnotation];
}

/** Annotations and labels of this package's domain that it does not know: whoever wrote them meant something. */
export function findUnknownOwnNames(manifest: unknown, places: ReadonlyArray<readonly string[]>): Finding[] {
  return places.flatMap((place) => {
    const metadata = asObject(valueAt(manifest, place));
    return (['annotations', 'labels'] as const).flatMap((map) => {
      const names = Object.keys(asObject(metadata[map])).filter((name) => name.startsWith(prefix) && !knownNames().includes(name));
      return names.map((name) => findingOf([...place, map].join('.'), name));
    });
  });
}

function findingOf(map: string, name: string): Finding {
  const nearest = nearestName(name, knownNames());
  const hint = nearest === undefined ? undefined : `did you mean ${nearest}?`;
  const message = 'cdk8s-jobs knows no such annotation or label';
  return { rule: 'own-annotation-known', field: `${map}[${name}]`, type: 'NotSupported', severity: 'warning', message, value: name, ...given({ hint }) };
}
