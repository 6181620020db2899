// Long because it is a table of rules.
import { type Decoded } from '../../api/decoded';
import { type PodDNSConfig, type PodSpec, type Toleration } from '../../api/kubernetes';
import {
  checkDnsLabel, checkDnsSubdomain, checkLabelValue, checkQualifiedName, checkUnderscoredSubdomain, isIpAddress,
} from '../../api/names';
import { checkLabels } from '../job/metadata';
import { type Rule, type RuleGroup } from '../rule/rule';
import { inPod } from '../rule/wrap';

type Target = Decoded<PodSpec>;
type NameField = 'serviceAccountName' | 'nodeName' | 'priorityClassName' | 'runtimeClassName' | 'hostname' | 'subdomain';

const subdomainMessage = 'must be a lowercase RFC 1123 subdomain';
const dnsPolicies = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** The fields of a pod's spec that stand alone. */
export const podRules: RuleGroup<Target> = {
  at: 'spec.template.spec',
  source: 'pkg/apis/core/validation/validation.go ValidatePodSpec (v1.37)',
  wrap: inPod,
  rules: [
    {
      id: 'restart-policy-known',
      field: 'restartPolicy',
      type: 'NotSupported',
      message: 'supported values: "Always", "OnFailure", "Never"',
      source: 'pkg/apis/core/validation/validation.go validateRestartPolicy (v1.37)',
      finds: ({ restartPolicy = 'Always' }, scope) => { if (!['Always', 'OnFailure', 'Never'].includes(restartPolicy)) scope.report(restartPolicy); },
      examples: { bad: [{ restartPolicy: 'never' }], good: [{ restartPolicy: 'Never' }] },
    },
    {
      id: 'dns-policy-known',
      field: 'dnsPolicy',
      type: 'NotSupported',
      message: 'supported values: "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"',
      source: 'pkg/apis/core/validation/validation.go validateDNSPolicy (v1.37)',
      finds: ({ dnsPolicy = 'Default' }, scope) => { if (!dnsPolicies.includes(dnsPolicy)) scope.report(dnsPolicy); },
      examples: { bad: [{ dnsPolicy: 'Cluster' }], good: [{ dnsPolicy: 'Default' }] },
    },
    {
      id: 'node-selector-well-formed',
      field: 'nodeSelector',
      type: 'Invalid',
      message: 'a key must be a qualified name, a value a label value',
      when: 'nodeSelector',
      finds: ({ nodeSelector }, scope) => checkLabels(nodeSelector, scope),
      examples: { bad: [{ nodeSelector: { a: 'b c' } }], good: [{ nodeSelector: { 'kubernetes.io/os': 'linux' } }] },
    },
    name('service-account-name', 'serviceAccountName', checkDnsSubdomain, subdomainMessage, false),
    name('node-name', 'nodeName', checkDnsSubdomain, subdomainMessage, false),
    name('priority-class-name', 'priorityClassName', checkDnsSubdomain, subdomainMessage, false),
    name('runtime-class-name', 'runtimeClassName', checkDnsSubdomain, subdomainMessage, true),
    name('hostname', 'hostname', checkDnsLabel, 'must be a lowercase RFC 1123 label', false),
    name('subdomain', 'subdomain', checkDnsLabel, 'must be a lowercase RFC 1123 label', false),
    {
      id: 'hostname-override-within-64-characters',
      field: 'hostnameOverride',
      type: 'TooLong',
      message: 'may not be more than 64 bytes',
      since: 35,
      when: 'hostnameOverride',
      finds: ({ hostnameOverride = '' }, scope) => { if (hostnameOverride.length > 64) scope.report(); },
      examples: { bad: [{ hostnameOverride: 'a'.repeat(65) }], good: [{ hostnameOverride: 'my-host' }] },
    },
    {
      id: 'hostname-override-is-a-subdomain',
      field: 'hostnameOverride',
      type: 'Invalid',
      message: subdomainMessage,
      since: 35,
      when: 'hostnameOverride',
      finds: ({ hostnameOverride }, scope) => {
        if (hostnameOverride !== undefined) {
          scope.reportAll(checkDnsSubdomain(hostnameOverride), hostnameOverride);
        }
      },
      examples: { bad: [{ hostnameOverride: 'A' }], good: [{ hostnameOverride: 'a.b' }] },
    },
    {
      id: 'hostname-override-without-fqdn',
      field: 'hostnameOverride',
      type: 'Forbidden',
      message: 'may not be specified when setHostnameAsFQDN is true',
      since: 35,
      when: 'hostnameOverride',
      finds: ({ hostnameOverride, setHostnameAsFQDN }, scope) => {
        if (hostnameOverride !== undefined && setHostnameAsFQDN === true) {
          scope.report();
        }
      },
      examples: { bad: [{ hostnameOverride: 'a', setHostnameAsFQDN: true }], good: [{ setHostnameAsFQDN: true }] },
    },
    {
      id: 'hostname-override-without-host-network',
      field: 'hostnameOverride',
      type: 'Forbidden',
      message: 'may not be specified when hostNetwork is true',
      since: 35,
      when: 'hostnameOverride',
      finds: ({ hostnameOverride, hostNetwork }, scope) => { if (hostnameOverride !== undefined && hostNetwork === true) scope.report(); },
      examples: { bad: [{ hostnameOverride: 'a', hostNetwork: true }], good: [{ hostNetwork: true }] },
    },
    {
      id: 'pod-active-deadline-in-range',
      field: 'activeDeadlineSeconds',
      type: 'Invalid',
      message: 'must be between 1 and 2147483647, inclusive',
      when: 'activeDeadlineSeconds',
      finds: ({ activeDeadlineSeconds: seconds }, scope) => {
        if (seconds !== undefined && (seconds < 1 || seconds > 2_147_483_647)) {
          scope.report(seconds);
        }
      },
      examples: { bad: [{ activeDeadlineSeconds: 0 }, { activeDeadlineSeconds: 2 ** 31 }], good: [{ activeDeadlineSeconds: 1 }] },
    },
    {
      id: 'dns-none-needs-config',
      field: 'dnsConfig',
      type: 'Required',
      message: 'must provide `dnsConfig` when `dnsPolicy` is None',
      source: 'pkg/apis/core/validation/validation.go validatePodDNSConfig (v1.37)',
      finds: ({ dnsPolicy, dnsConfig }, scope) => { if (dnsPolicy === 'None' && dnsConfig === undefined) scope.report(); },
      examples: { bad: [{ dnsPolicy: 'None' }], good: [{ dnsPolicy: 'None', dnsConfig: { nameservers: ['1.1.1.1'] } }] },
    },
    {
      id: 'dns-none-needs-nameserver',
      field: 'dnsConfig.nameservers',
      type: 'Required',
      message: 'must provide at least one DNS nameserver when `dnsPolicy` is None',
      source: 'pkg/apis/core/validation/validation.go validatePodDNSConfig (v1.37)',
      finds: ({ dnsPolicy, dnsConfig }, scope) => {
        if (dnsPolicy === 'None' && dnsConfig !== undefined && (dnsConfig.nameservers ?? []).length === 0) scope.report();
      },
      examples: { bad: [{ dnsPolicy: 'None', dnsConfig: {} }], good: [{ dnsConfig: {} }] },
    },
    {
      id: 'host-alias-ip-well-formed',
      field: 'hostAliases[*].ip',
      type: 'Invalid',
      message: 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      source: 'pkg/apis/core/validation/validation.go ValidateHostAliases (v1.37)',
      when: 'hostAliases',
      finds: ({ hostAliases }, scope) => hostAliases?.forEach(({ ip = '' }, position) => {
        if (!isIpAddress(ip, scope.minor >= 36)) scope.report(ip, scope.at.child('hostAliases').index(position).child('ip'));
      }),
      examples: { bad: [{ hostAliases: [{ ip: 'x' }] }, { hostAliases: [{ ip: '010.0.0.1' }] }], good: [{ hostAliases: [{ ip: '10.0.0.1', hostnames: ['a.b'] }] }] },
    },
    {
      id: 'host-alias-names-are-subdomains',
      field: 'hostAliases[*].hostnames[*]',
      type: 'Invalid',
      message: subdomainMessage,
      source: 'pkg/apis/core/validation/validation.go ValidateHostAliases (v1.37)',
      when: 'hostAliases',
      finds: ({ hostAliases }, scope) => hostAliases?.forEach(({ hostnames }, alias) => hostnames?.forEach((hostname, position) => {
        scope.reportAll(checkDnsSubdomain(hostname), hostname, scope.at.child('hostAliases').index(alias).child('hostnames').index(position));
      })),
      examples: { bad: [{ hostAliases: [{ ip: '10.0.0.1', hostnames: ['A'] }] }], good: [{ hostAliases: [{ ip: '::1', hostnames: ['a'] }] }] },
    },
    {
      id: 'readiness-gate-is-a-qualified-name',
      field: 'readinessGates[*].conditionType',
      type: 'Invalid',
      message: 'must be a qualified name',
      when: 'readinessGates',
      finds: ({ readinessGates }, scope) => readinessGates?.forEach(({ conditionType = '' }, position) => {
        scope.reportAll(checkQualifiedName(conditionType), conditionType, scope.at.child('readinessGates').index(position).child('conditionType'));
      }),
      examples: { bad: [{ readinessGates: [{ conditionType: 'a b' }] }], good: [{ readinessGates: [{ conditionType: 'example.com/ready' }] }] },
    },
    {
      id: 'scheduling-gate-is-a-qualified-name',
      field: 'schedulingGates[*]',
      type: 'Invalid',
      message: 'must be a qualified name',
      when: 'schedulingGates',
      finds: ({ schedulingGates }, scope) => schedulingGates?.forEach(({ name: gate = '' }, position) => {
        scope.reportAll(checkQualifiedName(gate), gate, scope.at.child('schedulingGates').index(position));
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
        schedulingGates?.forEach(({ name: gate = '' }, position) => {
          if (seen.has(gate)) scope.report(gate, scope.at.child('schedulingGates').index(position));
          seen.add(gate);
        });
      },
      examples: { bad: [{ schedulingGates: [{ name: 'a' }, { name: 'a' }] }], good: [{ schedulingGates: [{ name: 'a' }, { name: 'b' }] }] },
    },
    {
      id: 'preemption-policy-known',
      field: 'preemptionPolicy',
      type: 'NotSupported',
      message: 'supported values: "PreemptLowerPriority", "Never"',
      source: 'pkg/apis/core/validation/validation.go ValidatePreemptionPolicy (v1.37)',
      when: 'preemptionPolicy',
      finds: ({ preemptionPolicy = 'Never' }, scope) => {
        if (preemptionPolicy !== '' && preemptionPolicy !== 'Never' && preemptionPolicy !== 'PreemptLowerPriority') scope.report(preemptionPolicy);
      },
      examples: { bad: [{ preemptionPolicy: 'X' }], good: [{ preemptionPolicy: 'Never' }] },
    },
    {
      id: 'preemption-policy-given',
      field: 'preemptionPolicy',
      type: 'Required',
      message: '',
      source: 'pkg/apis/core/validation/validation.go ValidatePreemptionPolicy (v1.37)',
      when: 'preemptionPolicy',
      finds: ({ preemptionPolicy }, scope) => { if (preemptionPolicy === '') scope.report(); },
      examples: { bad: [{ preemptionPolicy: '' }], good: [{}] },
    },
    {
      id: 'os-name-given',
      field: 'os.name',
      type: 'Required',
      message: '',
      source: 'pkg/apis/core/validation/validation.go validateOS (v1.37)',
      when: 'os',
      finds: ({ os }, scope) => { if (os !== undefined && (os.name ?? '') === '') scope.report(); },
      examples: { bad: [{ os: {} }], good: [{ os: { name: 'linux' } }] },
    },
    {
      id: 'os-known',
      field: 'os',
      type: 'NotSupported',
      message: 'supported values: "linux", "windows"',
      source: 'pkg/apis/core/validation/validation.go validateOS (v1.37)',
      when: 'os',
      finds: ({ os }, scope) => { if (os !== undefined && !['', 'linux', 'windows'].includes(os.name ?? '')) scope.report(os.name); },
      examples: { bad: [{ os: { name: 'beos' } }], good: [{ os: { name: 'windows' } }] },
    },
  ],
};

/** The DNS configuration of a pod. */
export const dnsRules: RuleGroup<Decoded<PodDNSConfig>> = {
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
    {
      id: 'nameserver-well-formed',
      field: 'nameservers[*]',
      type: 'Invalid',
      message: 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      finds: ({ nameservers }, scope) => nameservers?.forEach((server, position) => {
        if (!isIpAddress(server, scope.minor >= 36)) scope.report(server, scope.at.child('nameservers').index(position));
      }),
      examples: { bad: [{ nameservers: ['dns'] }], good: [{ nameservers: ['2001:db8::1'] }] },
    },
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
      finds: ({ searches = [] }, scope) => { if (searches.join(' ').length > 2048) scope.report(searches); },
      examples: { bad: [{ searches: Array.from({ length: 10 }, () => 'a'.repeat(250)) }], good: [{ searches: ['a.b'] }] },
    },
    {
      id: 'search-is-a-subdomain',
      field: 'searches[*]',
      type: 'Invalid',
      message: subdomainMessage,
      finds: ({ searches }, scope) => searches?.forEach((search, position) => {
        const isRelaxed = scope.minor >= 33;
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

/** What taints a pod tolerates. */
export const tolerationRules: RuleGroup<Decoded<Toleration>> = {
  at: 'spec.template.spec.tolerations[*]',
  source: 'pkg/apis/core/validation/validation.go ValidateTolerations (v1.37)',
  wrap: (toleration) => inPod({ tolerations: [{ key: 'a', operator: 'Exists', ...toleration }] }),
  rules: [
    {
      id: 'toleration-key-is-a-qualified-name',
      field: 'key',
      type: 'Invalid',
      message: 'must be a qualified name',
      finds: ({ key = '' }, scope) => { if (key !== '') scope.reportAll(checkQualifiedName(key), key); },
      examples: { bad: [{ key: 'a b' }], good: [{ key: 'example.com/a' }] },
    },
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
      message: 'supported values: "Equal", "Exists"',
      finds: ({ operator = '' }, scope) => { if (!['', 'Equal', 'Exists'].includes(operator)) scope.report(operator); },
      examples: { bad: [{ operator: 'In' }, { operator: 'Gt', value: '1' }], good: [{ operator: 'Equal', value: 'b' }] },
    },
    {
      id: 'toleration-effect-known',
      field: 'effect',
      type: 'NotSupported',
      message: 'supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"',
      source: 'pkg/apis/core/validation/validation.go validateTaintEffect (v1.37)',
      finds: ({ effect = '' }, scope) => { if (effect !== '' && !effects.includes(effect)) scope.report(effect); },
      examples: { bad: [{ effect: 'Never' }], good: [{ effect: '' }] },
    },
  ],
};

function name(
  id: string, field: NameField, check: (text: string) => readonly string[], message: string, isEmptyChecked: boolean,
): Rule<Target> {
  return {
    id: `${id}-well-formed`,
    field,
    type: 'Invalid',
    message,
    when: field,
    finds: (pod, scope) => {
      const text = pod[field];
      if (text !== undefined && (text !== '' || isEmptyChecked)) scope.reportAll(check(text), text);
    },
    examples: { bad: [{ [field]: 'Bad_Name' }], good: [{ [field]: 'good-name' }] },
  };
}
