import { apiServer } from '../../src/api/api-server';
import { faultOfGates, featureGates, type FeatureGates, gateIn, gatesOf } from '../../src/api/feature-gates';

const minors = [31, 32, 33, 34, 35, 36, 37, 38];

test.each<[what: string, minor: number, set: Readonly<Record<string, unknown>>, fault: string | undefined]>([
  ['an alpha gate may be switched on with what it needs', 37, { GenericWorkload: true, WorkloadWithJob: true }, undefined],
  ['not without it', 37, { WorkloadWithJob: true }, 'WorkloadWithJob is enabled, but depends on features that are disabled: [GenericWorkload]'],
  ['a beta gate may be switched off', 37, { ContainerRestartRules: false, RestartAllContainersOnContainerExits: false }, undefined],
  ['not while another one needs it', 37, { ContainerRestartRules: false }, 'RestartAllContainersOnContainerExits is enabled, but depends on features that are disabled: [ContainerRestartRules]'],
  ['a locked gate may be set to what it is', 37, { HostnameOverride: true }, undefined],
  ['not to anything else', 37, { HostnameOverride: false }, 'cannot set feature gate HostnameOverride to false, feature is locked to true'],
  ['in an earlier version it could be', 36, { HostnameOverride: false }, undefined],
  ['a gate that the version does not know yet', 36, { EvictionRequestAPI: true }, 'unrecognized feature gate: EvictionRequestAPI: Kubernetes 1.36 has none of this name'],
  ['or no longer', 38, { JobManagedBy: true }, 'unrecognized feature gate: JobManagedBy: Kubernetes 1.38 has none of this name'],
  ['a gate that nobody knows', 37, { WorkloadsWithJob: true }, 'unrecognized feature gate: WorkloadsWithJob; known are those that change a Job'],
  ['a value that is none', 37, { WorkloadWithJob: 'true' }, 'invalid value of WorkloadWithJob: write true or false'],
  ['all alpha gates at once, whose needs are not alpha', 37, { AllAlpha: true }, 'WorkloadWithJob is enabled, but depends on features that are disabled: [GenericWorkload]'],
  ['all alpha and beta gates at once', 37, { AllAlpha: true, AllBeta: true }, undefined],
])('%s', (_, minor, set, fault) => {
  expect(faultOfGates(set, minor)).toBe(fault);
});

test('a gate that is named itself is not one of all', () => {
  const on = gatesOf(37, { AllAlpha: true, AllBeta: true, EmptyDirVolumeMode: false });
  expect(on).toContain('WorkloadWithJob');
  expect(on).not.toContain('EmptyDirVolumeMode');
  // What is stable already is none of them.
  expect(gatesOf(37, { AllBeta: false })).toContain('SELinuxMount');
});

test.each(featureGates)('%s goes its way from version to version', (name) => {
  const states = minors.map((minor) => gateIn(name, minor));
  const known = states.map((state) => state !== undefined);
  expect(states.some((state) => state !== undefined)).toBe(true);
  // It comes once, it goes once, and it goes on once.
  expect(known.join(' ')).toMatch(/^(?:false ?)*(?:true ?)+(?:false ?)*$/);
  expect(states.flatMap((state) => state?.isOn ?? []).join(' ')).toMatch(/^(?:false ?)*(?:true ?)*$/);
  expect(states.every((state) => state?.isLocked !== true || state.isOn)).toBe(true);
  // What was on when its name went is there still.
  const lost = minors.filter((minor, position) => known[position] === false && minor > 34 && known[0] === true);
  expect(lost.every((minor) => gatesOf(minor).has(name))).toBe(true);
});

test('two servers of the same version and gates are one', () => {
  const gates: FeatureGates = { GenericWorkload: true, WorkloadWithJob: true };
  expect(apiServer(37, gates)).toBe(apiServer(37, { WorkloadWithJob: true, GenericWorkload: true }));
  expect(apiServer(37)).toBe(apiServer());
  expect(apiServer(36)).not.toBe(apiServer());
});
