// Long because it is a table of rules.
import { type Decoded } from '../../api/decoded';
import { type NodeSelector, type NodeSelectorRequirement, type PodAffinityTerm, type TopologySpreadConstraint } from '../../api/kubernetes';
import { checkDnsLabel, checkDnsSubdomain, checkLabelValue, checkQualifiedName } from '../../api/names';
import { type RuleGroup, type Scope } from '../rule/rule';
import { inPod } from '../rule/wrap';

type Requirement = Decoded<NodeSelectorRequirement>;
type Term = Decoded<PodAffinityTerm>;

const required = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';

/** The nodes that a pod must run on. */
export const nodeSelectorRules: RuleGroup<Decoded<NodeSelector>> = {
  at: `spec.template.spec.affinity.nodeAffinity.${required}`,
  source: 'pkg/apis/core/validation/validation.go ValidateNodeSelector (v1.37)',
  wrap: (selector) => inPod({ affinity: { nodeAffinity: { [required]: selector } } }),
  rules: [{
    id: 'node-selector-terms-given',
    field: 'nodeSelectorTerms',
    type: 'Required',
    message: 'must have at least one node selector term',
    finds: ({ nodeSelectorTerms = [] }, scope) => { if (nodeSelectorTerms.length === 0) scope.report(); },
    examples: { bad: [{ nodeSelectorTerms: [] }], good: [{ nodeSelectorTerms: [{}] }] },
  }],
};

/** One demand on the labels of a node. */
export const nodeRequirementRules: RuleGroup<Requirement> = {
  at: `spec.template.spec.affinity.nodeAffinity.${required}.nodeSelectorTerms[*].matchExpressions[*]`,
  source: 'pkg/apis/core/validation/validation.go ValidateNodeSelectorRequirement (v1.37)',
  wrap: (expression) => inNodeTerm({ matchExpressions: [{ key: 'a', ...expression }] }),
  rules: [
    {
      id: 'node-values-given',
      field: 'values',
      type: 'Required',
      message: 'must be specified when `operator` is \'In\' or \'NotIn\'',
      finds: ({ operator, values = [] }, scope) => { if ((operator === 'In' || operator === 'NotIn') && values.length === 0) scope.report(); },
      examples: { bad: [{ operator: 'In' }], good: [{ operator: 'In', values: ['b'] }] },
    },
    {
      id: 'node-values-absent',
      field: 'values',
      type: 'Forbidden',
      message: 'may not be specified when `operator` is \'Exists\' or \'DoesNotExist\'',
      finds: ({ operator, values = [] }, scope) => { if ((operator === 'Exists' || operator === 'DoesNotExist') && values.length > 0) scope.report(); },
      examples: { bad: [{ operator: 'Exists', values: ['b'] }], good: [{ operator: 'Exists' }] },
    },
    {
      id: 'node-value-single',
      field: 'values',
      type: 'Required',
      message: 'must be specified single value when `operator` is \'Lt\' or \'Gt\'',
      finds: ({ operator, values = [] }, scope) => { if ((operator === 'Gt' || operator === 'Lt') && values.length !== 1) scope.report(); },
      examples: { bad: [{ operator: 'Gt', values: [] }, { operator: 'Lt', values: ['1', '2'] }], good: [{ operator: 'Gt', values: ['1'] }] },
    },
    {
      id: 'node-operator-known',
      field: 'operator',
      type: 'Invalid',
      message: 'not a valid selector operator',
      finds: ({ operator = '' }, scope) => {
        if (!['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'].includes(operator)) scope.report(operator);
      },
      examples: { bad: [{ operator: 'Eq', values: ['b'] }], good: [{ operator: 'NotIn', values: ['b'] }] },
    },
    {
      id: 'node-key-is-a-qualified-name',
      field: 'key',
      type: 'Invalid',
      message: 'must be a qualified name',
      finds: ({ key = '' }, scope) => scope.reportAll(checkQualifiedName(key), key),
      examples: { bad: [{ key: 'a b', operator: 'Exists' }], good: [{ operator: 'Exists' }] },
    },
  ],
};

/** The values of a demand that a node must meet; a mere preference is only warned of. */
export const nodeValueRules: RuleGroup<Requirement> = {
  at: `spec.template.spec.affinity.nodeAffinity.${required}.nodeSelectorTerms[*].matchExpressions[*]`,
  source: 'pkg/apis/core/validation/validation.go ValidateNodeSelectorRequirement (v1.37)',
  since: 33,
  wrap: (expression) => inNodeTerm({ matchExpressions: [{ key: 'a', ...expression }] }),
  rules: [{
    id: 'node-values-are-label-values',
    field: 'values[*]',
    type: 'Invalid',
    message: 'must be a label value',
    since: 33,
    finds: ({ values }, scope) => values?.forEach((value, position) => {
      scope.reportAll(checkLabelValue(value), value, scope.at.child('values').index(position));
    }),
    examples: { bad: [{ operator: 'In', values: ['b c'] }], good: [{ operator: 'In', values: ['b'] }] },
  }],
};

/** One demand on the name of a node. */
export const nodeFieldRules: RuleGroup<Requirement> = {
  at: `spec.template.spec.affinity.nodeAffinity.${required}.nodeSelectorTerms[*].matchFields[*]`,
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
    {
      id: 'node-field-operator-known',
      field: 'operator',
      type: 'Invalid',
      message: 'not a valid selector operator',
      finds: ({ operator = '' }, scope) => { if (operator !== 'In' && operator !== 'NotIn') scope.report(operator); },
      examples: { bad: [{ operator: 'Exists' }], good: [{ operator: 'NotIn' }] },
    },
    {
      id: 'node-field-key-known',
      field: 'key',
      type: 'Invalid',
      message: 'not a valid field selector key',
      finds: ({ key = '' }, scope) => { if (key !== 'metadata.name') scope.report(key); },
      examples: { bad: [{ key: 'spec.x' }], good: [{}] },
    },
    {
      id: 'node-field-values-are-node-names',
      field: 'values[*]',
      type: 'Invalid',
      message: 'must be a lowercase RFC 1123 subdomain',
      finds: ({ key, values }, scope) => {
        if (key !== 'metadata.name') return;
        values?.forEach((value, position) => scope.reportAll(checkDnsSubdomain(value), value, scope.at.child('values').index(position)));
      },
      examples: { bad: [{ values: ['Node_1'] }], good: [{ values: ['node.1'] }] },
    },
  ],
};

/** The weight of a preference, for nodes or pods. */
export const weightRules: RuleGroup<{ weight?: number }> = {
  at: `spec.template.spec.affinity.{nodeAffinity,podAffinity,podAntiAffinity}.${preferred}[*]`,
  source: 'pkg/apis/core/validation/validation.go ValidatePreferredSchedulingTerms, validateWeightedPodAffinityTerms (v1.37)',
  wrap: (term) => inPod({ affinity: { nodeAffinity: { [preferred]: [{ preference: {}, ...term }] } } }),
  rules: [{
    id: 'preference-weight-in-range',
    field: 'weight',
    type: 'Invalid',
    message: 'must be in the range 1-100',
    finds: ({ weight = 0 }, scope) => { if (weight < 1 || weight > 100) scope.report(weight); },
    examples: { bad: [{ weight: 0 }, { weight: 101 }], good: [{ weight: 100 }] },
  }],
};

/** Pods to be near to, or far from. */
export const podAffinityTermRules: RuleGroup<Term> = {
  at: `spec.template.spec.affinity.{podAffinity,podAntiAffinity}.${required}[*]`,
  source: 'pkg/apis/core/validation/validation.go validatePodAffinityTerm (v1.37)',
  wrap: (term) => inPod({ affinity: { podAffinity: { [required]: [{ topologyKey: 'zone', ...term }] } } }),
  rules: [
    {
      id: 'affinity-namespaces-are-labels',
      field: 'namespace',
      type: 'Invalid',
      message: 'must be a lowercase RFC 1123 label',
      finds: ({ namespaces }, scope) => { for (const namespace of namespaces ?? []) scope.reportAll(checkDnsLabel(namespace), namespace); },
      examples: { bad: [{ namespaces: ['A'] }], good: [{ namespaces: ['a'] }] },
    },
    {
      id: 'affinity-label-keys-need-selector',
      field: '{matchLabelKeys,mismatchLabelKeys}',
      type: 'Forbidden',
      message: 'must not be specified when labelSelector is not set',
      source: 'pkg/apis/core/validation/validation.go validateLabelKeys (v1.37)',
      finds: ({ labelSelector, matchLabelKeys = [], mismatchLabelKeys = [] }, scope) => {
        if (labelSelector !== undefined) return;
        if (matchLabelKeys.length > 0) scope.report(undefined, scope.at.child('matchLabelKeys'));
        if (mismatchLabelKeys.length > 0) scope.report(undefined, scope.at.child('mismatchLabelKeys'));
      },
      examples: { bad: [{ matchLabelKeys: ['a'] }], good: [{ labelSelector: {}, matchLabelKeys: ['a'] }] },
    },
    {
      id: 'affinity-label-keys-are-qualified-names',
      field: '{matchLabelKeys,mismatchLabelKeys}[*]',
      type: 'Invalid',
      message: 'must be a qualified name',
      source: 'pkg/apis/core/validation/validation.go validateLabelKeys (v1.37)',
      finds: ({ labelSelector, ...term }, scope) => {
        if (labelSelector === undefined) return;
        for (const field of ['matchLabelKeys', 'mismatchLabelKeys'] as const) {
          term[field]?.forEach((key, position) => scope.reportAll(checkQualifiedName(key), key, scope.at.child(field).index(position)));
        }
      },
      examples: { bad: [{ labelSelector: {}, mismatchLabelKeys: ['a b'] }], good: [{ labelSelector: {}, mismatchLabelKeys: ['a'] }] },
    },
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
      finds: ({ matchLabelKeys, mismatchLabelKeys = [] }, scope) => matchLabelKeys?.forEach((key, position) => {
        if (mismatchLabelKeys.includes(key)) scope.report(key, scope.at.child('matchLabelKeys').index(position));
      }),
      examples: { bad: [{ labelSelector: {}, matchLabelKeys: ['a'], mismatchLabelKeys: ['a'] }], good: [{ labelSelector: {}, matchLabelKeys: ['a'] }] },
    },
    {
      id: 'affinity-topology-key-given',
      field: 'topologyKey',
      type: 'Required',
      message: 'can not be empty',
      finds: ({ topologyKey = '' }, scope) => { if (topologyKey === '') scope.report(); },
      examples: { bad: [{ topologyKey: '' }], good: [{}] },
    },
    {
      id: 'affinity-topology-key-is-a-qualified-name',
      field: 'topologyKey',
      type: 'Invalid',
      message: 'must be a qualified name',
      finds: ({ topologyKey = '' }, scope) => scope.reportAll(checkQualifiedName(topologyKey), topologyKey),
      examples: { bad: [{ topologyKey: 'a b' }, { topologyKey: '' }], good: [{ topologyKey: 'kubernetes.io/hostname' }] },
    },
  ],
};

/** How evenly pods are spread. */
export const spreadRules: RuleGroup<Decoded<TopologySpreadConstraint>> = {
  at: 'spec.template.spec.topologySpreadConstraints[*]',
  source: 'pkg/apis/core/validation/validation.go validateTopologySpreadConstraints (v1.37)',
  wrap: (constraint) => inPod({
    topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { a: 'b' } }, ...constraint }],
  }),
  rules: [
    {
      id: 'max-skew-positive',
      field: 'maxSkew',
      type: 'Invalid',
      message: 'must be greater than zero',
      finds: ({ maxSkew = 0 }, scope) => { if (maxSkew <= 0) scope.report(maxSkew); },
      examples: { bad: [{ maxSkew: 0 }], good: [{}] },
    },
    {
      id: 'spread-topology-key-given',
      field: 'topologyKey',
      type: 'Required',
      message: 'can not be empty',
      finds: ({ topologyKey = '' }, scope) => { if (topologyKey === '') scope.report(); },
      examples: { bad: [{ topologyKey: '' }], good: [{ topologyKey: 'any text' }] },
    },
    {
      id: 'when-unsatisfiable-known',
      field: 'whenUnsatisfiable',
      type: 'NotSupported',
      message: 'supported values: "DoNotSchedule", "ScheduleAnyway"',
      finds: ({ whenUnsatisfiable = '' }, scope) => { if (!isAction(whenUnsatisfiable)) scope.report(whenUnsatisfiable); },
      examples: { bad: [{ whenUnsatisfiable: 'Never' }, { whenUnsatisfiable: undefined }], good: [{ whenUnsatisfiable: 'ScheduleAnyway' }] },
    },
    {
      id: 'spread-constraints-unique',
      field: '{topologyKey, whenUnsatisfiable}',
      type: 'Duplicate',
      message: '',
      finds: (constraint, scope) => { if (isRepeatedLater(constraint, scope)) scope.report(`{${constraint.topologyKey ?? ''}, ${constraint.whenUnsatisfiable ?? ''}}`); },
      // Needs two constraints: tested with the vectors.
      examples: { bad: [], good: [{}] },
    },
    {
      id: 'min-domains-positive',
      field: 'minDomains',
      type: 'Invalid',
      message: 'must be greater than zero',
      finds: ({ minDomains }, scope) => { if (minDomains !== undefined && minDomains <= 0) scope.report(minDomains); },
      examples: { bad: [{ minDomains: 0 }], good: [{ minDomains: 1 }] },
    },
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
    {
      id: 'node-inclusion-policies-known',
      field: '{nodeAffinityPolicy,nodeTaintsPolicy}',
      type: 'NotSupported',
      message: 'supported values: "Honor", "Ignore"',
      finds: (constraint, scope) => {
        for (const field of ['nodeAffinityPolicy', 'nodeTaintsPolicy'] as const) {
          const policy = constraint[field];
          if (policy !== undefined && policy !== 'Honor' && policy !== 'Ignore') scope.report(policy, scope.at.child(field));
        }
      },
      examples: { bad: [{ nodeTaintsPolicy: 'Respect' }], good: [{ nodeAffinityPolicy: 'Honor' }] },
    },
    {
      id: 'spread-label-keys-need-selector',
      field: 'matchLabelKeys',
      type: 'Forbidden',
      message: 'must not be specified when labelSelector is not set',
      finds: ({ labelSelector, matchLabelKeys = [] }, scope) => {
        if (labelSelector === undefined && matchLabelKeys.length > 0) {
          scope.report();
        }
      },
      examples: { bad: [{ labelSelector: undefined, matchLabelKeys: ['c'] }], good: [{ matchLabelKeys: ['c'] }] },
    },
    {
      id: 'spread-label-keys-are-qualified-names',
      field: 'matchLabelKeys[*]',
      type: 'Invalid',
      message: 'must be a qualified name',
      finds: ({ labelSelector, matchLabelKeys }, scope) => matchLabelKeys?.forEach((key, position) => {
        // Since 1.34 they are not looked at when there is no selector to add them to.
        if (labelSelector === undefined && scope.minor >= 34) return;
        scope.reportAll(checkQualifiedName(key), key, scope.at.child('matchLabelKeys').index(position));
      }),
      examples: { bad: [{ matchLabelKeys: ['a b'] }], good: [{ matchLabelKeys: ['c'] }] },
    },
    {
      id: 'spread-label-keys-selected-once',
      field: '[*]',
      type: 'Invalid',
      message: 'exists in both matchLabelKeys and labelSelector',
      since: 34,
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
      until: 33,
      source: 'pkg/apis/core/validation/validation.go ValidateMatchLabelKeysInTopologySpread (v1.37)',
      finds: ({ labelSelector, matchLabelKeys }, scope) => {
        const selected = new Set([...Object.keys(labelSelector?.matchLabels ?? {}), ...(labelSelector?.matchExpressions ?? []).map(({ key = '' }) => key)]);
        matchLabelKeys?.forEach((key, position) => { if (selected.has(key)) scope.report(key, scope.at.child('matchLabelKeys').index(position)); });
      },
      examples: { bad: [{ matchLabelKeys: ['a'] }], good: [{ matchLabelKeys: ['c'] }] },
    },
  ],
};

/** Keys that the selector has twice already: the API server blames their index, on the term or constraint itself. */
function findSelectedKeys({ labelSelector, matchLabelKeys = [] }: Pick<Decoded<PodAffinityTerm>, 'labelSelector' | 'matchLabelKeys'>, scope: Scope): void {
  const seen = new Set(Object.keys(labelSelector?.matchLabels ?? {}));
  for (const { key = '' } of labelSelector?.matchExpressions ?? []) {
    if (seen.has(key) && matchLabelKeys.includes(key)) scope.report(key, scope.at.index(matchLabelKeys.lastIndexOf(key)));
    seen.add(key);
  }
}

function isAction(text: string): boolean {
  return text === 'DoNotSchedule' || text === 'ScheduleAnyway';
}

function isRepeatedLater(constraint: Decoded<TopologySpreadConstraint>, { pod }: Scope): boolean {
  const constraints = pod.topologySpreadConstraints ?? [];
  return constraints.slice(constraints.indexOf(constraint) + 1).some((later) => (later.topologyKey ?? '') === (constraint.topologyKey ?? '')
    && (later.whenUnsatisfiable ?? '') === (constraint.whenUnsatisfiable ?? ''));
}

function inNodeTerm(term: object): object {
  return inPod({ affinity: { nodeAffinity: { [required]: { nodeSelectorTerms: [term] } } } });
}
