import type { FeatureGates } from '../../src/api/feature-gates';
import { formatFinding } from '../../src/core/finding';
import { given } from '../../src/core/given';
import { type KubernetesVersion } from '../../src/rules/rule/versions';
import { minimalPod } from '../../src/rules/rule/wrap';
import { findErrors, validateManifest } from '../../src/rules/validate-manifest';
import { validateUpdate } from '../../src/rules/validate-update';

const job = (spec: object, pod: object = {}): object => ({
  apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'demo' }, spec: { ...spec, template: { spec: { ...minimalPod, ...pod } } },
});
const scheduling = { scheduling: { schedulingPolicy: { basic: {} } } };
const workload = { GenericWorkload: true, WorkloadWithJob: true };

function said(manifest: object, kubernetesVersion: KubernetesVersion, featureGates?: FeatureGates): string[] {
  return validateManifest(manifest, { kubernetesVersion, ...given({ featureGates }) }).filter(({ severity }) => severity !== 'advice').map(formatFinding);
}

test.each<[what: string, manifest: object, version: KubernetesVersion, gates: FeatureGates | undefined, said: string[]]>([
  ['a field whose gate is off is dropped, which is said', job(scheduling), '1.37', undefined,
    ['spec.scheduling: Forbidden: the API server drops this field without a word: the feature gate WorkloadWithJob is off']],
  ['a field whose gate is on is kept', job(scheduling), '1.37', workload, []],
  ['a field that a later version keeps by default', job({}, { hostUsers: false }), '1.32', undefined,
    ['spec.template.spec.hostUsers: Forbidden: the API server drops this field without a word: the feature gate UserNamespacesSupport is off, and is on by default since Kubernetes 1.33']],
  ['a field whose gate is on early is judged', job({}, { hostUsers: false, hostNetwork: true }), '1.32', { UserNamespacesSupport: true },
    ['spec.template.spec.hostNetwork: Forbidden: when `hostUsers` is false']],
  ['a field whose gate is switched off', job({ completions: 2, completionMode: 'Indexed', backoffLimitPerIndex: 1 }), '1.32', { JobBackoffLimitPerIndex: false },
    ['spec.backoffLimitPerIndex: Forbidden: the API server drops this field without a word: the feature gate JobBackoffLimitPerIndex is off']],
  ['a word that a gate brings', job({}, { tolerations: [{ key: 'a', operator: 'Gt', value: '1' }] }), '1.37', { TaintTolerationComparisonOperators: true }, []],
  ['a word without its gate', job({}, { tolerations: [{ key: 'a', operator: 'Gt', value: '1' }] }), '1.37', undefined,
    ['spec.template.spec.tolerations[0].operator: Unsupported value: "Gt": supported values: "Equal", "Exists", "Lt", "Gt"']],
  ['what a gate makes strict', job({}, { hostAliases: [{ ip: '010.0.0.1' }] }), '1.37', { StrictIPCIDRValidation: false },
    ['spec.template.spec.hostAliases[0].ip: Invalid value: "010.0.0.1": non-standard IP address "010.0.0.1" will be considered invalid in a future Kubernetes release']],
])('%s', (_, manifest, version, gates, lines) => {
  expect(said(manifest, version, gates)).toEqual(lines);
});

test('a JobSet is judged with the gates too', () => {
  const set = {
    apiVersion: 'jobset.x-k8s.io/v1alpha2',
    kind: 'JobSet',
    metadata: { name: 'set' },
    spec: { replicatedJobs: [{ name: 'a', template: { spec: { ...scheduling, template: { spec: minimalPod } } } }] },
  };
  expect(said(set, '1.37').join()).toContain('WorkloadWithJob');
  expect(said(set, '1.37', workload)).toEqual([]);
});

test('a template may change while a Job is suspended as the gates have it', () => {
  const suspended = { ...job({ suspend: true }) as { spec: object }, status: { startTime: '2026-01-01T00:00:00Z', conditions: [{ type: 'Suspended', status: 'True' }] } };
  const moved = job({ suspend: true }, { nodeSelector: { a: 'b' } });
  const errors = (featureGates: FeatureGates): string[] => validateUpdate(suspended, moved, { featureGates }).flatMap(({ severity, rule }) => severity === 'error' ? [rule] : []);
  expect(errors({})).toEqual([]);
  expect(errors({ MutableSchedulingDirectivesForSuspendedJobs: false })).toEqual(['suspended-template-mostly-immutable']);
  expect(errors({ MutableSchedulingDirectivesForSuspendedJobs: false, MutablePodResourcesForSuspendedJobs: false })).toEqual(['template-immutable']);
});

test.each<[FeatureGates, RegExp]>([
  [{ HostnameOverride: false }, /^Cannot use these feature gates: cannot set feature gate HostnameOverride to false, feature is locked to true$/],
  [{ Nonsense: true } as FeatureGates, /unrecognized feature gate: Nonsense/],
])('gates with which no server would start: %j', (featureGates, message) => {
  expect(() => validateManifest({}, { featureGates })).toThrow(message);
  expect(() => findErrors({}, { featureGates })).toThrow(message);
});
