import { type Decoded } from '../../api/decoded';
import { type LabelSelector } from '../../api/kubernetes';
import { checkLabelValue, checkQualifiedName } from '../../api/names';
import { matchesSelector } from '../../api/selector';
import { oneOf, wellNamed } from '../rule/makers/makers';
import { wellFormedLabels } from '../rule/makers/maps';
import { labelValue, qualifiedName } from '../rule/makers/names';
import { type RuleGroup } from '../rule/rule';
import { inJob } from '../rule/wrap';

type Selector = Decoded<LabelSelector>;
type Requirement = Decoded<NonNullable<LabelSelector['matchExpressions']>>[number];

/** Any label selector: of a Job, of pod affinity, of spread constraints, of claims. */
const selectorGroup: RuleGroup<Selector> = {
  at: 'spec.selector',
  source: 'staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/validation/validation.go ValidateLabelSelector (v1.37)',
  wrap: (selector) => inJob({
    manualSelector: true,
    selector,
    template: { metadata: { labels: { app: 'demo' } }, spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] } },
  }),
  rules: [
    wellFormedLabels({
      id: 'selector-labels-well-formed',
      field: 'matchLabels',
      examples: { bad: [{ matchLabels: { app: 'a b' } }], good: [{ matchLabels: { app: 'demo' } }] },
    }),
    {
      id: 'selector-values-given',
      field: 'matchExpressions[*].values',
      type: 'Required',
      message: 'must be specified when `operator` is \'In\' or \'NotIn\'',
      when: 'matchExpressions',
      finds: ({ matchExpressions }, scope) => {
        matchExpressions?.forEach(({ operator, values = [] }, position) => {
          if (isIn(operator) && values.length === 0) scope.report(undefined, scope.at.child('matchExpressions').index(position).child('values'));
        });
      },
      examples: { bad: [requirement({ operator: 'In' })], good: [requirement({ operator: 'In', values: ['demo'] })] },
    },
    {
      id: 'selector-values-absent',
      field: 'matchExpressions[*].values',
      type: 'Forbidden',
      message: 'may not be specified when `operator` is \'Exists\' or \'DoesNotExist\'',
      when: 'matchExpressions',
      finds: ({ matchExpressions }, scope) => {
        matchExpressions?.forEach(({ operator, values = [] }, position) => {
          if (isExists(operator) && values.length > 0) scope.report(undefined, scope.at.child('matchExpressions').index(position).child('values'));
        });
      },
      examples: { bad: [requirement({ operator: 'Exists', values: ['demo'] })], good: [requirement({ operator: 'Exists' })] },
    },
    oneOf({
      id: 'selector-operator-known',
      field: 'matchExpressions[*].operator',
      type: 'Invalid',
      message: 'not a valid selector operator',
      checks: 'all',
      values: ['In', 'NotIn', 'Exists', 'DoesNotExist'],
      examples: { bad: [requirement({ operator: 'Equals', values: ['demo'] })], good: [requirement({ operator: 'NotIn', values: ['other'] })] },
    }),
    wellNamed({
      id: 'selector-key-is-a-qualified-name',
      field: 'matchExpressions[*].key',
      checks: 'all',
      as: qualifiedName,
      examples: { bad: [requirement({ key: 'a b', operator: 'Exists' })], good: [requirement({ operator: 'Exists' })] },
    }),
    wellNamed({
      id: 'selector-values-are-label-values',
      field: 'matchExpressions[*].values[*]',
      checks: 'all',
      as: labelValue,
      examples: { bad: [requirement({ operator: 'NotIn', values: ['b!'] })], good: [requirement({ operator: 'NotIn', values: ['b'] })] },
    }),
  ],
};

/** The groups about label selectors, wherever they stand. */
export const labelSelectorRules = { selector: selectorGroup };

/**
 * Whether a selector matches labels; undefined for a selector that cannot be used because it is malformed. No selector matches nothing.
 *
 * @source staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/helpers.go LabelSelectorAsSelector (v1.37)
 */
export function matchesLabels(selector: Selector | undefined, labels: Readonly<Record<string, string>>): boolean | undefined {
  if (selector === undefined) return false;
  const { matchLabels = {}, matchExpressions = [] } = selector;
  if (!isUsable(matchLabels, matchExpressions)) return undefined;
  return matchesSelector(selector, labels);
}

function isUsable(matchLabels: Readonly<Record<string, string>>, matchExpressions: readonly Requirement[]): boolean {
  for (const key in matchLabels) if (checkQualifiedName(key).length > 0 || checkLabelValue(matchLabels[key] ?? '').length > 0) return false;
  return matchExpressions.every(({ key = '', operator, values = [] }) => checkQualifiedName(key).length === 0
    && values.every((value) => checkLabelValue(value).length === 0)
    && (isIn(operator) ? values.length > 0 : isExists(operator) && values.length === 0));
}

function isIn(operator: string | undefined): boolean {
  return operator === 'In' || operator === 'NotIn';
}

function isExists(operator: string | undefined): boolean {
  return operator === 'Exists' || operator === 'DoesNotExist';
}

function requirement(more: object): object {
  return { matchExpressions: [{ key: 'app', ...more }] };
}
