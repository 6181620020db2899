import { isInt64, readSelector, type Requirement } from './selector-text';

/** A label selector, as far as matching is concerned. */
export interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly Requirement[];
}

type Labels = Readonly<Record<string, string>>;

/**
 * Whether a selector matches labels. A missing selector matches nothing; an empty one matches everything.
 *
 * @source staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/helpers.go LabelSelectorAsSelector (v1.37)
 */
export function matchesSelector(selector: Selector | undefined, labels: Labels = {}): boolean {
  if (selector === undefined) return false;
  const { matchLabels = {}, matchExpressions = [] } = selector;
  for (const key in matchLabels) if (labels[key] !== matchLabels[key]) return false;
  return matchExpressions.every((requirement) => meets(labels, requirement));
}

/** Whether a selector written as text matches labels; the empty text matches everything, and one that cannot be read nothing. */
export function matchesSelectorText(text: string, labels: Labels): boolean {
  return text === '' || labelMatcher(text)(labels);
}

/** What `matchesSelectorText` says, for many labels: the text is read once. */
export function labelMatcher(text: string): (labels: Labels) => boolean {
  const selector = readSelector(text);
  if (!('requirements' in selector)) return () => false;
  const { requirements } = selector;
  return (labels) => requirements.every((requirement) => meets(labels, requirement));
}

/** A selector as the text that `readSelector` reads: `a=b,c in (d,e)`. */
export function formatSelector({ matchLabels = {}, matchExpressions = [] }: Selector): string {
  const equal = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`);
  return [...equal, ...matchExpressions.map(formatRequirement)].join(',');
}

/** @source staging/src/k8s.io/apimachinery/pkg/labels/selector.go Requirement.Matches (v1.37) */
function meets(labels: Labels, { key = '', operator, values = [] }: Requirement): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'In': return value !== undefined && values.includes(value);
    case 'NotIn': return value === undefined || !values.includes(value);
    case 'Exists': return value !== undefined;
    case 'Gt': return value !== undefined && isInt64(value) && BigInt(value) > BigInt(values[0] ?? '');
    case 'Lt': return value !== undefined && isInt64(value) && BigInt(value) < BigInt(values[0] ?? '');
    default: return value === undefined;
  }
}

function formatRequirement({ key = '', operator, values = [] }: Requirement): string {
  switch (operator) {
    case 'Exists': return key;
    case 'DoesNotExist': return `!${key}`;
    case 'NotIn': return `${key} notin (${values.join(',')})`;
    default: return `${key} in (${values.join(',')})`;
  }
}
