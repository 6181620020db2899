import { simulate } from '../../src/testing/simulate';

const job = (spec: object): object => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'demo' },
  spec: { ...spec, template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'tool:1', command: ['true'] }] } } },
});
const gang = { scheduling: { schedulingPolicy: { gang: { minCount: 2 } } } };
const gates = { GenericWorkload: true, WorkloadWithJob: true };

test('what is refused depends on the feature gates', () => {
  expect(simulate(job(gang)).findings).toEqual([]);
  expect(simulate(job(gang), {}, { featureGates: gates }).findings).toMatchObject([{ rule: 'gang-min-count-within-parallelism' }]);
});

test('and on the version', () => {
  expect(simulate(job(gang), {}, { kubernetesVersion: '1.36' }).findings).toMatchObject([{ rule: 'field-is-known' }]);
});

test.each([
  ['forgets when it started', {}, undefined],
  ['keeps its start where that gate is off', { featureGates: { MutableSchedulingDirectivesForSuspendedJobs: false } }, '2026-01-01T00:00:00Z'],
  ['kept its start in 1.35', { kubernetesVersion: '1.35' } as const, '2026-01-01T00:00:00Z'],
])('a Job that is suspended %s', (_, options, startTime) => {
  const { status } = simulate(job({}), { default: { hang: true } }, { ...options, until: 30, actions: [{ at: 10, op: 'suspend' }] });
  expect((status as { startTime?: string }).startTime).toBe(startTime);
});

test('options of another form are told', () => {
  expect(() => simulate(job({}), {}, { kubernetesVersion: '1.20' as '1.37' })).toThrow(/options\.kubernetesVersion: Unsupported value: "1\.20"/);
  expect(() => simulate(job({}), {}, { featureGates: { HostnameOverride: false } })).toThrow(/feature is locked to true/);
});
