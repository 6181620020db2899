// Long because it is a table of rules.
import { type Decoded } from '../../api/decoded';
import { type NodeSelector, type NodeSelectorRequirement, type PodAffinityTerm, type TopologySpreadConstraint } from '../../api/kubernetes';
import { forbidden, inRange, oneOf, required, wellNamed } from '../rule/makers/makers';
import { dnsLabel, dnsSubdomain, labelValue, qualifiedName } from '../rule/makers/names';
import { type RuleGroup, type Scope } from '../rule/rule';
import { inPod } from '../rule/wrap';

type Requirement = Decoded<NodeSelectorRequirement>;
type Term = Decoded<PodAffinityTerm>;

const demanded = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';

/** The nodes that a pod must run on. */
const nodeSelectorGroup: RuleGroup<Decoded<NodeSelector>> = {
  at: `spec.template.spec.affinity.nodeAffinity.${demanded}`,
  source: 'pkg/apis/core/validation/validation.go ValidateNodeSelector (v1.37)',
  wrap: (selector) => inPod({ affinity: { nodeAffinity: { [demanded]: selector } } }),
  rules: [required({
    id: 'node-selector-terms-given',
    field: 'nodeSelectorTerms',
    message: 'must have at least one node selector term',
    examples: { bad: [{ nodeSelectorTerms: [] }], good: [{ nodeSelectorTerms: [{}] }] },
  })],
};

/** One requirement on the labels of a node. */
const nodeRequirementGroup: RuleGroup<Requirement> = {
  at: `spec.template.spec.affinity.nodeAffinity.${demanded}.nodeSelectorTerms[*].matchExpressions[*]`,
  source: 'pkg/apis/core/validation/validation.go ValidateNodeSelectorRequirement (v1.37)',
  wrap: (expression) => inNodeTerm({ matchExpressions: [{ key: 'a', ...expression }] }),
  rules: [
    required({
      id: 'node-values-given',
      field: 'values',
      message: 'must be specified when `operator` is \'In\' or \'NotIn\'',
      where: ({ operator }) => operator === 'In' || operator === 'NotIn',
      examples: { bad: [{ operator: 'In' }], good: [{ operator: 'In', values: ['b'] }] },
    }),
    forbidden({
      id: 'node-values-absent',
      field: 'values',
      message: 'may not be specified when `operator` is \'Exists\' or \'DoesNotExist\'',
      checks: 'filled',
      where: ({ operator }) => operator === 'Exists' || operator === 'DoesNotExist',
      examples: { bad: [{ operator: 'Exists', values: ['b'] }], good: [{ operator: 'Exists' }] },
    }),
    {
      id: 'node-value-single',
      field: 'values',
      type: 'Required',
      message: 'must be specified single value when `operator` is \'Lt\' or \'Gt\'',
      finds: ({ operator, values = [] }, scope) => { if ((operator === 'Gt' || operator === 'Lt') && values.length !== 1) scope.report(); },
      examples: { bad: [{ operator: 'Gt', values: [] }, { operator: 'Lt', values: ['1', '2'] }], good: [{ operator: 'Gt', values: ['1'] }] },
    },
    oneOf({
      id: 'node-operator-known',
      field: 'operator',
      type: 'Invalid',
      message: 'not a valid selector operator',
      checks: 'all',
      values: ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'],
      examples: { bad: [{ operator: 'Eq', values: ['b'] }], good: [{ operator: 'NotIn', values: ['b'] }] },
    }),
    wellNamed({
      id: 'node-key-is-a-qualified-name',
      field: 'key',
      checks: 'all',
      as: qualifiedName,
      examples: { bad: [{ key: 'a b', operator: 'Exists' }], good: [{ operator: 'Exists' }] },
    }),
  ],
};

/** The values of a requirement that a node must meet; those of a mere preference only get a warning. */
const nodeValueGroup: RuleGroup<Requirement> = {
  at: `spec.template.spec.affinity.nodeAffinity.${demanded}.nodeSelectorTerms[*].matchExpressions[*]`,
  source: 'pkg/apis/core/validation/validation.go ValidateNodeSelectorRequirement (v1.37)',
  since: 33,
  wrap: (expression) => inNodeTerm({ matchExpressions: [{ key: 'a', ...expression }] }),
  rules: [wellNamed({
    id: 'node-values-are-label-values',
    field: 'values[*]',
    since: 33,
    checks: 'all',
    as: labelValue,
    examples: { bad: [{ operator: 'In', values: ['b c'] }], good: [{ operator: 'In', values: ['b'] }] },
  })],
};

/** One requirement on the name of a node. */
const nodeFieldGroup: RuleGroup<Requirement> = {
  at: `spec.template.spec.affinity.nodeAffinity.${demanded}.nodeSelectorTerms[*].matchFields[*]`,
  source: 'pkg/apis/core/validation/validation.go ValidateNodeFieldSelectorRequirement (v1.37)',
  wrap: (field) => inNodeTerm({ matchFields: [{ key: 'metadata.name', operator: 'In', values: ['node'], ...field }] }),
  rules: [
    {
      id: 'node-field-value-single',
      field: 'values',
      type: 'Required',
      message: 'must be only one value when `operator` is \'In\' or \'NotIn\' for node field selector',
      finds: ({ operator, values = [] }, scope) => { if ((operator === 'In' || operator === 'NotIn') && values.length !== 1) scope.report(); },
      examples: { bad: [{ values: ['a', 'b'] }, { values: [] }], good: [{ values: ['a'] }] },
    },
    oneOf({
      id: 'node-field-operator-known',
      field: 'operator',
      type: 'Invalid',
      message: 'not a valid selector operator',
      checks: 'all',
      values: ['In', 'NotIn'],
      examples: { bad: [{ operator: 'Exists' }], good: [{ operator: 'NotIn' }] },
    }),
    oneOf({
      id: 'node-field-key-known',
      field: 'key',
      type: 'Invalid',
      message: 'not a valid field selector key',
      checks: 'all',
      values: ['metadata.name'],
      examples: { bad: [{ key: 'spec.x' }], good: [{}] },
    }),
    wellNamed({
      id: 'node-field-values-are-node-names',
      field: 'values[*]',
      checks: 'all',
      as: dnsSubdomain,
      where: ({ key }) => key === 'metadata.name',
      examples: { bad: [{ values: ['Node_1'] }], good: [{ values: ['node.1'] }] },
    }),
  ],
};

/** The weight of a preference, for nodes or pods. */
const weightGroup: RuleGroup<{ weight?: number }> = {
  at: `spec.template.spec.affinity.{nodeAffinity,podAffinity,podAntiAffinity}.${preferred}[*]`,
  source: 'pkg/apis/core/validation/validation.go ValidatePreferredSchedulingTerms, validateWeightedPodAffinityTerms (v1.37)',
  wrap: (term) => inPod({ affinity: { nodeAffinity: { [preferred]: [{ preference: {}, ...term }] } } }),
  rules: [inRange({
    id: 'preference-weight-in-range',
    field: 'weight',
    message: 'must be in the range 1-100',
    checks: 'all',
    min: 1,
    max: 100,
    examples: { bad: [{ weight: 0 }, { weight: 101 }], good: [{ weight: 100 }] },
  })],
};

/** Pods to be near to, or far from. */
const podTermGroup: RuleGroup<Term> = {
  at: `spec.template.spec.affinity.{podAffinity,podAntiAffinity}.${demanded}[*]`,
  source: 'pkg/apis/core/validation/validation.go validatePodAffinityTerm (v1.37)',
  wrap: (term) => inPod({ affinity: { podAffinity: { [demanded]: [{ topologyKey: 'zone', ...term }] } } }),
  rules: [
    wellNamed({
      id: 'affinity-namespaces-are-labels',
      field: 'namespace',
      reads: 'namespaces[*]',
      checks: 'all',
      as: dnsLabel,
      examples: { bad: [{ namespaces: ['A'] }], good: [{ namespaces: ['a'] }] },
    }),
    forbidden({
      id: 'affinity-label-keys-need-selector',
      field: '{matchLabelKeys,mismatchLabelKeys}',
      message: 'must not be specified when labelSelector is not set',
      source: 'pkg/apis/core/validation/validation.go validateLabelKeys (v1.37)',
      checks: 'filled',
      where: ({ labelSelector }) => labelSelector === undefined,
      examples: { bad: [{ matchLabelKeys: ['a'] }], good: [{ labelSelector: {}, matchLabelKeys: ['a'] }] },
    }),
    wellNamed({
      id: 'affinity-label-keys-are-qualified-names',
      field: '{matchLabelKeys,mismatchLabelKeys}[*]',
      source: 'pkg/apis/core/validation/validation.go validateLabelKeys (v1.37)',
      checks: 'all',
      as: qualifiedName,
      where: ({ labelSelector }) => labelSelector !== undefined,
      examples: { bad: [{ labelSelector: {}, mismatchLabelKeys: ['a b'] }], good: [{ labelSelector: {}, mismatchLabelKeys: ['a'] }] },
    }),
    {
      id: 'affinity-label-keys-not-selected',
      field: '[*]',
      type: 'Invalid',
      message: 'exists in both matchLabelKeys and labelSelector',
      source: 'pkg/apis/core/validation/validation.go validateMatchLabelKeysAndMismatchLabelKeys (v1.37)',
      finds: findSelectedKeys,
      examples: {
        bad: [{ labelSelector: { matchLabels: { a: 'b' }, matchExpressions: [{ key: 'a', operator: 'Exists' }] }, matchLabelKeys: ['a'] }],
        good: [{ labelSelector: { matchLabels: { b: 'b' } }, matchLabelKeys: ['a'] }],
      },
    },
    {
      id: 'affinity-label-keys-on-one-side',
      field: 'matchLabelKeys[*]',
      type: 'Invalid',
      message: 'exists in both matchLabelKeys and mismatchLabelKeys',
      source: 'pkg/apis/core/validation/validation.go validateMatchLabelKeysAndMismatchLabelKeys (v1.37)',
      finds: ({ matchLabelKeys, mismatchLabelKeys }, scope) => {
        if (matchLabelKeys === undefined || mismatchLabelKeys === undefined) return;
        const others = new Set(mismatchLabelKeys);
        matchLabelKeys.forEach((key, position) => {
          if (others.has(key)) scope.report(key, scope.at.child('matchLabelKeys').index(position));
        });
      },
      examples: { bad: [{ labelSelector: {}, matchLabelKeys: ['a'], mismatchLabelKeys: ['a'] }], good: [{ labelSelector: {}, matchLabelKeys: ['a'] }] },
    },
    required({
      id: 'affinity-topology-key-given',
      field: 'topologyKey',
      message: 'can not be empty',
      examples: { bad: [{ topologyKey: '' }], good: [{}] },
    }),
    wellNamed({
      id: 'affinity-topology-key-is-a-qualified-name',
      field: 'topologyKey',
      checks: 'all',
      as: qualifiedName,
      examples: { bad: [{ topologyKey: 'a b' }, { topologyKey: '' }], good: [{ topologyKey: 'kubernetes.io/hostname' }] },
    }),
  ],
};

/** How evenly pods are spread. */
const spreadGroup: RuleGroup<Decoded<TopologySpreadConstraint>> = {
  at: 'spec.template.spec.topologySpreadConstraints[*]',
  source: 'pkg/apis/core/validation/validation.go validateTopologySpreadConstraints (v1.37)',
  wrap: (constraint) => inPod({
    topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { a: 'b' } }, ...constraint }],
  }),
  rules: [
    inRange({
      id: 'max-skew-positive',
      field: 'maxSkew',
      message: 'must be greater than zero',
      checks: 'all',
      min: 1,
      examples: { bad: [{ maxSkew: 0 }], good: [{}] },
    }),
    required({
      id: 'spread-topology-key-given',
      field: 'topologyKey',
      message: 'can not be empty',
      examples: { bad: [{ topologyKey: '' }], good: [{ topologyKey: 'any text' }] },
    }),
    oneOf({
      id: 'when-unsatisfiable-known',
      field: 'whenUnsatisfiable',
      checks: 'all',
      values: ['DoNotSchedule', 'ScheduleAnyway'],
      examples: { bad: [{ whenUnsatisfiable: 'Never' }, { whenUnsatisfiable: undefined }], good: [{ whenUnsatisfiable: 'ScheduleAnyway' }] },
    }),
    {
      id: 'spread-constraints-unique',
      field: '{topologyKey, whenUnsatisfiable}',
      type: 'Duplicate',
      message: '',
      finds: (constraint, scope) => { if (isRepeatedLater(constraint, scope)) scope.report(sortOf(constraint)); },
      // Needs two constraints: tested with the vectors.
      examples: { bad: [], good: [{}] },
    },
    inRange({
      id: 'min-domains-positive',
      field: 'minDomains',
      message: 'must be greater than zero',
      min: 1,
      examples: { bad: [{ minDomains: 0 }], good: [{ minDomains: 1 }] },
    }),
    {
      id: 'min-domains-needs-do-not-schedule',
      field: 'minDomains',
      type: 'Invalid',
      message: 'can only use minDomains if whenUnsatisfiable=DoNotSchedule',
      finds: ({ minDomains, whenUnsatisfiable = '' }, scope) => {
        if (minDomains !== undefined && whenUnsatisfiable !== 'DoNotSchedule') {
          scope.report(minDomains, undefined, `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${whenUnsatisfiable}`);
        }
      },
      examples: { bad: [{ minDomains: 2, whenUnsatisfiable: 'ScheduleAnyway' }], good: [{ minDomains: 2 }] },
    },
    oneOf({
      id: 'node-inclusion-policies-known',
      field: '{nodeAffinityPolicy,nodeTaintsPolicy}',
      values: ['Honor', 'Ignore'],
      examples: { bad: [{ nodeTaintsPolicy: 'Respect' }], good: [{ nodeAffinityPolicy: 'Honor' }] },
    }),
    forbidden({
      id: 'spread-label-keys-need-selector',
      field: 'matchLabelKeys',
      message: 'must not be specified when labelSelector is not set',
      checks: 'filled',
      where: ({ labelSelector }) => labelSelector === undefined,
      examples: { bad: [{ labelSelector: undefined, matchLabelKeys: ['c'] }], good: [{ matchLabelKeys: ['c'] }] },
    }),
    wellNamed({
      id: 'spread-label-keys-are-qualified-names',
      field: 'matchLabelKeys[*]',
      checks: 'all',
      as: qualifiedName,
      where: ({ labelSelector }, scope) => labelSelector !== undefined || !scope.has('MatchLabelKeysInPodTopologySpreadSelectorMerge'),
      examples: { bad: [{ matchLabelKeys: ['a b'] }], good: [{ matchLabelKeys: ['c'] }] },
    }),
    {
      id: 'spread-label-keys-selected-once',
      field: '[*]',
      type: 'Invalid',
      message: 'exists in both matchLabelKeys and labelSelector',
      gate: 'MatchLabelKeysInPodTopologySpreadSelectorMerge',
      source: 'pkg/apis/core/validation/validation.go validateMatchLabelKeysAndMismatchLabelKeys (v1.37)',
      finds: findSelectedKeys,
      examples: {
        bad: [{ labelSelector: { matchLabels: { a: 'b' }, matchExpressions: [{ key: 'a', operator: 'Exists' }] }, matchLabelKeys: ['a'] }],
        good: [{ matchLabelKeys: ['a'] }],
      },
    },
    {
      id: 'spread-label-keys-not-selected',
      field: 'matchLabelKeys[*]',
      type: 'Invalid',
      message: 'exists in both matchLabelKeys and labelSelector',
      gate: '!MatchLabelKeysInPodTopologySpreadSelectorMerge',
      source: 'pkg/apis/core/validation/validation.go ValidateMatchLabelKeysInTopologySpread (v1.37)',
      finds: ({ labelSelector, matchLabelKeys }, scope) => {
        const selected = new Set([...Object.keys(labelSelector?.matchLabels ?? {}), ...(labelSelector?.matchExpressions ?? []).map(({ key = '' }) => key)]);
        matchLabelKeys?.forEach((key, position) => { if (selected.has(key)) scope.report(key, scope.at.child('matchLabelKeys').index(position)); });
      },
      examples: { bad: [{ matchLabelKeys: ['a'] }], good: [{ matchLabelKeys: ['c'] }] },
    },
  ],
};

/** The groups about where a pod may run. */
export const affinityRules = {
  nodeSelector: nodeSelectorGroup,
  nodeRequirement: nodeRequirementGroup,
  nodeValue: nodeValueGroup,
  nodeField: nodeFieldGroup,
  weight: weightGroup,
  podTerm: podTermGroup,
  spread: spreadGroup,
};

/** Keys that the selector has twice already: the API server blames their index on the term or constraint itself. */
function findSelectedKeys({ labelSelector, matchLabelKeys = [] }: Pick<Decoded<PodAffinityTerm>, 'labelSelector' | 'matchLabelKeys'>, scope: Scope): void {
  if (matchLabelKeys.length === 0) return;
  const last = new Map(matchLabelKeys.map((key, position) => [key, position]));
  const seen = new Set(Object.keys(labelSelector?.matchLabels ?? {}));
  for (const { key = '' } of labelSelector?.matchExpressions ?? []) {
    const position = last.get(key);
    if (seen.has(key) && position !== undefined) scope.report(key, scope.at.index(position));
    seen.add(key);
  }
}

/** The last constraint of each sort, by the list that holds them. */
const lastOfSort = new WeakMap<object, ReadonlyMap<string, Decoded<TopologySpreadConstraint>>>();

function isRepeatedLater(constraint: Decoded<TopologySpreadConstraint>, { pod: { topologySpreadConstraints = [] } }: Scope): boolean {
  let last = lastOfSort.get(topologySpreadConstraints);
  if (last === undefined) {
    last = new Map(topologySpreadConstraints.map((entry) => [sortOf(entry), entry]));
    lastOfSort.set(topologySpreadConstraints, last);
  }
  return last.get(sortOf(constraint)) !== constraint;
}

function sortOf({ topologyKey = '', whenUnsatisfiable = '' }: Decoded<TopologySpreadConstraint>): string {
  return `{${topologyKey}, ${whenUnsatisfiable}}`;
}

function inNodeTerm(term: object): object {
  return inPod({ affinity: { nodeAffinity: { [demanded]: { nodeSelectorTerms: [term] } } } });
}
