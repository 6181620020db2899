import { type Decoded } from '../../api/decoded';
import { type EvictionResponder, type PodSpec } from '../../api/kubernetes';
import { checkQualifiedName } from '../../api/names';
import { inRange, required, wellNamed, withinItems } from '../rule/makers/makers';
import { dnsSubdomain, type NameKind } from '../rule/makers/names';
import { type RuleGroup } from '../rule/rule';
import { inPod } from '../rule/wrap';

/** More of them are not looked at. */
export const mostResponders = 10;

const gate = 'EvictionRequestAPI';
const groupGate = 'GenericWorkload';
const declared = 'pkg/apis/core/v1/zz_generated.validations.go Validate_EvictionResponder (v1.37)';
const responder = { name: 'example.com/drain', priority: 10_000 };
const reserved = ['k8s.io', 'kubernetes.io'];

const prefixedKey: NameKind = {
  message: 'must be a qualified name with a prefix (e.g. \'example.com/key\')',
  check: (text) => {
    const problems = checkQualifiedName(text);
    return problems.length > 0 || text.includes('/') ? problems : ['must include a prefix (e.g. \'example.com/key\')'];
  },
};

/** What a pod says of its eviction, and the group that it is scheduled with. */
const podGroup: RuleGroup<Decoded<PodSpec>> = {
  at: 'spec.template.spec',
  source: declared,
  since: 37,
  wrap: inPod,
  rules: [
    withinItems({
      id: 'within-10-eviction-responders',
      field: 'evictionResponders',
      gate,
      most: mostResponders,
      examples: {
        bad: [{ evictionResponders: Array.from({ length: 11 }, (_, position) => ({ ...responder, name: `example.com/r${position}` })) }],
        good: [{ evictionResponders: [responder] }],
      },
    }),
    {
      id: 'eviction-responders-unique',
      field: 'evictionResponders[*]',
      type: 'Duplicate',
      message: '',
      gate,
      when: 'evictionResponders',
      finds: ({ evictionResponders = [] }, scope) => {
        if (evictionResponders.length > mostResponders) return;
        const seen = new Set<string>();
        evictionResponders.forEach(({ name = '' }, position) => {
          if (seen.has(name)) scope.report(name, scope.at.child('evictionResponders').index(position));
          seen.add(name);
        });
      },
      examples: { bad: [{ evictionResponders: [responder, responder] }], good: [{ evictionResponders: [responder] }] },
    },
    {
      id: 'eviction-responders-without-scheduling-group',
      field: 'schedulingGroup',
      type: 'Forbidden',
      message: 'may not be set when evictionResponders is set',
      gate,
      when: 'schedulingGroup',
      finds: ({ evictionResponders = [] }, scope) => { if (evictionResponders.length > 0) scope.report(); },
      examples: {
        bad: [{ evictionResponders: [responder], schedulingGroup: { podGroupName: 'g' } }], good: [{ schedulingGroup: { podGroupName: 'g' } }], gates: [groupGate],
      },
    },
    {
      id: 'scheduling-group-names-a-pod-group',
      field: 'schedulingGroup.podGroupName',
      type: 'Invalid',
      message: 'must specify one of: `podGroupName`',
      gate: groupGate,
      source: 'pkg/apis/core/validation/validation.go validateSchedulingGroup (v1.37)',
      when: 'schedulingGroup',
      finds: ({ schedulingGroup: group }, scope) => { if (group !== undefined && group.podGroupName === undefined) scope.report(); },
      examples: { bad: [{ schedulingGroup: {} }], good: [{ schedulingGroup: { podGroupName: 'g' } }] },
    },
    wellNamed({
      id: 'pod-group-name-well-formed',
      field: 'schedulingGroup.podGroupName',
      gate: groupGate,
      source: 'pkg/apis/core/validation/validation.go validateSchedulingGroup (v1.37)',
      checks: 'given',
      as: dnsSubdomain,
      examples: { bad: [{ schedulingGroup: { podGroupName: 'A' } }], good: [{ schedulingGroup: { podGroupName: 'g' } }] },
    }),
  ],
};

/** One of those who may respond to an eviction. */
const responderGroup: RuleGroup<Decoded<EvictionResponder>> = {
  at: 'spec.template.spec.evictionResponders[*]',
  source: declared,
  since: 37,
  wrap: (example) => inPod({ evictionResponders: [{ ...responder, ...example }] }),
  rules: [
    required({ id: 'eviction-responder-name-given', field: 'name', gate, examples: { bad: [{ name: '' }], good: [{}] } }),
    {
      id: 'eviction-responder-domain-not-reserved',
      field: 'name',
      type: 'Invalid',
      message: 'domain names *.k8s.io, *.kubernetes.io are reserved',
      gate,
      source: 'pkg/apis/core/v1/validation.go ValidateForbiddenReservedDomainSuffixes (v1.37)',
      finds: ({ name = '' }, scope) => {
        const domain = (name.split('/')[0] ?? '').toLowerCase().trim().replace(/\.+$/, '');
        if (reserved.some((suffix) => domain === suffix || domain.endsWith(`.${suffix}`))) scope.report(name);
      },
      examples: { bad: [{ name: 'a.k8s.io/b' }, { name: 'kubernetes.io/b' }], good: [{}] },
    },
    wellNamed({ id: 'eviction-responder-name-well-formed', field: 'name', gate, as: prefixedKey, examples: { bad: [{ name: 'drain' }, { name: 'a b/c' }], good: [{}] } }),
    required({ id: 'eviction-responder-priority-given', field: 'priority', takesEmpty: true, gate, examples: { bad: [{ priority: undefined }], good: [{}] } }),
    inRange({ id: 'eviction-responder-priority-at-most', field: 'priority', gate, max: 100_000, examples: { bad: [{ priority: 100_001 }], good: [{ priority: 100_000 }] } }),
    inRange({ id: 'eviction-responder-priority-not-negative', field: 'priority', gate, min: 0, examples: { bad: [{ priority: -1 }], good: [{ priority: 1000 }] } }),
    {
      id: 'eviction-responder-priority-not-reserved',
      field: 'priority',
      type: 'Invalid',
      message: 'priorities 0-999 are reserved for responders with *.k8s.io suffix',
      gate,
      source: 'pkg/apis/core/v1/validation.go ValidateCustom_EvictionResponder_Priority (v1.37)',
      finds: ({ priority = 1000 }, scope) => { if (priority >= 0 && priority < 1000) scope.report(priority); },
      examples: { bad: [{ priority: 999 }], good: [{ priority: 1000 }] },
    },
  ],
};

/** The groups about eviction, and about groups of pods. */
export const evictionRules = { pod: podGroup, responder: responderGroup };
