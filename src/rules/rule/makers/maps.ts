import { blameAll, type Entry, makeRule } from './make-rule';
import { byteLength, checkLabelValue, checkQualifiedName } from '../../../api/names';
import { type Rule } from '../rule';

type Texts = Readonly<Record<string, string>>;

/** @source staging/src/k8s.io/apimachinery/pkg/api/validation/objectmeta.go TotalAnnotationSizeLimitB (v1.37) */
const largestAnnotations = 256 * 1024;

/** Labels: keys and values must be well-formed. The map is blamed for each that is not. */
export function wellFormedLabels<Target>(entry: Entry<Target>): Rule<Target> {
  const shape = { type: 'Invalid', message: 'a key must be a qualified name, a value a label value', checks: 'given' } as const;
  return makeRule(entry, shape, () => (labels, scope, trail) => {
    for (const key in labels as Texts) {
      const value = (labels as Texts)[key] ?? '';
      blameAll(checkQualifiedName(key), key, scope, trail);
      blameAll(checkLabelValue(value), value, scope, trail);
    }
  });
}

/** Annotations: keys must be well-formed. The map is blamed for each that is not. */
export function wellFormedAnnotationKeys<Target>(entry: Entry<Target>): Rule<Target> {
  const shape = { type: 'Invalid', message: 'a key in lower case must be a qualified name', checks: 'given' } as const;
  return makeRule(entry, shape, () => (annotations, scope, trail) => {
    for (const key in annotations as Texts) blameAll(checkQualifiedName(key.toLowerCase()), key, scope, trail);
  });
}

/** Annotations: keys and values together may only be so long. */
export function annotationsWithinLimit<Target>(entry: Entry<Target>): Rule<Target> {
  const shape = { type: 'TooLong', message: `may not be more than ${largestAnnotations} bytes`, checks: 'given' } as const;
  return makeRule(entry, shape, (fault) => (annotations, scope, trail) => {
    let bytes = 0;
    for (const key in annotations as Texts) bytes += byteLength(key) + byteLength((annotations as Texts)[key] ?? '');
    if (bytes > largestAnnotations) fault(annotations, scope, trail);
  });
}
