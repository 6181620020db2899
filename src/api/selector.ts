/** One condition on a label. Nothing in it is checked: `operator` should be `In`, `NotIn`, `Exists` or `DoesNotExist`. */
export interface Requirement {
  readonly key?: string;
  readonly operator?: string;
  readonly values?: readonly string[];
}

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

/** Whether a selector written as text matches labels; the empty text matches everything. */
export function matchesSelectorText(text: string, labels: Labels): boolean {
  return text === '' || parseSelector(text).every((requirement) => meets(labels, requirement));
}

/**
 * The conditions of a selector as kubectl and query parameters write it: `a=b`, `a==b`, `a!=b`, `a in (b,c)`, `a notin (b,c)`, `a`, `!a`,
 * joined by commas. A part that is none of these is taken as a key.
 *
 * @source staging/src/k8s.io/apimachinery/pkg/labels/selector.go Parse (v1.37)
 */
export function parseSelector(text: string): Requirement[] {
  // Commas between parentheses separate values.
  const parts = text.match(/(?:[^,(]|\([^)]*\))+/g) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== '').map(parseRequirement);
}

/** A selector as the text that `parseSelector` reads: `a=b,c in (d,e)`. */
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
    default: return value === undefined;
  }
}

function parseRequirement(text: string): Requirement {
  const [, setKey, word, list = ''] = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(text) ?? [];
  if (setKey !== undefined) {
    return { key: setKey, operator: word === 'in' ? 'In' : 'NotIn', values: list.split(',').map((value) => value.trim()) };
  }
  const [, key, sign, value = ''] = /^([^=!\s]+)\s*(==|=|!=)\s*(.*)$/.exec(text) ?? [];
  if (key !== undefined) return { key, operator: sign === '!=' ? 'NotIn' : 'In', values: [value] };
  return text.startsWith('!') ? { key: text.slice(1).trim(), operator: 'DoesNotExist' } : { key: text, operator: 'Exists' };
}

function formatRequirement({ key = '', operator, values = [] }: Requirement): string {
  switch (operator) {
    case 'Exists': return key;
    case 'DoesNotExist': return `!${key}`;
    case 'NotIn': return `${key} notin (${values.join(',')})`;
    default: return `${key} in (${values.join(',')})`;
  }
}
