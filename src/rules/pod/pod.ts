// Long because it is a table of rules.
import { type Decoded } from '../../api/decoded';
import { type PodDNSConfig, type PodSpec, type Toleration } from '../../api/kubernetes';
import { byteLength, checkDnsSubdomain, checkLabelValue, checkQualifiedName, checkUnderscoredSubdomain } from '../../api/names';
import { forbidden, inRange, oneOf, required, supportedValues, wellNamed } from '../rule/makers/makers';
import { wellFormedLabels } from '../rule/makers/maps';
import { dnsLabel, dnsSubdomain, ipAddress, type NameKind, qualifiedName } from '../rule/makers/names';
import { type Rule, type RuleGroup } from '../rule/rule';
import { inPod } from '../rule/wrap';

type Target = Decoded<PodSpec>;
type NameField = 'serviceAccountName' | 'nodeName' | 'priorityClassName' | 'runtimeClassName' | 'hostname' | 'subdomain';

const subdomainMessage = 'must be a lowercase RFC 1123 subdomain';

/** The fields of a pod's spec that stand alone. */
const specGroup: RuleGroup<Target> = {
  at: 'spec.template.spec',
  source: 'pkg/apis/core/validation/validation.go ValidatePodSpec (v1.37)',
  wrap: inPod,
  rules: [
    oneOf({
      id: 'restart-policy-known',
      field: 'restartPolicy',
      source: 'pkg/apis/core/validation/validation.go validateRestartPolicy (v1.37)',
      values: ['Always', 'OnFailure', 'Never'],
      examples: { bad: [{ restartPolicy: 'never' }], good: [{ restartPolicy: 'Never' }] },
    }),
    oneOf({
      id: 'dns-policy-known',
      field: 'dnsPolicy',
      source: 'pkg/apis/core/validation/validation.go validateDNSPolicy (v1.37)',
      values: ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'],
      examples: { bad: [{ dnsPolicy: 'Cluster' }], good: [{ dnsPolicy: 'Default' }] },
    }),
    wellFormedLabels({
      id: 'node-selector-well-formed',
      field: 'nodeSelector',
      examples: { bad: [{ nodeSelector: { a: 'b c' } }], good: [{ nodeSelector: { 'kubernetes.io/os': 'linux' } }] },
    }),
    nameRule('service-account-name', 'serviceAccountName', dnsSubdomain),
    nameRule('node-name', 'nodeName', dnsSubdomain),
    nameRule('priority-class-name', 'priorityClassName', dnsSubdomain),
    nameRule('runtime-class-name', 'runtimeClassName', dnsSubdomain, 'given'),
    nameRule('hostname', 'hostname', dnsLabel),
    nameRule('subdomain', 'subdomain', dnsLabel),
    {
      id: 'hostname-override-within-64-characters',
      field: 'hostnameOverride',
      type: 'TooLong',
      message: 'may not be more than 64 bytes',
      gate: 'HostnameOverride',
      when: 'hostnameOverride',
      finds: ({ hostnameOverride = '' }, scope) => { if (hostnameOverride.length > 64) scope.report(); },
      examples: { bad: [{ hostnameOverride: 'a'.repeat(65) }], good: [{ hostnameOverride: 'my-host' }] },
    },
    wellNamed({
      id: 'hostname-override-is-a-subdomain',
      field: 'hostnameOverride',
      message: subdomainMessage,
      gate: 'HostnameOverride',
      checks: 'given',
      as: dnsSubdomain,
      examples: { bad: [{ hostnameOverride: 'A' }], good: [{ hostnameOverride: 'a.b' }] },
    }),
    forbidden({
      id: 'hostname-override-without-fqdn',
      field: 'hostnameOverride',
      message: 'may not be specified when setHostnameAsFQDN is true',
      gate: 'HostnameOverride',
      where: ({ setHostnameAsFQDN }) => setHostnameAsFQDN === true,
      examples: { bad: [{ hostnameOverride: 'a', setHostnameAsFQDN: true }], good: [{ setHostnameAsFQDN: true }] },
    }),
    forbidden({
      id: 'hostname-override-without-host-network',
      field: 'hostnameOverride',
      message: 'may not be specified when hostNetwork is true',
      gate: 'HostnameOverride',
      where: ({ hostNetwork }) => hostNetwork === true,
      examples: { bad: [{ hostnameOverride: 'a', hostNetwork: true }], good: [{ hostNetwork: true }] },
    }),
    inRange({
      id: 'pod-active-deadline-in-range',
      field: 'activeDeadlineSeconds',
      min: 1,
      max: 2_147_483_647,
      examples: { bad: [{ activeDeadlineSeconds: 0 }, { activeDeadlineSeconds: 2 ** 31 }], good: [{ activeDeadlineSeconds: 1 }] },
    }),
    required({
      id: 'dns-none-needs-config',
      field: 'dnsConfig',
      message: 'must provide `dnsConfig` when `dnsPolicy` is None',
      source: 'pkg/apis/core/validation/validation.go validatePodDNSConfig (v1.37)',
      takesEmpty: true,
      where: ({ dnsPolicy }) => dnsPolicy === 'None',
      examples: { bad: [{ dnsPolicy: 'None' }], good: [{ dnsPolicy: 'None', dnsConfig: { nameservers: ['1.1.1.1'] } }] },
    }),
    required({
      id: 'dns-none-needs-nameserver',
      field: 'dnsConfig.nameservers',
      message: 'must provide at least one DNS nameserver when `dnsPolicy` is None',
      source: 'pkg/apis/core/validation/validation.go validatePodDNSConfig (v1.37)',
      where: ({ dnsPolicy }) => dnsPolicy === 'None',
      examples: { bad: [{ dnsPolicy: 'None', dnsConfig: {} }], good: [{ dnsConfig: {} }] },
    }),
    wellNamed({
      id: 'host-alias-ip-well-formed',
      field: 'hostAliases[*].ip',
      source: 'pkg/apis/core/validation/validation.go ValidateHostAliases (v1.37)',
      checks: 'all',
      as: ipAddress,
      examples: { bad: [{ hostAliases: [{ ip: 'x' }] }, { hostAliases: [{ ip: '010.0.0.1' }] }], good: [{ hostAliases: [{ ip: '10.0.0.1', hostnames: ['a.b'] }] }] },
    }),
    wellNamed({
      id: 'host-alias-names-are-subdomains',
      field: 'hostAliases[*].hostnames[*]',
      message: subdomainMessage,
      source: 'pkg/apis/core/validation/validation.go ValidateHostAliases (v1.37)',
      checks: 'all',
      as: dnsSubdomain,
      examples: { bad: [{ hostAliases: [{ ip: '10.0.0.1', hostnames: ['A'] }] }], good: [{ hostAliases: [{ ip: '::1', hostnames: ['a'] }] }] },
    }),
    wellNamed({
      id: 'readiness-gate-is-a-qualified-name',
      field: 'readinessGates[*].conditionType',
      checks: 'all',
      as: qualifiedName,
      examples: { bad: [{ readinessGates: [{ conditionType: 'a b' }] }], good: [{ readinessGates: [{ conditionType: 'example.com/ready' }] }] },
    }),
    {
      id: 'scheduling-gate-is-a-qualified-name',
      field: 'schedulingGates[*]',
      type: 'Invalid',
      message: 'must be a qualified name',
      when: 'schedulingGates',
      finds: ({ schedulingGates }, scope) => schedulingGates?.forEach(({ name = '' }, position) => {
        scope.reportAll(checkQualifiedName(name), name, scope.at.child('schedulingGates').index(position));
      }),
      examples: { bad: [{ schedulingGates: [{ name: 'a b' }] }], good: [{ schedulingGates: [{ name: 'example.com/hold' }] }] },
    },
    {
      id: 'scheduling-gates-unique',
      field: 'schedulingGates[*]',
      type: 'Duplicate',
      message: '',
      when: 'schedulingGates',
      finds: ({ schedulingGates }, scope) => {
        const seen = new Set<string>();
        schedulingGates?.forEach(({ name = '' }, position) => {
          if (seen.has(name)) scope.report(name, scope.at.child('schedulingGates').index(position));
          seen.add(name);
        });
      },
      examples: { bad: [{ schedulingGates: [{ name: 'a' }, { name: 'a' }] }], good: [{ schedulingGates: [{ name: 'a' }, { name: 'b' }] }] },
    },
    oneOf({
      id: 'preemption-policy-known',
      field: 'preemptionPolicy',
      source: 'pkg/apis/core/validation/validation.go ValidatePreemptionPolicy (v1.37)',
      checks: 'filled',
      values: ['PreemptLowerPriority', 'Never'],
      examples: { bad: [{ preemptionPolicy: 'X' }], good: [{ preemptionPolicy: 'Never' }] },
    }),
    required({
      id: 'preemption-policy-given',
      field: 'preemptionPolicy',
      source: 'pkg/apis/core/validation/validation.go ValidatePreemptionPolicy (v1.37)',
      checks: 'given',
      examples: { bad: [{ preemptionPolicy: '' }], good: [{}] },
    }),
    required({
      id: 'os-name-given',
      field: 'os.name',
      source: 'pkg/apis/core/validation/validation.go validateOS (v1.37)',
      examples: { bad: [{ os: {} }], good: [{ os: { name: 'linux' } }] },
    }),
    oneOf({
      id: 'os-known',
      field: 'os',
      reads: 'os.name',
      source: 'pkg/apis/core/validation/validation.go validateOS (v1.37)',
      checks: 'filled',
      values: ['linux', 'windows'],
      examples: { bad: [{ os: { name: 'beos' } }], good: [{ os: { name: 'windows' } }] },
    }),
  ],
};

/** The DNS configuration of a pod. */
const configGroup: RuleGroup<Decoded<PodDNSConfig>> = {
  at: 'spec.template.spec.dnsConfig',
  source: 'pkg/apis/core/validation/validation.go validatePodDNSConfig (v1.37)',
  wrap: (dnsConfig) => inPod({ dnsConfig }),
  rules: [
    {
      id: 'within-3-nameservers',
      field: 'nameservers',
      type: 'Invalid',
      message: 'must not have more than 3 nameservers',
      finds: ({ nameservers = [] }, scope) => { if (nameservers.length > 3) scope.report(nameservers); },
      examples: { bad: [{ nameservers: ['1.1.1.1', '1.1.1.2', '1.1.1.3', '1.1.1.4'] }], good: [{ nameservers: ['1.1.1.1'] }] },
    },
    wellNamed({
      id: 'nameserver-well-formed',
      field: 'nameservers[*]',
      checks: 'all',
      as: ipAddress,
      examples: { bad: [{ nameservers: ['dns'] }], good: [{ nameservers: ['2001:db8::1'] }] },
    }),
    {
      id: 'within-32-searches',
      field: 'searches',
      type: 'Invalid',
      message: 'must not have more than 32 search paths',
      finds: ({ searches = [] }, scope) => { if (searches.length > 32) scope.report(searches); },
      examples: { bad: [{ searches: Array.from({ length: 33 }, (_, index) => `a${index}`) }], good: [{ searches: ['a'] }] },
    },
    {
      id: 'searches-within-2048-characters',
      field: 'searches',
      type: 'Invalid',
      message: 'must not have more than 2048 characters (including spaces) in the search list',
      finds: ({ searches = [] }, scope) => { if (byteLength(searches.join(' ')) > 2048) scope.report(searches); },
      examples: { bad: [{ searches: Array.from({ length: 10 }, () => 'a'.repeat(250)) }], good: [{ searches: ['a.b'] }] },
    },
    {
      id: 'search-is-a-subdomain',
      field: 'searches[*]',
      type: 'Invalid',
      message: subdomainMessage,
      finds: ({ searches }, scope) => searches?.forEach((search, position) => {
        const isRelaxed = scope.has('RelaxedDNSSearchValidation');
        if (isRelaxed && search === '.') return;
        const text = search.replace(/\.$/, '');
        scope.reportAll(isRelaxed ? checkUnderscoredSubdomain(text) : checkDnsSubdomain(text), text, scope.at.child('searches').index(position));
      }),
      examples: { bad: [{ searches: ['A b'] }], good: [{ searches: ['a.b.', '_x.y', '.'] }] },
    },
    {
      id: 'dns-option-name-given',
      field: 'options[*]',
      type: 'Required',
      message: 'must not be empty',
      finds: ({ options }, scope) => options?.forEach((option, position) => {
        if ((option.name ?? '') === '') scope.report(undefined, scope.at.child('options').index(position));
      }),
      examples: { bad: [{ options: [{ value: '1' }] }], good: [{ options: [{ name: 'ndots', value: '2' }] }] },
    },
  ],
};

const operators: readonly string[] = ['Equal', 'Exists'];
const comparisons: readonly string[] = ['Lt', 'Gt'];
const decimalMessage = 'must be a valid decimal integer in canonical form';

/** The taints that a pod tolerates. */
const tolerationGroup: RuleGroup<Decoded<Toleration>> = {
  at: 'spec.template.spec.tolerations[*]',
  source: 'pkg/apis/core/validation/validation.go ValidateTolerations (v1.37)',
  wrap: (toleration) => inPod({ tolerations: [{ key: 'a', operator: 'Exists', ...toleration }] }),
  rules: [
    wellNamed({
      id: 'toleration-key-is-a-qualified-name',
      field: 'key',
      as: qualifiedName,
      examples: { bad: [{ key: 'a b' }], good: [{ key: 'example.com/a' }] },
    }),
    {
      id: 'toleration-of-every-key-exists',
      field: 'operator',
      type: 'Invalid',
      message: 'operator must be Exists when `key` is empty, which means "match all values and all keys"',
      finds: ({ key = '', operator = '' }, scope) => { if (key === '' && operator !== 'Exists') scope.report(operator); },
      examples: { bad: [{ key: '', operator: 'Equal' }], good: [{ key: '' }] },
    },
    {
      id: 'toleration-seconds-need-no-execute',
      field: 'effect',
      type: 'Invalid',
      message: 'effect must be \'NoExecute\' when `tolerationSeconds` is set',
      finds: ({ effect = '', tolerationSeconds }, scope) => { if (tolerationSeconds !== undefined && effect !== 'NoExecute') scope.report(effect); },
      examples: { bad: [{ effect: 'NoSchedule', tolerationSeconds: 1 }], good: [{ effect: 'NoExecute', tolerationSeconds: 1 }] },
    },
    {
      id: 'toleration-value-is-a-label-value',
      field: 'operator',
      type: 'Invalid',
      message: 'value must be a label value',
      finds: ({ operator = '', value = '' }, scope) => {
        const problems = operator === 'Equal' || operator === '' ? checkLabelValue(value) : [];
        if (problems.length > 0) scope.report(value, undefined, problems.join(';'));
      },
      examples: { bad: [{ operator: 'Equal', value: 'a b' }], good: [{ operator: 'Equal', value: 'b' }] },
    },
    {
      id: 'toleration-compares-with-a-number',
      field: 'value',
      type: 'Invalid',
      message: 'must be a decimal integer of 64 bits',
      gate: 'TaintTolerationComparisonOperators',
      finds: ({ operator = '', value = '' }, scope) => {
        if (!comparisons.includes(operator)) return;
        if (value === '') scope.report(value, undefined, 'must be non-empty');
        else if (!/^(?:0|-?[1-9][0-9]*)$/.test(value)) scope.report(value, undefined, decimalMessage);
        if (!/^[+-]?[0-9]+$/.test(value)) scope.report(value, undefined, `strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`);
        else if (BigInt.asIntN(64, BigInt(value)) !== BigInt(value)) scope.report(value, undefined, `strconv.ParseInt: parsing ${JSON.stringify(value)}: value out of range`);
      },
      examples: { bad: [{ operator: 'Gt', value: 'b' }, { operator: 'Lt', value: '9223372036854775808' }], good: [{ operator: 'Gt', value: '-5' }] },
    },
    {
      id: 'toleration-exists-without-value',
      field: 'operator',
      type: 'Invalid',
      message: 'value must be empty when `operator` is \'Exists\'',
      finds: ({ operator, value = '' }, scope) => { if (operator === 'Exists' && value !== '') scope.report(value); },
      examples: { bad: [{ value: 'b' }], good: [{}] },
    },
    {
      id: 'toleration-operator-known',
      field: 'operator',
      type: 'NotSupported',
      message: supportedValues(operators),
      when: 'operator',
      finds: ({ operator = '' }, scope) => {
        if (operator === '' || operators.includes(operator)) return;
        const isComparison = scope.minor >= 35 && comparisons.includes(operator);
        if (isComparison && scope.has('TaintTolerationComparisonOperators')) return;
        scope.report(operator, undefined, isComparison ? supportedValues([...operators, ...comparisons]) : undefined);
      },
      examples: { bad: [{ operator: 'In' }, { operator: 'Gt', value: '1' }], good: [{ operator: 'Equal', value: 'b' }] },
    },
    oneOf({
      id: 'toleration-effect-known',
      field: 'effect',
      source: 'pkg/apis/core/validation/validation.go validateTaintEffect (v1.37)',
      checks: 'filled',
      values: ['NoSchedule', 'PreferNoSchedule', 'NoExecute'],
      examples: { bad: [{ effect: 'Never' }], good: [{ effect: '' }] },
    }),
  ],
};

/** The groups about the spec of a pod. */
export const podRules = { spec: specGroup };

/** The groups about name resolution. */
export const dnsRules = { config: configGroup };

/** The groups about tolerations. */
export const tolerationRules = { toleration: tolerationGroup };

function nameRule(id: string, field: NameField, as: NameKind, checks: 'filled' | 'given' = 'filled'): Rule<Target> {
  return wellNamed({ id: `${id}-well-formed`, field, as, checks, examples: { bad: [{ [field]: 'Bad_Name' }], good: [{ [field]: 'good-name' }] } });
}
